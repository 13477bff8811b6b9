package dev.hone.measure.diversity;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/// Distinct equations of a problem: how many different equations its right answers have together, over how many
/// they have (B-STaR, card star-family-bstar, "Monitoring metrics"). In `(0, 1]`.
public final class DistinctEquations {
    private DistinctEquations() {}

    /// @param answers the equations of each right answer, equal ones in equal form, as
    ///     [dev.hone.task.exact.Calculations] gives them
    /// @return nothing where no right answer has an equation, so also where there is no right answer
    public static OptionalDouble of(List<? extends Collection<String>> answers) {
        Set<String> different = new HashSet<>();
        long all = 0;
        for (Collection<String> equations : answers) {
            different.addAll(equations);
            all += equations.size();
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) different.size() / all);
    }
}
