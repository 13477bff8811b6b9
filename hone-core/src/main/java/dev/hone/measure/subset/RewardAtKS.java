package dev.hone.measure.subset;

import java.util.List;

/// Reward@k-s: the chance that the `s` best-rewarded of `k` samples are all right (B-STaR, card
/// star-family-bstar, "Monitoring metrics"). For `s = 1` it is [BestOfK], for `s = k` the chance that all are
/// right.
///
/// The mean over all subsets of `k`, and, where rewards are equal, over the orders of the equal ones.
///
/// **Exact**, in `O(n k s)`.
public final class RewardAtKS {
    private RewardAtKS() {}

    /// @param candidates at least `k`
    /// @param k at least 1
    /// @param s in `[1, k]`
    public static double estimate(List<Candidate> candidates, int k, int s) {
        String metric = "reward@" + k + "-" + s;
        Draw draw = Draw.of(metric, candidates.size(), k);
        draw.requireWithin(metric, s);
        double[] open = Draw.start(s); // fewer than s taken so far, all right
        double[] held = new double[k + 1]; // s or more taken, the best s right
        for (Tie tie : Tie.of(candidates)) {
            double[] nextHeld = draw.after(held, tie.size());
            double[] nextOpen = new double[s];
            double[] taken = draw.taken(tie.size());
            double[] onlyRight = draw.taken(tie.right());
            for (int already = 0; already < s; already++) {
                int left = s - already;
                for (int t = 0; t < left && t < onlyRight.length; t++) {
                    nextOpen[already + t] += open[already] * onlyRight[t] * draw.none(tie.size() - tie.right());
                }
                double filled = open[already] * tie.allRight(Math.min(left, tie.size()));
                for (int t = left; t < taken.length && already + t <= k; t++) {
                    nextHeld[already + t] += filled * taken[t];
                }
            }
            open = nextOpen;
            held = nextHeld;
        }
        return draw.given(held[k]);
    }
}
