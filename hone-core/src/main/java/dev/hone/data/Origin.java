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

    /// After a text that is forced: steps of a worked answer, or of another sample. The generator's own tokenizer
    /// makes it into tokens, which become the head of the new sample's tokens, by [Author#FORCED].
    ///
    /// At the joint the tokens may be others than those of the whole text tokenized at once. Learning is not
    /// touched by that: it takes tokens as they were drawn.
    ///
    /// @param parent what the text comes from
    /// @param text at least one character
    record Begun(String parent, String text) implements Origin {
        public Begun {
            if (text.isEmpty()) {
                throw new IllegalArgumentException(
                        "a completion begun with no text, from \"" + parent + "\", is Fresh; ask for that");
            }
        }
    }
}
