package dev.hone.method.bstar;

import java.util.List;
import java.util.stream.IntStream;

/// What the control step may choose from, and what it looks at.
///
/// @param temperatures of sampling, at least one, in the order in which ties are broken
/// @param thresholds `tau` that a reward must be above, at least one; the highest of those that tie is taken; with a
/// reward of 0 or 1 all in `[0, 1)`
///     are the same
/// @param probe problems that are looked at before each round, the same ones every time, at least 1
public record Control(List<Double> temperatures, List<Double> thresholds, int probe) {

    public Control {
        temperatures = List.copyOf(temperatures);
        thresholds = List.copyOf(thresholds);
        if (temperatures.isEmpty() || !temperatures.stream().allMatch(each -> each > 0 && Double.isFinite(each))) {
            throw new IllegalArgumentException(
                    "temperatures must be one or more finite numbers above 0 but were " + temperatures);
        }
        if (thresholds.isEmpty() || !thresholds.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("thresholds must be one or more finite numbers but were " + thresholds);
        }
        if (probe < 1) {
            throw new IllegalArgumentException("probe must be at least 1 problem but was " + probe);
        }
    }

    /// The released code's grids for mathematics: temperatures 0.5 to 1.2 by 0.1, thresholds -1 to 1 by 0.1, 600
    /// problems.
    public static Control asInPaper() {
        return new Control(tenths(5, 12), tenths(-10, 10), 600);
    }

    private static List<Double> tenths(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(tenth -> tenth / 10.0).toList();
    }
}
