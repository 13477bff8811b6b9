package dev.hone.data;

/// Whose turn a [Message] is.
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL
}
