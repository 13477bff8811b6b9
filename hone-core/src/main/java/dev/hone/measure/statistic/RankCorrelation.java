package dev.hone.measure.statistic;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Spearman's rank correlation: the correlation of the ranks, in `[-1, 1]`. 1 where both rise together,
/// whatever the curve; equal values share the mean of their ranks.
public final class RankCorrelation {
    private RankCorrelation() {}

    /// @param a without what is not a number
    /// @param b as many as `a`, pair by pair, likewise
    /// @return nothing where either has fewer than two different values
    public static OptionalDouble spearman(List<Double> a, List<Double> b) {
        if (a.size() != b.size()) {
            throw new IllegalArgumentException(
                    "a correlation is of pairs but there are " + a.size() + " and " + b.size() + " values");
        }
        double[] left = ranks(a);
        double[] right = ranks(b);
        double middle = (a.size() + 1) / 2.0;
        double product = 0;
        double leftSquare = 0;
        double rightSquare = 0;
        for (int i = 0; i < left.length; i++) {
            product += (left[i] - middle) * (right[i] - middle);
            leftSquare += (left[i] - middle) * (left[i] - middle);
            rightSquare += (right[i] - middle) * (right[i] - middle);
        }
        return leftSquare == 0 || rightSquare == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.clamp(product / Math.sqrt(leftSquare * rightSquare), -1, 1));
    }

    /// From 1.
    private static double[] ranks(List<Double> values) {
        if (values.stream().anyMatch(value -> value.isNaN())) {
            throw new IllegalArgumentException("what is not a number has no rank; leave the pair out");
        }
        int[] order = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparingDouble(values::get))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[order.length];
        for (int from = 0, to; from < order.length; from = to) {
            double value = values.get(order[from]);
            to = from + 1;
            while (to < order.length && values.get(order[to]) == value) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = (from + 1 + to) / 2.0;
            }
        }
        return ranks;
    }
}
