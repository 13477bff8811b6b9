package dev.hone.method.selfexplore;

import dev.hone.data.Sample;
import dev.hone.select.Selector;
import java.util.List;
import java.util.Optional;

/// Which solutions are learned from and which are compared: what the paper does differently for its two
/// collections of problems (card self-explore, steps 3 and 5).
public sealed interface Rules permits Gsm8kRules, MathRules {

    /// Keeps the solutions to learn from.
    Selector right();

    /// What of a sample counts.
    ///
    /// @return empty if it is no solution
    Optional<Solution> solution(Sample sample);

    /// Those wrong solutions that may be paired.
    ///
    /// @param all of one problem, no two of the same text
    List<Solution> wrong(List<Solution> all);

    /// The wrong solution that goes with a right one; of equally good ones the first.
    ///
    /// @param left those that no other right one has
    /// @return empty where none is left
    Optional<Solution> partner(Solution right, List<Solution> left);
}
