package dev.hone.data;

import java.util.List;

/// What a model made of a problem.
///
/// @param id unique in its run: `step/round/problem/index`
/// @param text the completion as text, forced prefix included, end token left out
/// @param tokens the completion's tokens, forced prefix and end token included
/// @param sampling the settings that it was drawn with
/// @param model id of the [Model] that drew it
public record Sample(
        String id,
        Problem problem,
        String text,
        Tokens tokens,
        Finish finish,
        Sampling sampling,
        String model,
        Origin origin,
        Hint hint) {

    /// What the model saw: the hint's messages, or the problem's own prompt.
    public List<Message> seen() {
        return switch (hint) {
            case Hint.None() -> problem.prompt();
            case Hint.Shown(List<Message> messages) -> messages;
        };
    }
}
