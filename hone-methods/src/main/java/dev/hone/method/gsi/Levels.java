package dev.hone.method.gsi;

import dev.hone.data.Problem;
import dev.hone.measure.DifficultyHistogram;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/// How hard each problem is, by a [Difficulty], the same in every round.
record Levels(Function<Problem, OptionalInt> levels) {

    /// Before anything has been drawn.
    static final Levels UNKNOWN = new Levels(_ -> OptionalInt.empty());

    /// @param plain the first round's samples that were drawn without guidance
    static Levels of(Difficulty difficulty, Attempts plain) {
        return switch (difficulty) {
            case Difficulty.FirstRound() -> byShare(plain);
            case Difficulty.Fact(String name) -> byFact(name, plain);
        };
    }

    /// From 1, the easiest, to 5; empty where it is not known.
    OptionalInt of(Problem problem) {
        return levels.apply(problem);
    }

    private static Levels byShare(Attempts plain) {
        Map<String, OptionalInt> levels = new HashMap<>();
        for (Problem problem : plain.problems()) {
            levels.put(problem.id(), OptionalInt.of(DifficultyHistogram.level(plain.count(problem))));
        }
        return new Levels(problem -> levels.getOrDefault(problem.id(), OptionalInt.empty()));
    }

    private static Levels byFact(String name, Attempts plain) {
        int largest = plain.problems().stream()
                .map(problem -> fact(problem, name))
                .filter(OptionalInt::isPresent)
                .mapToInt(OptionalInt::getAsInt)
                .max()
                .orElse(0);
        return new Levels(problem -> {
            OptionalInt fact = fact(problem, name);
            return fact.isEmpty()
                    ? fact
                    : OptionalInt.of(Math.clamp(
                            (long) DifficultyHistogram.LEVELS + fact.getAsInt() - largest,
                            1,
                            DifficultyHistogram.LEVELS));
        });
    }

    private static OptionalInt fact(Problem problem, String name) {
        String text = problem.facts().getOrDefault(name, "");
        return text.matches("-?\\d{1,9}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty();
    }
}
