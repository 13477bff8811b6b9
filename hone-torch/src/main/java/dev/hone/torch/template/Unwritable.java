package dev.hone.torch.template;

/// A text or a conversation that a model cannot be given: its vocabulary lacks a character, its chat template refuses a
/// role. It concerns the one item, whose name the catcher adds.
public class Unwritable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /// @param words what is wrong, what is allowed, what to do
    public Unwritable(String words) {
        super(words);
    }
}
