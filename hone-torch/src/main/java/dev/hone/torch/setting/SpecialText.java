package dev.hone.torch.setting;

/// What the text of a special token, such as `<|im_end|>`, is where a message or an answer holds it.
public enum SpecialText {
    /// Text: nobody ends a turn by writing that it ends.
    TEXT,
    /// The token, for prompts that are written with them by hand.
    TOKENS
}
