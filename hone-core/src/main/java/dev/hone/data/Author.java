package dev.hone.data;

/// Who wrote a token. It is recorded when the token comes into being and never guessed later; every loss mask
/// follows from it.
public enum Author {
    /// The problem's prompt.
    PROMPT,
    /// A hint shown with the prompt, which must not be learned.
    HINT,
    /// Drawn by the model that the sample names.
    MODEL,
    /// A prefix that the caller forced, taken from another sample or written by the platform.
    FORCED,
    /// A wrong draft kept in view, not to be imitated.
    DRAFT,
    /// A tool's output.
    TOOL
}
