package dev.hone.measure.subset;

import java.util.List;

/// Best-of-k: the chance that the best-scored of `k` samples is right (V-STaR, arXiv:2402.06457, equation 3).
///
/// With the scores in descending order and `a_i` whether the `i`-th is right, from 0,
/// `sum over i of a_i C(n - i - 1, k - 1) / C(n, k)`. The equation assumes that no scores are equal; here equal
/// ones count as the mean over their orders: each of them stands for the share of them that is right.
///
/// Best-of-1 is the share of right samples. **Exact**, `O(n log n)`.
public final class BestOfK {
    private BestOfK() {}

    /// @param candidates at least `k`
    /// @param k at least 1
    public static double estimate(List<Candidate> candidates, int k) {
        int n = candidates.size();
        Draw.of("best-of-" + k, n, k);
        double value = 0;
        double noneAbove = 1; // chance that no sample with a better score is in the subset
        int above = 0;
        for (Tie tie : Tie.of(candidates)) {
            double best = 0;
            for (int i = 0; i < tie.size(); i++) {
                best += noneAbove * Math.min(1, (double) k / (n - above));
                noneAbove *= (double) Math.max(0, n - above - k) / (n - above);
                above++;
            }
            value += best * tie.right() / tie.size();
        }
        return Math.clamp(value, 0, 1);
    }
}
