package dev.hone.measure;

import dev.hone.data.Figure;
import dev.hone.measure.statistic.Quantile;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The percentile bootstrap over problems (Efron and Tibshirani 1993, chapter 13): problems are drawn with
/// replacement, the mean is taken, 2,000 times; the 95% interval runs from the 2.5th to the 97.5th
/// percentile. A problem's samples stay together, since they are not independent of each other.
///
/// A problem on which a metric is not defined has the value NaN: without a right answer there are no
/// distinct equations, which is neither 0 nor 1. It is left out, and [Figure#n] counts the others; read it
/// with the figure, for a model that solves fewer problems is measured on fewer.
public final class Bootstrap {
    /// Resamples behind each interval.
    public static final int RESAMPLES = 2_000;

    private static final Seed SEED = new Seed(0x486f6e65);

    private Bootstrap() {}

    /// The mean over problems with its interval. The resamples derive from the figure's name alone, so that
    /// equal values give equal intervals.
    ///
    /// @param values one a problem, at least one
    /// @return NaN of 0 problems where none has a value, here and below
    public static Figure mean(String name, List<Double> values) {
        return overSeeds(name, List.of(values));
    }

    /// A statistic of the problems that is no mean over them, such as a ratio of sums, with its interval. A
    /// resample on which it is not defined is drawn again, so it should be defined on many.
    ///
    /// @param problems how many there are, at least 1
    /// @param statistic of problems by index, some of them maybe repeatedly; defined for each problem once
    static Figure statistic(String name, int problems, Function<int[], OptionalDouble> statistic) {
        requireProblems(name, problems);
        double value = statistic
                .apply(IntStream.range(0, problems).toArray())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + name + "\" is not defined for these " + problems + " problems; leave it out"));
        return figure(name, value, problems, statistic);
    }

    /// The mean of `after - before`, problem by problem, with its interval.
    ///
    /// @param before and `after` of the same problems in the same order
    public static Figure change(String name, List<Double> before, List<Double> after) {
        return changeOverSeeds(name, List.of(before), List.of(after));
    }

    /// The mean over seeds and problems. Both are drawn with replacement, so that the interval holds what other
    /// seeds would have given. Of fewer than about five seeds it says little about that, but no other interval
    /// says more (Davison and Hinkley 1997, section 3.8).
    ///
    /// @param seeds for each seed one value a problem, of the same problems in the same order
    public static Figure overSeeds(String name, List<List<Double>> seeds) {
        requireProblems(name, seeds.size());
        int problems = seeds.getFirst().size();
        requireProblems(name, problems);
        seeds.forEach(each -> requirePaired(name, problems, each.size()));
        double[][] values = seeds.stream()
                .map(seed -> seed.stream().mapToDouble(Double::doubleValue).toArray())
                .toArray(double[][]::new);
        int defined = (int) IntStream.range(0, problems)
                .filter(problem -> Arrays.stream(values).anyMatch(seed -> !Double.isNaN(seed[problem])))
                .count();
        if (defined == 0) {
            return new Figure(name, Double.NaN, Double.NaN, Double.NaN, 0);
        }
        Average all = new Average();
        for (double[] seed : values) {
            Arrays.stream(seed).forEach(all::add);
        }
        SplittableRandom which = SEED.derive(name).derive("seeds").random();
        Figure figure = figure(name, all.mean().orElseThrow(), problems, drawn -> {
            Average resampled = new Average();
            for (int i = 0; i < values.length; i++) {
                double[] seed = values[which.nextInt(values.length)];
                for (int problem : drawn) {
                    resampled.add(seed[problem]);
                }
            }
            return resampled.mean();
        });
        return new Figure(name, figure.value(), figure.low(), figure.high(), defined);
    }

    /// Of the values that are there.
    private static final class Average {
        private double sum;
        private long count;

        void add(double value) {
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }

        OptionalDouble mean() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }

    /// The mean of `after - before` over seeds and problems, paired by both; see [#overSeeds].
    ///
    /// @param before and `after` for each seed one value a problem, of the same problems in the same order
    public static Figure changeOverSeeds(String name, List<List<Double>> before, List<List<Double>> after) {
        if (before.size() != after.size()) {
            throw new IllegalArgumentException("\"" + name + "\" was measured with " + before.size()
                    + " seeds before and " + after.size() + " after; a paired difference needs the same ones");
        }
        List<List<Double>> differences = new ArrayList<>();
        for (int seed = 0; seed < before.size(); seed++) {
            List<Double> first = before.get(seed);
            List<Double> second = after.get(seed);
            requirePaired(name, first.size(), second.size());
            differences.add(IntStream.range(0, first.size())
                    .mapToObj(i -> second.get(i) - first.get(i))
                    .toList());
        }
        return overSeeds(name, differences);
    }

    private static Figure figure(String name, double value, int problems, Function<int[], OptionalDouble> statistic) {
        SplittableRandom random = SEED.derive(name).random();
        double[] values = new double[RESAMPLES];
        int[] drawn = new int[problems];
        for (int i = 0; i < RESAMPLES; ) {
            Arrays.setAll(drawn, j -> random.nextInt(problems));
            OptionalDouble resampled = statistic.apply(drawn);
            if (resampled.isPresent()) {
                values[i++] = resampled.getAsDouble();
            }
        }
        Arrays.sort(values);
        return new Figure(name, value, Quantile.sorted(values, 0.025), Quantile.sorted(values, 0.975), problems);
    }

    static void requireProblems(String name, int problems) {
        if (problems < 1) {
            throw new IllegalArgumentException("\"" + name + "\" has no problems to average over; give at least one");
        }
    }

    static void requirePaired(String name, int before, int after) {
        if (before != after) {
            throw new IllegalArgumentException("\"" + name + "\" was measured on " + before + " problems before and "
                    + after + " after; a paired difference needs the same ones");
        }
    }
}
