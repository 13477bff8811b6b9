package dev.hone.data;

import java.util.List;

/// What a model saw in place of its problem's own prompt. What was drawn with a hint in view is learned without it.
public sealed interface Hint {
    /// The problem's own prompt was all that there was to see.
    Hint NONE = new None();

    record None() implements Hint {}

    /// The problem with something more: its answer, a worked answer, a critique of an attempt.
    ///
    /// @param messages all that the model saw, at least one
    record Shown(List<Message> messages) implements Hint {
        public Shown {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("a hint of no messages leaves nothing to see; take Hint.NONE");
            }
        }
    }
}
