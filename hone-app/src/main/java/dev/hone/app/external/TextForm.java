package dev.hone.app.external;

/// How the texts of examples are written.
public enum TextForm {
    /// Strings; the messages of a prompt one after the other, as a model without a chat template reads
    /// them.
    PLAIN,
    /// Lists of messages with role and content; `messages` instead of `prompt` and `completion`.
    MESSAGES
}
