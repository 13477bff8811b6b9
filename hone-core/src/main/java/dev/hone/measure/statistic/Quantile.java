package dev.hone.measure.statistic;

import java.util.Collection;

/// The value below which a share of some numbers lies, linear between the two nearest ranks (Hyndman and
/// Fan 1996, type 7; what NumPy takes unless told otherwise).
public final class Quantile {
    private Quantile() {}

    /// @param values at least one, in any order, none of them not a number
    /// @param share in `[0, 1]`; 0 gives the lowest value, 1 the highest
    public static double of(Collection<Double> values, double share) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing has no quantile; give at least one value");
        }
        if (values.stream().anyMatch(value -> value.isNaN())) {
            throw new IllegalArgumentException("what is not a number has no rank; leave it out");
        }
        return sorted(values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), share);
    }

    /// @param sorted at least one, the lowest first
    /// @param share in `[0, 1]`
    public static double sorted(double[] sorted, double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("a quantile's share must be in [0, 1] but was " + share);
        }
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        // equal ones as they are, so that none lies above the quantile by rounding; and infinity times 0 is no number
        return rank == below || sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
