package dev.hone.data;

/// Why a sample ended.
public sealed interface Finish {

    /// The model drew its end token, or a stop string of its [Sampling] was complete.
    record Stopped() implements Finish {}

    /// The limit came first; what is there is not an answer.
    ///
    /// @param maxTokens the limit that was hit
    record Truncated(int maxTokens) implements Finish {}

    /// No text came out of this item; the others went on.
    record Failed(String because) implements Finish {}
}
