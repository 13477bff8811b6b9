package dev.hone.measure;

import dev.hone.data.Figure;
import dev.hone.run.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// The percentile bootstrap over problems (Efron and Tibshirani 1993, chapter 13): problems are drawn with
/// replacement, the mean is taken, 2,000 times; the 95% interval runs from the 2.5th to the 97.5th
/// percentile. A problem's samples stay together, since they are not independent of each other.
public final class Bootstrap {
    /// Resamples behind each interval.
    public static final int RESAMPLES = 2_000;

    private static final Seed SEED = new Seed(0x486f6e65);

    private Bootstrap() {}

    /// The mean over problems with its interval. The resamples derive from the figure's name alone, so that
    /// equal values give equal intervals.
    ///
    /// @param values one a problem, at least one
    public static Figure mean(String name, List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("\"" + name + "\" has no problems to average over; give at least one");
        }
        double[] each = values.stream().mapToDouble(Double::doubleValue).toArray();
        SplittableRandom random = SEED.derive(name).random();
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < each.length; j++) {
                sum += each[random.nextInt(each.length)];
            }
            means[i] = sum / each.length;
        }
        Arrays.sort(means);
        double mean = Arrays.stream(each).sum() / each.length;
        return new Figure(name, mean, percentile(means, 0.025), percentile(means, 0.975), each.length);
    }

    /// The mean of `after - before`, problem by problem, with its interval.
    ///
    /// @param before and `after` of the same problems in the same order
    public static Figure change(String name, List<Double> before, List<Double> after) {
        if (before.size() != after.size()) {
            throw new IllegalArgumentException("\"" + name + "\" was measured on " + before.size()
                    + " problems before and " + after.size() + " after; a paired difference needs the same ones");
        }
        double[] differences = new double[before.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = after.get(i) - before.get(i);
        }
        return mean(name, Arrays.stream(differences).boxed().toList());
    }

    /// Linear between the two nearest ranks.
    private static double percentile(double[] sorted, double share) {
        double rank = share * (sorted.length - 1);
        int below = (int) Math.floor(rank);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
    }
}
