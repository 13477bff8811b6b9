package dev.hone.torch.setting;

/// What becomes of a layer's inner values between the way there and the way back. Changes memory and time,
/// and of the result only what rounding changes.
public enum Activations {
    /// They are kept: fast.
    KEPT,
    /// Only what goes into each layer is kept, and the rest computed again: about a third more work, a
    /// fraction of the memory.
    RECOMPUTED
}
