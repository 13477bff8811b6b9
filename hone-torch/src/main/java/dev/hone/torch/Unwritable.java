package dev.hone.torch;

/// A text or a conversation that a model cannot be given: its vocabulary lacks a character, its chat template refuses a
/// role. It concerns the one item, whose name the catcher adds.
class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param words what is wrong, what is allowed, what to do
    Unwritable(String words) {
        super(words);
    }
}
