package dev.hone.measure;

import dev.hone.data.Figure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Tail narrowing: how much of the hardest level one set of training examples has lost against another (GSI,
/// arXiv:2411.00750; card gsi). The share of examples of level 5 in `before` less that in `after`, in `[-1, 1]`;
/// positive where the tail has narrowed. The paper's figure shows 0.31 of human data and 0.08 of the model's own at
/// the hardest level: 0.23.
///
/// The level of a problem must be the same for both sets: that of the task, or of the first model's
/// [share of right samples][DifficultyHistogram#level]. With each round's own levels a model that learns would seem
/// to narrow.
public final class TailNarrowing {

    /// A problem and how often it is in each set.
    ///
    /// @param level from 1, the easiest, to 5
    /// @param before examples of it in one set, such as 1, for the problems as they are
    /// @param after examples of it in the other, such as its kept samples
    public record Item(int level, int before, int after) {
        public Item {
            DifficultyHistogram.requireLevel(level);
            if (before < 0 || after < 0) {
                throw new IllegalArgumentException("examples of a problem must be at least 0 but were " + before
                        + " before and " + after + " after; count what is in each set");
            }
        }
    }

    private TailNarrowing() {}

    static double between(DifficultyHistogram before, DifficultyHistogram after) {
        return before.share(DifficultyHistogram.LEVELS) - after.share(DifficultyHistogram.LEVELS);
    }

    /// With its interval: problems are drawn, and with each all its examples.
    ///
    /// @param problems at least one
    /// @return nothing where one of the sets is empty, as after a round without a right sample
    public static Optional<Figure> figure(String name, List<Item> problems) {
        Bootstrap.requireProblems(name, problems.size());
        int[] all = IntStream.range(0, problems.size()).toArray();
        return of(problems, all).isEmpty()
                ? Optional.empty()
                : Optional.of(Bootstrap.statistic(name, problems.size(), drawn -> of(problems, drawn)));
    }

    private static OptionalDouble of(List<Item> problems, int[] drawn) {
        List<Item> items = Arrays.stream(drawn).mapToObj(problems::get).toList();
        if (items.stream().allMatch(item -> item.before() == 0)
                || items.stream().allMatch(item -> item.after() == 0)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(between(
                DifficultyHistogram.counted(items, Item::level, Item::before),
                DifficultyHistogram.counted(items, Item::level, Item::after)));
    }
}
