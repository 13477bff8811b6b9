package dev.hone.torch;

import java.util.Arrays;

/// Draws tokens from the logits of a batch: one uniform number a token and the inverse of the distribution function, in
/// double precision over float32 probabilities. Every row by itself, as in [Lanes].
final class Dice {
    private final float[][] mass; // [token][row], unnormalised, at the row's temperature
    private final float[] peak;
    private final float[] factor;
    private final float[] one;
    private final boolean[] greedy;
    private final double[] sum; // of the mass at temperature 1
    private final float[] scratch;
    private final Lanes.Scratch lanes;
    private float[][] logits = new float[0][];

    Dice(int vocabulary, int width) {
        mass = new float[vocabulary][width];
        peak = new float[width];
        factor = new float[width];
        one = new float[width];
        Arrays.fill(one, 1f);
        Arrays.fill(factor, 1f);
        greedy = new boolean[width];
        sum = new double[width];
        scratch = new float[width];
        lanes = new Lanes.Scratch(width);
    }

    /// @param temperature at least 0; 0 is greedy
    void temperature(int row, double temperature) {
        greedy[row] = temperature == 0;
        factor[row] = temperature == 0 ? 1f : (float) (1 / temperature);
    }

    /// @param logits `[token][row]`, float32; read until the next call
    void load(float[][] logits) {
        this.logits = logits;
        Arrays.fill(peak, Float.NEGATIVE_INFINITY);
        for (float[] token : logits) {
            Lanes.max(peak, token);
        }
        Arrays.fill(sum, 0);
        boolean plain = allPlain();
        for (int v = 0; v < logits.length; v++) {
            float[] to = plain ? mass[v] : scratch;
            Lanes.exponential(to, logits[v], peak, one, one, lanes);
            for (int r = 0; r < sum.length; r++) {
                sum[r] += to[r];
            }
            if (!plain) {
                Lanes.exponential(mass[v], logits[v], peak, factor, one, lanes);
            }
        }
    }

    private boolean allPlain() {
        for (float each : factor) {
            if (each != 1f) {
                return false;
            }
        }
        return true;
    }

    /// @param uniform in `[0, 1)`
    int draw(int row, double uniform) {
        if (!(sum[row] >= 1) || Double.isInfinite(sum[row])) {
            throw Fault.engine(
                    "the model gives logits that are not finite numbers",
                    "its weights are damaged or training diverged; use an earlier model or a lower learning rate");
        }
        if (greedy[row]) {
            return likeliest(row);
        }
        double total = 0;
        for (float[] token : mass) {
            total += token[row];
        }
        double target = uniform * total;
        double below = 0;
        int last = 0;
        for (int v = 0; v < mass.length; v++) {
            float here = mass[v][row];
            below += here;
            if (below > target) {
                return v;
            }
            if (here > 0) {
                last = v;
            }
        }
        return last; // the product was rounded up to the total
    }

    private int likeliest(int row) {
        for (int v = 0; v < logits.length; v++) {
            if (logits[v][row] == peak[row]) {
                return v;
            }
        }
        throw new IllegalStateException("no logit equals the largest");
    }

    /// Nats at temperature 1.
    float logProb(int row, int token) {
        return (float) ((double) logits[token][row] - peak[row] - Math.log(sum[row]));
    }
}
