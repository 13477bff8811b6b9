package dev.hone.app.settings;

/// What the text of a special token, such as `<|im_end|>`, is where a prompt or a worked answer holds it.
public enum SpecialTokens {
    /// Text: nobody ends a turn by writing that it ends.
    TEXT,
    /// The token, for prompts that are written with them by hand.
    TOKENS
}
