package dev.hone.torch.setting;

import java.util.List;

/// A hook over logits that sees several models: makes the row that is drawn from out of each model's own.
///
/// @see dev.hone.torch.BlendedGenerator
@FunctionalInterface
public interface LogitBlend {

    /// Called for every token of every completion, by one thread at a time; what it is given is its own until
    /// it returns.
    ///
    /// @param blended to be written: the logits to draw from, one a token of the vocabulary
    /// @param logits of each model, in their order, after the same text
    void into(float[] blended, List<float[]> logits);

    /// `sum_m weights[m] * logits_m`. An ensemble has positive weights that add up to 1; contrastive decoding
    /// with strength `b` has `1 + b` and `-b` (Li et al. 2023); proxy tuning has 1, 1 and -1 for a large
    /// model, a small tuned one and the small one before (Liu et al. 2024).
    static LogitBlend weighted(double... weights) {
        double[] kept = weights.clone();
        return (blended, logits) -> {
            if (logits.size() != kept.length) {
                throw new IllegalArgumentException(
                        kept.length + " weights for " + logits.size() + " models; give each model one");
            }
            for (int token = 0; token < blended.length; token++) {
                double sum = 0;
                for (int model = 0; model < kept.length; model++) {
                    sum += kept[model] * logits.get(model)[token];
                }
                blended[token] = (float) sum;
            }
        };
    }
}
