package dev.hone.measure;

import dev.hone.data.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// The mean of a metric over the problems on which it is defined: without a right answer there are no distinct
/// equations, which is neither 0 nor 1. The others are left out and counted; read the count with the figure, for a
/// model that solves fewer problems is measured on fewer.
public sealed interface PartialMean {

    /// How many problems have no value.
    int leftOut();

    /// @param figure over the problems that have a value, [Figure#n] of them, with its interval
    record Known(Figure figure, int leftOut) implements PartialMean {}

    /// No problem has a value.
    record Unknown(String name, int leftOut) implements PartialMean {}

    /// @param problems at least one
    /// @param metric finite, or nothing where it is not defined
    static <P> PartialMean of(String name, List<P> problems, Function<P, OptionalDouble> metric) {
        return of(
                name,
                problems.stream().map(problem -> value(name, problem, metric)).toList());
    }

    /// The mean of `after - before`, paired by problem; one that lacks a value on either side is left out.
    ///
    /// @param before and `after` of the same problems in the same order
    static <P> PartialMean change(String name, List<P> before, List<P> after, Function<P, OptionalDouble> metric) {
        Bootstrap.requirePaired(name, before.size(), after.size());
        List<OptionalDouble> differences = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            OptionalDouble old = value(name, before.get(i), metric);
            OptionalDouble now = value(name, after.get(i), metric);
            differences.add(
                    old.isPresent() && now.isPresent()
                            ? OptionalDouble.of(now.getAsDouble() - old.getAsDouble())
                            : OptionalDouble.empty());
        }
        return of(name, differences);
    }

    private static PartialMean of(String name, List<OptionalDouble> values) {
        List<Double> known =
                values.stream().flatMapToDouble(OptionalDouble::stream).boxed().toList();
        int leftOut = values.size() - known.size();
        return known.isEmpty() && leftOut > 0
                ? new Unknown(name, leftOut)
                : new Known(Bootstrap.mean(name, known), leftOut);
    }

    private static <P> OptionalDouble value(String name, P problem, Function<P, OptionalDouble> metric) {
        OptionalDouble value = metric.apply(problem);
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("\"" + name + "\" of a problem was " + value.getAsDouble()
                    + "; a metric gives a finite number, or nothing where it is not defined");
        }
        return value;
    }
}
