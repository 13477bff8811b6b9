package dev.hone.measure.subset;

/// The mean over the subsets of `k` samples.
public sealed interface Expectation {

    double value();

    /// Over all subsets.
    record Exact(double value) implements Expectation {}

    /// Over subsets drawn by chance.
    ///
    /// @param standardError of the mean, at most `1 / (2 sqrt(subsets - 1))`; 0 where all that were drawn agree,
    ///     which leaves room for exceptions of up to about `3 / subsets`
    /// @param subsets how many were drawn
    record Sampled(double value, double standardError, int subsets) implements Expectation {}
}
