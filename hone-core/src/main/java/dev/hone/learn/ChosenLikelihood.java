package dev.hone.learn;

/// The negative log-likelihood of the chosen completions, added to a pairwise loss so that it does not fall
/// with the rejected ones' (objectives card, §2, "sft-mixed").
///
/// @param weight `eta`, at least 0; 0 leaves it out
/// @param mean over what
public record ChosenLikelihood(double weight, Mean mean) {

    /// Over what the negative log-likelihood is averaged.
    public enum Mean {
        /// `- log p(y_w) / |y_w|` of each pair, then the mean over pairs: iterative RPO.
        PAIR,
        /// One mean over all counted tokens of the batch's chosen completions: TRL's "sft".
        TOKEN
    }

    public ChosenLikelihood {
        Ranges.notNegative("weight of the chosen likelihood", weight);
    }

    public static ChosenLikelihood none() {
        return new ChosenLikelihood(0, Mean.PAIR);
    }
}
