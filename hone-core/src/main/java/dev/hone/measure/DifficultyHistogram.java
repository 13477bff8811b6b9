package dev.hone.measure;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/// How much there is of each difficulty (cards dive, gsi). The level of a problem is by its share of right samples,
/// in five equal bins: 1, the easiest, from 0.8 to 1; 2 from 0.6 to below 0.8; to 5, the hardest, below 0.2.
///
/// An exam that is asked for diversity tells the share of problems of each level, with intervals. A level falls when
/// its problems become easier or harder, so a model that learns empties level 5: that is no
/// [narrowing][TailNarrowing] of what it learns from.
///
/// @param counts of level 1 to 5, each at least 0, together at least 1
public record DifficultyHistogram(List<Integer> counts) {
    public static final int LEVELS = 5;

    public DifficultyHistogram {
        counts = List.copyOf(counts);
        if (counts.size() != LEVELS || counts.stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    "a histogram has " + LEVELS + " counts of at least 0 but was given " + counts);
        }
        if (counts.stream().allMatch(count -> count == 0)) {
            throw new IllegalArgumentException("a histogram of nothing has no shares; give at least one problem");
        }
    }

    /// The level of a problem, exactly at the edges: 4 of 5 is level 1, 1 of 5 level 4.
    public static int level(RightCount problem) {
        long bin = (long) LEVELS * problem.right() / problem.samples();
        return LEVELS - (int) Math.min(LEVELS - 1, bin);
    }

    /// @param level of each item, from 1 to 5
    /// @param count of each item, at least 0
    static <T> DifficultyHistogram counted(List<T> items, ToIntFunction<T> level, ToIntFunction<T> count) {
        int[] counts = new int[LEVELS];
        items.forEach(item -> counts[level.applyAsInt(item) - 1] += count.applyAsInt(item));
        return new DifficultyHistogram(IntStream.of(counts).boxed().toList());
    }

    /// The share of a level, in `[0, 1]`.
    ///
    /// @param level from 1 to 5
    public double share(int level) {
        requireLevel(level);
        double all = counts.stream().mapToLong(Integer::longValue).sum();
        return counts.get(level - 1) / all;
    }

    static void requireLevel(int level) {
        if (level < 1 || level > LEVELS) {
            throw new IllegalArgumentException("a level is from 1, the easiest, to " + LEVELS + " but was " + level);
        }
    }
}
