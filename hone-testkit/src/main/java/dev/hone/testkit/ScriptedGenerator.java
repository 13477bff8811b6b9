package dev.hone.testkit;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
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

/// A model that says what a script says. Its tokens are the text's characters, each at log-probability -0.5.
///
/// @param script what is written
public record ScriptedGenerator(Script script) implements Generator {

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

    private static Sample sample(Model model, Prompt prompt, int index, String text, Step step) {
        int limit = prompt.sampling().maxTokens();
        int[] ids = text.chars().limit(limit).toArray();
        float[] logProbs = new float[ids.length];
        Arrays.fill(logProbs, -0.5f);
        Tokens drawn = Tokens.scored(Author.MODEL, ids, logProbs);
        Finish finish = text.length() > limit ? new Finish.Truncated(limit) : new Finish.Stopped();
        Tokens tokens = switch (prompt.origin()) {
            case Origin.Fresh() -> drawn;
            case Origin.Forked(String _, Tokens kept) -> kept.plus(drawn);
        };
        return new Sample(
                Generator.id(step, prompt, index),
                prompt.problem(),
                text.substring(0, Math.min(limit, text.length())),
                tokens,
                finish,
                prompt.sampling(),
                model.id(),
                prompt.origin(),
                Hint.NONE);
    }
}
