package dev.hone.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What is done to a model's logits before a token is drawn, in the order of transformers' generate:
/// repetition penalty and bias first, then temperature, then top-k, top-p, min-p, each on what the one before
/// has left.
///
/// @param topK only so many likeliest tokens stay, of equal ones those with the lowest ids; 0 for all
/// @param topP in `(0, 1]`; only the likeliest tokens stay that together have this probability (Holtzman et
///     al. 2020); 1 for all
/// @param minP in `[0, 1]`; only tokens stay whose probability is at least this share of the likeliest one's;
///     0 for all
/// @param repetitionPenalty in [0.01, 100]; a token that stands in the prompt or was drawn has its
///     logit divided by this if it is positive, else multiplied (Keskar et al. 2019); 1 for none
/// @param bias added to the logits of single tokens, by id; each in [-1000, 1000]
public record Warping(int topK, double topP, double minP, double repetitionPenalty, SortedMap<Integer, Double> bias) {

    /// The model's own distribution.
    public static final Warping NONE = new Warping(0, 1, 0, 1, Collections.emptySortedMap());

    public Warping {
        if (topK < 0) {
            throw new IllegalArgumentException("topK must be at least 0 but was " + topK + "; 0 keeps every token");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be in (0, 1] but was " + topP + "; 1 keeps every token");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("minP must be in [0, 1] but was " + minP + "; 0 keeps every token");
        }
        if (!(repetitionPenalty >= 0.01 && repetitionPenalty <= 100)) {
            throw new IllegalArgumentException(
                    "repetitionPenalty must be in [0.01, 100] but was " + repetitionPenalty + "; 1 is none, 1.1 mild");
        }
        bias.forEach((token, added) -> {
            if (token < 0 || !(Math.abs(added) <= 1000)) {
                throw new IllegalArgumentException("bias must add a number in [-1000, 1000] to a token id of at least 0"
                        + " but adds " + added + " to token " + token);
            }
        });
        bias = Collections.unmodifiableSortedMap(new TreeMap<>(bias));
    }

    public Warping withTopK(int kept) {
        return new Warping(kept, topP, minP, repetitionPenalty, bias);
    }

    public Warping withTopP(double mass) {
        return new Warping(topK, mass, minP, repetitionPenalty, bias);
    }

    public Warping withMinP(double share) {
        return new Warping(topK, topP, share, repetitionPenalty, bias);
    }

    public Warping withRepetitionPenalty(double penalty) {
        return new Warping(topK, topP, minP, penalty, bias);
    }

    public Warping withBias(SortedMap<Integer, Double> added) {
        return new Warping(topK, topP, minP, repetitionPenalty, added);
    }
}
