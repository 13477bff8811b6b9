package dev.hone.data;

/// What a judge may compare a sample with.
public sealed interface Reference {

    /// A known final answer.
    record Answer(String text, Match match) implements Reference {}

    /// A program decides, reading the problem's facts.
    ///
    /// @param checker the program's name, such as `countdown`
    record Checked(String checker) implements Reference {}

    /// Nothing to compare with.
    record None() implements Reference {}
}
