package dev.hone.method.selfexplore;

import dev.hone.data.Problem;
import java.util.OptionalInt;

/// Knows where a solution first goes wrong, where a task can tell. Nobody learns from it; it says how often
/// first pits are what they stand for.
@FunctionalInterface
public interface FirstWrong {
    /// Knows nothing.
    FirstWrong UNKNOWN = (_, _) -> OptionalInt.empty();

    /// @return the first character of the first wrong step, from 0; empty where that is not known
    OptionalInt in(Problem problem, String solution);
}
