package dev.hone.data;

/// Where a sample's first token comes from.
public sealed interface Origin {

    /// Right after the prompt.
    record Fresh() implements Origin {}

    /// After a prefix that is forced: part of another sample, a tree node, or text that the platform wrote.
    ///
    /// @param parent the sample or node that the prefix comes from
    /// @param kept the prefix; it becomes the head of the new sample's tokens, by their recorded authors or
    ///     [Author#FORCED]
    record Forked(String parent, Tokens kept) implements Origin {}
}
