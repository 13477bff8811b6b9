package dev.hone.data;

/// What a completion's text must look like.
public sealed interface Constraint {

    /// Anything.
    record Free() implements Constraint {}

    /// The whole text matches, unless the completion was truncated.
    ///
    /// @param pattern literals, `.`, classes such as `[0-9a-f]` and `\d`, groups, alternatives and the greedy
    ///     quantifiers; there are no anchors and no look-around
    record Regex(String pattern) implements Constraint {}
}
