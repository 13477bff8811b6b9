package dev.hone.generate;

import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;

/// A problem put to a model.
///
/// @param samples how many completions, at least 1; each has a seed of its own
/// @param origin where each completion starts; a forced prefix may differ in length from prompt to prompt
public record Prompt(Problem problem, int samples, Sampling sampling, Origin origin) {

    public Prompt {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
    }

    /// Completions right after the prompt.
    public static Prompt of(Problem problem, int samples, Sampling sampling) {
        return new Prompt(problem, samples, sampling, new Origin.Fresh());
    }
}
