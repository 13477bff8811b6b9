package dev.hone.task.countdown;

/// Which divisions are allowed.
public enum Division {
    /// Only those without a remainder.
    EXACT,
    /// All but by zero; a fraction is written `(8/3)`.
    RATIONAL
}
