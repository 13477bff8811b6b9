package dev.hone.data;

/// A completion that somebody liked or did not.
///
/// @param shown prompt and completion; its weight is the example's in the loss
public record LabelledCompletion(Demonstration shown, Label label) {

    /// What was said of a completion.
    public enum Label {
        DESIRABLE,
        UNDESIRABLE
    }
}
