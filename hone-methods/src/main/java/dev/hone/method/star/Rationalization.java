package dev.hone.method.star;

import dev.hone.generate.HintText;
import dev.hone.task.Gold;

/// What becomes of a problem that no sample solved.
///
/// **Paper** Zelikman et al. 2022, arXiv:2203.14465, section 3.2; card star-family-bstar, "The loop
/// variants".
public sealed interface Rationalization {
    /// The name of the answer's place in a hint.
    String ANSWER = "answer";

    /// Nothing is learned of it in this round.
    record None() implements Rationalization {}

    /// It is asked once more, with its answer as a hint; what reaches the answer is learned without the
    /// hint.
    ///
    /// @param answers of training problems; one without stays unsolved
    /// @param text of the hint, with `{answer}`
    record WithAnswer(Gold answers, HintText text) implements Rationalization {}
}
