package dev.hone.method.selfexplore;

import dev.hone.data.Sample;
import java.util.List;

/// What came of exploring a wrong solution.
///
/// @param steps of its rejected side
/// @param reached after each step, in order and as far as they were explored, what went on from there and
///     was right
record Explored(Pair pair, Steps steps, End end, List<List<Sample>> reached) {

    /// How the search ended.
    sealed interface End {

        /// At the first step after which nothing was right.
        ///
        /// @param step from 1
        record Pit(int step) implements End {}

        /// After every step that was looked at, something was right.
        record NoPit() implements End {}

        /// Nothing was right, but something could not be drawn, so that it says nothing of the step.
        ///
        /// @param because why it could not
        record Unknown(String because) implements End {}
    }

    Explored {
        reached = List.copyOf(reached);
    }

    /// @param number from 1, at most the number of the pit
    /// @return what reached the answer from just before a step; nothing for the first, which nobody
    ///     explores
    List<Sample> reachedBefore(int number) {
        return number == 1 ? List.of() : reached.get(number - 2);
    }
}
