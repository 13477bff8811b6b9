package dev.hone.method.fourhabits;

import dev.hone.data.Problem;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.util.Arrays;
import java.util.List;

/// What a problem gives: its facts `numbers`, such as `7,3,12`, and `target`.
///
/// @param numbers whole and at least 0, at least one
record Puzzle(List<Long> numbers, long target) {
    private static final String NUMBER = "[0-9]{1,9}";

    /// @throws HoneException if the problem has no such facts
    static Puzzle of(Problem problem) {
        String numbers = problem.facts().getOrDefault("numbers", "");
        String target = problem.facts().getOrDefault("target", "");
        if (!numbers.matches(NUMBER + "(," + NUMBER + ")*") || !target.matches(NUMBER)) {
            throw new HoneException(
                    Kind.DATA,
                    "problem \"" + problem.id() + "\" has the facts " + problem.facts()
                            + ", but four habits are seen in Countdown only: it needs whole \"numbers\", such as"
                            + " 7,3,12, and a whole \"target\"; choose the task countdown-thought, or add them");
        }
        return new Puzzle(
                Arrays.stream(numbers.split(",", -1)).map(Long::valueOf).toList(), Long.parseLong(target));
    }
}
