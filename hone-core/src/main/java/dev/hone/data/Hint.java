package dev.hone.data;

/// Whether a sample was drawn with a hint in view. What was drawn with one must be learned without it.
public enum Hint {
    NONE,
    SHOWN
}
