package dev.hone.measure.statistic;

import java.util.Collection;

/// How far two samples of numbers are apart: the largest difference between the share of one that is at
/// most `x` and the share of the other, over all `x`. In `[0, 1]`: 0 for the same values, 1 where no value
/// of one lies among those of the other.
public final class KolmogorovSmirnov {
    private KolmogorovSmirnov() {}

    /// @param a at least one, none of them not a number
    /// @param b likewise
    public static double distance(Collection<Double> a, Collection<Double> b) {
        double[] left = sorted(a);
        double[] right = sorted(b);
        int i = 0;
        int j = 0;
        double largest = 0;
        while (i < left.length && j < right.length) {
            double x = Math.min(left[i], right[j]);
            while (i < left.length && left[i] == x) {
                i++;
            }
            while (j < right.length && right[j] == x) {
                j++;
            }
            largest = Math.max(largest, Math.abs((double) i / left.length - (double) j / right.length));
        }
        return largest;
    }

    private static double[] sorted(Collection<Double> values) {
        if (values.isEmpty() || values.stream().anyMatch(value -> value.isNaN())) {
            throw new IllegalArgumentException("both samples must have at least one value, and none that is not a"
                    + " number, but one has " + values.size() + " values; leave such values out");
        }
        return values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    }
}
