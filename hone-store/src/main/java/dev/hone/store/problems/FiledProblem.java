package dev.hone.store.problems;

import dev.hone.data.Problem;
import java.util.List;

/// What a line holds.
///
/// @param worked worked answers, may be empty
public record FiledProblem(Problem problem, List<String> worked) {

    public FiledProblem {
        worked = List.copyOf(worked);
    }

    public static FiledProblem of(Problem problem) {
        return new FiledProblem(problem, List.of());
    }
}
