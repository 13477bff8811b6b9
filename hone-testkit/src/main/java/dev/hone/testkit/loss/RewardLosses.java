package dev.hone.testkit.loss;

import dev.hone.learn.Objective;
import java.util.List;

/// Losses that teach a model to judge (objectives card, §6).
public final class RewardLosses {
    private RewardLosses() {}

    /// The loss of one pair.
    public static double bradleyTerry(Objective.BradleyTerry objective, double chosen, double rejected) {
        return -PreferenceLosses.logSigmoid(chosen - rejected - objective.margin())
                + objective.centering() * Math.pow(chosen + rejected, 2);
    }

    /// The loss of one group.
    ///
    /// @param relevances one a reward
    public static double listwise(List<Double> rewards, List<Double> relevances) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < rewards.size(); i++) {
            for (int j = 0; j < rewards.size(); j++) {
                if (relevances.get(i) > relevances.get(j)) {
                    sum -= PreferenceLosses.logSigmoid(rewards.get(i) - rewards.get(j));
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    /// The loss of one step: cross-entropy of two classes.
    public static double step(double wrong, double right, boolean isRight) {
        double total = Math.exp(wrong) + Math.exp(right);
        return -Math.log(Math.exp(isRight ? right : wrong) / total);
    }
}
