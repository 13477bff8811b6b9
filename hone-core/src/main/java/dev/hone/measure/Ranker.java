package dev.hone.measure;

import dev.hone.data.Verdict;
import dev.hone.judge.Judge;
import dev.hone.judge.OwnLikelihood;

/// Says which of the samples of a problem is best, without knowing which is right.
///
/// @param name in figures, such as `verifier` in `best-of-8 by verifier`
/// @param judge whose verdicts are the ranks, the better the higher; what it calls unjudged comes last
public record Ranker(String name, Judge judge) {
    /// The control that needs nobody: how likely the model that drew the samples finds them.
    public static final Ranker OWN = new Ranker("own likelihood", new OwnLikelihood());

    /// The name of the figure that says how often the best of `k` samples is right.
    String figure(int k) {
        return "best-of-" + k + " by " + name;
    }

    static double rank(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Scored(double value, String _) -> value;
            case Verdict.Rewarded(double logit, String _) -> logit;
            case Verdict.Stepwise steps -> steps.lowest();
            case Verdict.Unjudged _ -> Double.NEGATIVE_INFINITY;
        };
    }
}
