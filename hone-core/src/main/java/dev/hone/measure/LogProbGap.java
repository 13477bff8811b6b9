package dev.hone.measure;

import dev.hone.data.Author;
import dev.hone.data.Tokens;
import java.util.Arrays;
import java.util.List;

/// How far two accounts of the log-probabilities of the same drawn tokens are apart: the one that the sampler
/// gave while it drew, and the one of whoever learns from them.
///
/// @param mean of the absolute differences, nats a token; not a number if an account is none, or not finite
/// @param largest of them, nats
/// @param tokens compared, at least 1
public record LogProbGap(double mean, double largest, int tokens) {

    public LogProbGap {
        if (tokens < 1) {
            throw new IllegalArgumentException("a gap is over at least 1 token but was over " + tokens);
        }
    }

    /// Over the tokens that the model drew.
    ///
    /// @param drawn with the sampler's log-probabilities; at least one token of [Author#MODEL]
    /// @param scored the same texts, token by token, with the other account, maybe longer ones
    public static LogProbGap between(List<Tokens> drawn, List<Tokens> scored) {
        double sum = 0;
        double largest = 0;
        int count = 0;
        for (int text = 0; text < drawn.size(); text++) {
            Tokens one = drawn.get(text);
            Tokens other = scored.get(text);
            if (!Arrays.equals(one.ids(), Arrays.copyOf(other.ids(), one.size()))) {
                throw new IllegalArgumentException(
                        "text " + text + " was drawn as " + one + " and scored as " + other + "; score what was drawn");
            }
            for (int i = 0; i < one.size(); i++) {
                if (one.author(i) == Author.MODEL) {
                    double difference = Math.abs((double) one.logProb(i) - other.logProb(i));
                    sum += difference;
                    largest = Math.max(largest, difference);
                    count++;
                }
            }
        }
        return new LogProbGap(sum / count, largest, count);
    }
}
