package dev.hone.app.settings;

import java.util.List;
import java.util.function.Predicate;

/// What a value must be.
///
/// @param allowed in words that follow "must be"
public record Rule<T>(String allowed, Predicate<T> holds) {
    public static final Rule<Integer> COUNT = new Rule<>("a whole number of at least 1", value -> value >= 1);
    public static final Rule<Integer> COUNT_OR_NONE = new Rule<>("a whole number of at least 0", value -> value >= 0);
    public static final Rule<Double> POSITIVE =
            new Rule<>("a finite number above 0", value -> value > 0 && !value.isInfinite());
    public static final Rule<Double> NOT_NEGATIVE =
            new Rule<>("a finite number of at least 0", value -> value >= 0 && !value.isInfinite());
    public static final Rule<Double> AT_LEAST_1 =
            new Rule<>("a finite number of at least 1", value -> value >= 1 && !value.isInfinite());
    public static final Rule<Double> FINITE = new Rule<>("a finite number", value -> Double.isFinite(value));
    public static final Rule<Double> SHARE = new Rule<>("in [0, 1)", value -> value >= 0 && value < 1);
    public static final Rule<Double> OPEN_SHARE = new Rule<>("in (0, 1)", value -> value > 0 && value < 1);
    public static final Rule<Double> SHARE_TO_1 = new Rule<>("in (0, 1]", value -> value > 0 && value <= 1);

    /// One or more values that each keep to a rule.
    static <T> Rule<List<T>> each(Rule<T> one) {
        return new Rule<>(
                "one or more values with commas between them, each " + one.allowed,
                values -> !values.isEmpty() && values.stream().allMatch(one.holds));
    }

    /// Whatever the type holds.
    static <T> Rule<T> any(String allowed) {
        return new Rule<>(allowed, _ -> true);
    }
}
