package dev.hone.method.gsi;

/// What makes a problem hard, from level 1, the easiest, to 5. The first round decides, and its levels
/// stay: with levels by each round's own samples a model that learns would seem to lose its hard
/// problems.
public sealed interface Difficulty {

    /// The share of right samples in the first round, before any guidance; unknown of problems that it
    /// did not ask.
    record FirstRound() implements Difficulty {}

    /// A whole number that the task gives, more being harder: the largest of the first round's problems
    /// is level 5, one less level 4, down to level 1.
    ///
    /// @param name of the fact
    record Fact(String name) implements Difficulty {}
}
