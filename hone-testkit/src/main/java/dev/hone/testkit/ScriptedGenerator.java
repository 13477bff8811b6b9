package dev.hone.testkit;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A model that says what a script says, after a forced prefix if there is one. Its tokens are the text's characters.
///
/// @param script what is written, after a forced prefix
/// @param likely how likely each token of it is
public record ScriptedGenerator(Script script, Likely likely) implements Generator {

    /// Depends on nothing but its arguments.
    @FunctionalInterface
    public interface Likely {
        /// @param text what is written, after a forced prefix
        /// @return of each of its tokens, in nats, at most 0
        double logProb(Model model, String text);
    }

    /// Each token at log-probability -0.5.
    public ScriptedGenerator(Script script) {
        this(script, (_, _) -> -0.5);
    }

    /// Writes one completion; depends on nothing but its arguments.
    @FunctionalInterface
    public interface Script {
        /// @param seed of the sample, as [Generator#seed] derives it
        String write(Model model, Prompt prompt, int index, long seed);
    }

    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        List<Sample> samples = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (int index = 0; index < prompt.samples(); index++) {
                long seed = Generator.seed(step, prompt, index).value();
                samples.add(sample(model, prompt, index, script.write(model, prompt, index, seed), step));
            }
        }
        return samples;
    }

    private Sample sample(Model model, Prompt prompt, int index, String text, Step step) {
        int limit = prompt.sampling().maxTokens();
        int[] ids = text.chars().limit(limit).toArray();
        float[] logProbs = new float[ids.length];
        Arrays.fill(logProbs, (float) likely.logProb(model, text));
        Tokens drawn = Tokens.scored(Author.MODEL, ids, logProbs);
        Finish finish = text.length() > limit ? new Finish.Truncated(limit) : new Finish.Stopped();
        Tokens kept = switch (prompt.origin()) {
            case Origin.Fresh() -> Tokens.empty();
            case Origin.Forked(String _, Tokens prefix) -> prefix;
            case Origin.Begun(String _, String beginning) ->
                Tokens.by(Author.FORCED, beginning.chars().toArray());
        };
        return new Sample(
                Generator.id(step, prompt, index),
                prompt.problem(),
                text(kept) + text(drawn),
                kept.plus(drawn),
                finish,
                prompt.sampling(),
                model.id(),
                prompt.origin(),
                prompt.hint());
    }

    private static String text(Tokens tokens) {
        StringBuilder text = new StringBuilder();
        for (int id : tokens.ids()) {
            text.append((char) id);
        }
        return text.toString();
    }
}
