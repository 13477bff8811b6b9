package dev.hone.data;

import java.util.List;

/// A solution in steps, each called right or wrong, to teach a process reward model.
///
/// @param steps at least one; each is judged at its last token, so a separator belongs to the step that it
///     ends
public record StepLabels(String id, List<Message> prompt, List<Step> steps) {

    /// One step.
    ///
    /// @param text its tokens; their loss mark is not read
    public record Step(Segment text, Label label) {}

    /// What is said of a step.
    public enum Label {
        WRONG,
        RIGHT
    }

    public StepLabels {
        prompt = List.copyOf(prompt);
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("solution \"" + id + "\" has no step; leave it out");
        }
    }
}
