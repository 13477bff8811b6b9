package dev.hone.measure.subset;

/// `k` of `n` samples without replacement, every subset as likely as any other.
///
/// The same as taking each sample with chance `k/n`, whatever becomes of the others, and looking only at the
/// cases in which `k` are taken: each of these subsets then has the same chance, `p^k (1-p)^(n-k)`. So a metric
/// goes through the samples one by one with a row of chances by the number taken so far, and divides by
/// [#whole] at the end. All terms are positive and none is tiny or huge, unlike with binomial coefficients.
///
/// @param n at least `k`
/// @param k at least 1
record Draw(int n, int k) {

    /// @param metric what the samples are for, such as `best-of-4`, for the message
    /// @throws IllegalArgumentException for `k < 1` or `n < k`
    static Draw of(String metric, int n, int k) {
        if (k < 1 || n < k) {
            throw new IllegalArgumentException(metric + " needs at least " + Math.max(1, k)
                    + " samples a problem but there are " + n
                    + "; draw more samples or ask for a smaller k of at least 1");
        }
        return new Draw(n, k);
    }

    /// @throws IllegalArgumentException unless `1 <= s <= k`
    void requireWithin(String metric, int s) {
        if (s < 1 || s > k) {
            throw new IllegalArgumentException(metric + " asks for " + s + " of " + k
                    + " samples; ask for at least 1 and at most " + k + ", or for a larger k");
        }
    }

    double chance() {
        return (double) k / n;
    }

    /// The row before the first sample: nothing is taken, for sure.
    static double[] start(int length) {
        double[] row = new double[length];
        row[0] = 1;
        return row;
    }

    /// The row after so many more samples, of which any number is taken; what goes beyond its end is dropped.
    ///
    /// @param row chance by the number taken so far; stays as it is
    double[] after(double[] row, int samples) {
        double[] next = row.clone();
        for (int i = 0; i < samples; i++) {
            for (int taken = next.length - 1; taken > 0; taken--) {
                next[taken] = next[taken] * (1 - chance()) + next[taken - 1] * chance();
            }
            next[0] *= 1 - chance();
        }
        return next;
    }

    /// The chance that so many of `size` samples are taken, by their number from 0 to `min(size, k)`.
    double[] taken(int size) {
        return after(start(Math.min(size, k) + 1), size);
    }

    /// The chance that none of `size` samples is taken.
    double none(int size) {
        return Math.pow(1 - chance(), size);
    }

    /// The chance that exactly `k` of the `n` are taken.
    double whole() {
        return after(start(k + 1), n)[k];
    }

    /// A chance within all subsets as one within those of `k`; rounding does not leave `[0, 1]`.
    double given(double chance) {
        return Math.clamp(chance / whole(), 0, 1);
    }
}
