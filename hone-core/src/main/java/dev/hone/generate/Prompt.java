package dev.hone.generate;

import dev.hone.data.Hint;
import dev.hone.data.Message;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import java.util.List;

/// A problem put to a model.
///
/// @param samples how many completions, at least 1; each has a seed of its own
/// @param origin where each completion starts; a forced prefix may differ in length from prompt to prompt
/// @param hint what the model sees in place of the problem's own prompt
public record Prompt(Problem problem, int samples, Sampling sampling, Origin origin, Hint hint) {

    public Prompt {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
    }

    /// Without a hint.
    public Prompt(Problem problem, int samples, Sampling sampling, Origin origin) {
        this(problem, samples, sampling, origin, Hint.NONE);
    }

    /// Completions right after the prompt.
    public static Prompt of(Problem problem, int samples, Sampling sampling) {
        return new Prompt(problem, samples, sampling, new Origin.Fresh());
    }

    /// The same with other messages in view. Its samples are still of the problem, and are learned under the
    /// problem's own prompt.
    public Prompt showing(List<Message> messages) {
        return new Prompt(problem, samples, sampling, origin, new Hint.Shown(messages));
    }

    /// The same after a text that is forced.
    ///
    /// @param parent what the text comes from
    public Prompt begunWith(String parent, String text) {
        return new Prompt(problem, samples, sampling, new Origin.Begun(parent, text), hint);
    }

    /// What the model sees: the hint's messages, or the problem's own prompt.
    public List<Message> seen() {
        return switch (hint) {
            case Hint.None() -> problem.prompt();
            case Hint.Shown(List<Message> messages) -> messages;
        };
    }
}
