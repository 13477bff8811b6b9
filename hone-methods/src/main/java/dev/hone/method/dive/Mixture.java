package dev.hone.method.dive;

import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;

/// The loss: `alpha L_DPO + (1 - alpha) L_NLL`.
///
/// @param alpha in `(0, 1]`
/// @param beta of DPO, above 0
public record Mixture(double alpha, double beta) {

    public Mixture {
        if (!(alpha > 0 && alpha <= 1)) {
            throw new IllegalArgumentException(
                    "alpha must be in (0, 1] but was " + alpha + "; without any DPO there is nothing to pair for");
        }
        if (!(beta > 0) || Double.isInfinite(beta)) {
            throw new IllegalArgumentException("beta must be a finite number above 0 but was " + beta);
        }
    }

    /// 0.5 and 0.4.
    public static Mixture asInPaper() {
        return new Mixture(0.5, 0.4);
    }

    /// The loss over `alpha`, which has the same optimum: the likelihood of the right side, a mean over its
    /// tokens and then over pairs, weighs `(1 - alpha) / alpha` beside DPO.
    Objective.Dpo objective() {
        return new Objective.Dpo(
                new Contrast.Sigmoid(), beta, new ChosenLikelihood((1 - alpha) / alpha, ChosenLikelihood.Mean.PAIR));
    }
}
