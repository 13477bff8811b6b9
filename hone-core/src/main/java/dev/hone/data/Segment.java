package dev.hone.data;

/// A stretch of a completion with one loss mask.
public sealed interface Segment {

    Loss loss();

    /// Whether the tokens of a segment count in the loss.
    enum Loss {
        COUNTED,
        MASKED
    }

    /// Text, to be tokenized by the learner's own tokenizer.
    record Written(String text, Loss loss) implements Segment {}

    /// Tokens as they were drawn, so that what is learned is what was judged, to the token.
    record Drawn(Tokens tokens, Loss loss) implements Segment {}
}
