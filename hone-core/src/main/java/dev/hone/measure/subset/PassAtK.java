package dev.hone.measure.subset;

/// The unbiased estimator of pass@k: the chance that at least one of `k` samples is right (Chen et al. 2021,
/// arXiv:2107.03374, equation 1).
public final class PassAtK {
    private PassAtK() {}

    /// `1 - C(n - c, k) / C(n, k)`, as a product, so that nothing overflows.
    ///
    /// @param n samples drawn, at least `k`
    /// @param c of them right, in `[0, n]`
    /// @param k at least 1
    public static double estimate(int n, int c, int k) {
        Draw.of("pass@" + k, n, k);
        if (c < 0 || c > n) {
            throw new IllegalArgumentException(
                    "right samples must be in [0, " + n + "] but were " + c + "; count among the samples drawn");
        }
        double allWrong = 1;
        for (int i = 0; i < k; i++) {
            allWrong *= (double) Math.max(0, n - c - i) / (n - i);
        }
        return 1 - allWrong;
    }
}
