package dev.hone.torch.sample;

import dev.hone.data.Warping;
import dev.hone.torch.kernel.Vectors;
import java.util.Arrays;

/// Draws tokens from logits that are [warped][Warping] or masked, one row at a time.
///
/// The likeliest tokens are told apart by sorting as few as top-k and top-p need; of equal logits the lower
/// id counts as the likelier. What stays is drawn by one uniform number, inverted through the cumulative mass
/// in the order of the token ids.
///
/// One thread at a time.
final class WarpedDice {
    /// How far below the largest logit, in nats at the sampling temperature, tokens are looked for, until
    /// enough are found.
    private static final double[] DEPTHS = {4, 8, 16, 32, Double.POSITIVE_INFINITY};

    private final int vocabulary;
    private final float[] logits;
    private final float[] mass; // of the tokens that stay, relative to the likeliest one's
    private final Vectors.Scratch scratch = new Vectors.Scratch(256);
    private final int[] met; // the number of the draw in which a token was last penalised
    private long[] ranked = new long[256]; // see #rank
    private int draws;

    WarpedDice(int vocabulary) {
        this.vocabulary = vocabulary;
        logits = new float[vocabulary];
        mass = new float[vocabulary];
        met = new int[vocabulary];
    }

    /// Tokens that a completion has behind it.
    ///
    /// @param drawn the first `count` count
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    record Past(int[] prompt, int[] drawn, int count) {}

    /// @param from the model's logits, from `at` on one a token
    /// @param temperature at least 0; 0 takes the likeliest token
    /// @param allowed a bit for each token that may be drawn, at least one; empty if all may
    /// @param uniform in `[0, 1)`
    int draw(float[] from, int at, double temperature, Warping warping, Past past, long[] allowed, double uniform) {
        System.arraycopy(from, at, logits, 0, vocabulary);
        penalise((float) warping.repetitionPenalty(), past);
        warping.bias().forEach((token, added) -> logits[token] += added.floatValue());
        if (allowed.length > 0) {
            mask(allowed);
        }
        float peak = Vectors.max(logits, 0, vocabulary);
        if (temperature == 0) {
            return likeliest(peak);
        }
        weigh(peak, temperature);
        if (warping.topK() > 0 || warping.topP() < 1) {
            keepLikeliest(peak, temperature, warping.topK(), warping.topP());
        }
        if (warping.minP() > 0) {
            keepAtLeast(warping.minP());
        }
        return pick(uniform);
    }

    private void penalise(float penalty, Past past) {
        if (penalty == 1) {
            return;
        }
        if (++draws == 0) { // after 2^32 draws old marks could look new
            Arrays.fill(met, 0);
            draws = 1;
        }
        penalise(penalty, past.prompt(), past.prompt().length);
        penalise(penalty, past.drawn(), past.count());
    }

    /// Each token once, however often it stands there.
    private void penalise(float penalty, int[] tokens, int count) {
        for (int i = 0; i < count; i++) {
            int token = tokens[i];
            if (met[token] != draws) {
                met[token] = draws;
                logits[token] = logits[token] > 0 ? logits[token] / penalty : logits[token] * penalty;
            }
        }
    }

    private void mask(long[] allowed) {
        for (int token = 0; token < vocabulary; token++) {
            if (((allowed[token >> 6] >>> token) & 1) == 0) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    private int likeliest(float peak) {
        for (int token = 0; token < vocabulary; token++) {
            if (logits[token] == peak) {
                return token;
            }
        }
        throw new IllegalStateException("no logit equals the largest; is no token allowed?");
    }

    /// `1 / temperature`, finite: the likeliest token's distance from itself, 0, must stay 0.
    static float factor(double temperature) {
        return (float) Math.min(1 / temperature, 1e30);
    }

    private void weigh(float peak, double temperature) {
        Vectors.exponential(mass, 0, logits, 0, vocabulary, peak, factor(temperature), scratch);
        for (int token = 0; token < vocabulary; token++) {
            if (logits[token] == Float.NEGATIVE_INFINITY) { // e^-87 otherwise
                mass[token] = 0;
            }
        }
    }

    private void keepLikeliest(float peak, double temperature, int topK, double topP) {
        double total = Vectors.sum(mass, 0, vocabulary);
        int count = 0;
        for (double depth : DEPTHS) {
            count = rank(peak - depth * temperature);
            if (topK > 0 ? count >= topK : massOfRanked(count) >= topP * total) {
                break;
            }
        }
        Arrays.sort(ranked, 0, count);
        if (topK > 0) {
            count = Math.min(count, topK);
            total = massOfRanked(count);
        }
        int kept = 0;
        for (double before = 0; kept < count && (kept == 0 || before < topP * total); kept++) {
            before += mass[token(ranked[kept])];
        }
        keepRanked(kept);
    }

    /// Collects the tokens whose logit is at least `least`; sorted, these numbers put the likeliest first and
    /// the lower id before the higher one.
    private int rank(double least) {
        int count = 0;
        for (int token = 0; token < vocabulary; token++) {
            float logit = logits[token];
            if (logit >= least && logit > Float.NEGATIVE_INFINITY) {
                if (count == ranked.length) {
                    ranked = Arrays.copyOf(ranked, 2 * count);
                }
                int bits = Float.floatToIntBits(logit + 0f); // 0 for -0
                int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
                ranked[count++] = ((long) ~ascending << 32) | token;
            }
        }
        return count;
    }

    private static int token(long rank) {
        return (int) rank;
    }

    private double massOfRanked(int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += mass[token(ranked[i])];
        }
        return sum;
    }

    private void keepRanked(int count) {
        float[] kept = new float[count];
        for (int i = 0; i < count; i++) {
            kept[i] = mass[token(ranked[i])];
        }
        Arrays.fill(mass, 0);
        for (int i = 0; i < count; i++) {
            mass[token(ranked[i])] = kept[i];
        }
    }

    private void keepAtLeast(double share) {
        for (int token = 0; token < vocabulary; token++) {
            if (mass[token] < share) {
                mass[token] = 0;
            }
        }
    }

    private int pick(double uniform) {
        double total = 0;
        for (float each : mass) {
            total += each;
        }
        double target = uniform * total;
        double below = 0;
        int last = 0;
        for (int token = 0; token < vocabulary; token++) {
            if (mass[token] > 0) {
                below += mass[token];
                last = token;
                if (below > target) {
                    return token;
                }
            }
        }
        return last; // the product was rounded up to the total
    }
}
