package dev.hone.judge;

import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.generate.Likelihood;
import dev.hone.run.Step;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Ranks samples by how likely a model finds them: the tokens that were drawn, end token included, after the plain
/// prompt of their problem. Each is a [Verdict.Rewarded]; what was cut short, failed, or has no chance at all is
/// unjudged.
///
/// **Source** card vstar, step 7 and Pitfalls.
/// **Cost** one pass over every different sample of a problem, two with a reference.
///
/// @param model whose likelihood it is
/// @param score what is made of the log-probabilities of a sample's tokens
public record LikelihoodJudge(Likelihood likelihood, Model model, Score score) implements Judge {

    /// What is made of the log-probabilities `log p(y_t | x, y_<t)` of a sample's tokens, in nats at temperature 1.
    public sealed interface Score {

        /// `sum_t log p(y_t | x, y_<t)`, the plain likelihood of the sequence; longer samples tend to have less.
        record Sum() implements Score {}

        /// The same for each token, `1/T sum_t log p(y_t | x, y_<t)`.
        record Mean() implements Score {}

        /// The reward that a model learned by DPO implies, `beta (log p(y | x) - log p_ref(y | x))`.
        ///
        /// @param reference that it was learned against
        /// @param beta above 0
        record ImpliedReward(Model reference, double beta) implements Score {
            public ImpliedReward {
                if (!(beta > 0) || Double.isInfinite(beta)) {
                    throw new IllegalArgumentException("beta must be a finite number above 0 but was " + beta);
                }
            }
        }
    }

    /// What is scored. Samples with the same text may have been drawn as different tokens.
    private record Completion(Problem problem, IntBuffer ids) {
        static Completion of(Sample sample) {
            return new Completion(
                    sample.problem(), IntBuffer.wrap(sample.tokens().ids()));
        }
    }

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        List<Sample> samples =
                groups.stream().flatMap(group -> group.samples().stream()).toList();
        Map<Completion, Demonstration> different = new LinkedHashMap<>();
        samples.stream()
                .filter(LikelihoodJudge::isWhole)
                .forEach(sample -> different.putIfAbsent(Completion.of(sample), Demonstration.of(sample)));
        Map<Completion, Double> scores = new HashMap<>();
        Iterator<Double> values = values(List.copyOf(different.values()), step).iterator();
        different.keySet().forEach(each -> scores.put(each, values.next()));
        return samples.stream()
                .map(sample -> new Judged(sample, name(), verdict(sample, scores)))
                .toList();
    }

    private static boolean isWhole(Sample sample) {
        return sample.finish() instanceof Finish.Stopped && sample.tokens().size() > 0;
    }

    private List<Double> values(List<Demonstration> texts, Step step) {
        if (texts.isEmpty()) {
            return List.of();
        }
        List<Tokens> own = likelihood.score(model, texts, step);
        return switch (score) {
            case Score.Sum() -> own.stream().map(LikelihoodJudge::sum).toList();
            case Score.Mean() ->
                own.stream().map(tokens -> sum(tokens) / tokens.size()).toList();
            case Score.ImpliedReward(Model reference, double beta) ->
                rewards(own, likelihood.score(reference, texts, step), beta);
        };
    }

    private static List<Double> rewards(List<Tokens> own, List<Tokens> reference, double beta) {
        List<Double> rewards = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            rewards.add(beta * (sum(own.get(i)) - sum(reference.get(i))));
        }
        return rewards;
    }

    private static double sum(Tokens tokens) {
        double sum = 0;
        for (int i = 0; i < tokens.size(); i++) {
            sum += tokens.logProb(i);
        }
        return sum;
    }

    private String name() {
        return switch (score) {
            case Score.Sum() -> "log-likelihood under " + model.id();
            case Score.Mean() -> "mean log-likelihood under " + model.id();
            case Score.ImpliedReward(Model reference, double _) ->
                "implied reward of " + model.id() + " beside " + reference.id();
        };
    }

    private static Verdict verdict(Sample sample, Map<Completion, Double> scores) {
        return switch (sample.finish()) {
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
            case Finish.Stopped() -> {
                Double score = scores.get(Completion.of(sample));
                yield score == null
                        ? new Verdict.Unjudged("it has no token")
                        : Double.isFinite(score)
                                ? new Verdict.Rewarded(score, "in nats")
                                : new Verdict.Unjudged("a token has no chance at all");
            }
        };
    }
}
