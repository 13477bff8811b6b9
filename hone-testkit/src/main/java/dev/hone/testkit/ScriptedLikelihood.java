package dev.hone.testkit;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Model;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.generate.Likelihood;
import dev.hone.run.Step;
import java.util.Arrays;
import java.util.List;

/// Finds texts as likely as a script says. A written segment's tokens are its characters; the end token is left out.
///
/// @param script how likely each token is
public record ScriptedLikelihood(Script script) implements Likelihood {

    /// Depends on nothing but its arguments.
    @FunctionalInterface
    public interface Script {
        /// @param completion as text, or, where tokens were drawn, those read as characters
        /// @return of each of its tokens, in nats, at most 0
        double logProb(Model model, Demonstration text, String completion);
    }

    @Override
    public List<Tokens> score(Model model, List<Demonstration> texts, Step step) {
        return texts.stream().map(text -> score(model, text)).toList();
    }

    /// What follows the prompt, as text; tokens that were drawn are read as characters.
    public static String completion(Demonstration demonstration) {
        StringBuilder completion = new StringBuilder();
        for (Segment segment : demonstration.completion()) {
            switch (segment) {
                case Segment.Written(String written, var _) -> completion.append(written);
                case Segment.Drawn(Tokens tokens, var _) ->
                    Arrays.stream(tokens.ids()).forEach(completion::appendCodePoint);
            }
        }
        return completion.toString();
    }

    private Tokens score(Model model, Demonstration text) {
        String completion = completion(text);
        int[] ids = completion.chars().toArray();
        float[] logProbs = new float[ids.length];
        Arrays.fill(logProbs, (float) script.logProb(model, text, completion));
        return Tokens.scored(Author.FORCED, ids, logProbs);
    }
}
