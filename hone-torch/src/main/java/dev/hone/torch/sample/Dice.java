package dev.hone.torch.sample;

import dev.hone.data.Warping;
import dev.hone.torch.file.Fault;
import dev.hone.torch.kernel.Vectors;
import org.jspecify.annotations.Nullable;

/// Draws tokens from logits, one row at a time: one uniform number a draw, inverted through the cumulative
/// mass in the order of the token ids.
///
/// One thread at a time.
final class Dice {
    /// Tokens whose mass is added up first; a draw looks for the stretch, then for the token in it.
    private static final int STRETCH = 256;

    private final float[] mass;
    private final double[] stretches;
    private final Vectors.Scratch scratch = new Vectors.Scratch(1024);
    private float[] logits = new float[0];
    private int at;
    private float peak;
    private double sum; // of the mass at temperature 1
    private double total; // of the mass at `temperature`
    private double temperature;
    private @Nullable WarpedDice warped; // made when it is needed

    Dice(int vocabulary) {
        mass = new float[vocabulary];
        stretches = new double[Math.ceilDiv(vocabulary, STRETCH)];
    }

    /// @param logits float32, from `at` on one a token; read until the next call
    /// @throws dev.hone.run.HoneException if they are not finite
    void load(float[] logits, int at) {
        this.logits = logits;
        this.at = at;
        peak = Vectors.max(logits, at, mass.length);
        weigh(1);
        sum = total;
        if (!(sum >= 1) || Double.isInfinite(sum)) {
            throw Fault.engine(
                    "the model gives logits that are not finite numbers",
                    "its weights are damaged or training diverged; use an earlier model or a lower learning rate");
        }
    }

    private void weigh(double newTemperature) {
        temperature = newTemperature;
        total = 0;
        float factor = WarpedDice.factor(newTemperature);
        Vectors.exponential(mass, 0, logits, at, mass.length, peak, factor, scratch);
        for (int stretch = 0; stretch < stretches.length; stretch++) {
            int from = stretch * STRETCH;
            stretches[stretch] = Vectors.sum(mass, from, Math.min(STRETCH, mass.length - from));
            total += stretches[stretch];
        }
    }

    /// @param newTemperature at least 0; 0 takes the likeliest token, ties to the lowest id
    /// @param uniform in `[0, 1)`
    int draw(double newTemperature, double uniform) {
        if (newTemperature == 0) {
            return likeliest();
        }
        if (newTemperature != temperature) {
            weigh(newTemperature);
        }
        double target = uniform * total;
        double below = 0;
        int stretch = 0;
        while (stretch < stretches.length - 1 && below + stretches[stretch] <= target) {
            below += stretches[stretch++];
        }
        int last = -1;
        for (int token = stretch * STRETCH; token < mass.length; token++) {
            below += mass[token];
            if (below > target) {
                return token;
            }
            if (mass[token] > 0) {
                last = token;
            }
        }
        return last < 0 ? likeliest() : last; // the product was rounded up to the total
    }

    /// Draws from what warping and mask leave of the loaded logits.
    ///
    /// @param allowed a bit for each token that may be drawn, at least one; empty if all may
    int draw(double newTemperature, Warping warping, WarpedDice.Past past, long[] allowed, double uniform) {
        if (allowed.length == 0 && warping.equals(Warping.NONE)) {
            return draw(newTemperature, uniform);
        }
        if (warped == null) {
            warped = new WarpedDice(mass.length);
        }
        return warped.draw(logits, at, newTemperature, warping, past, allowed, uniform);
    }

    private int likeliest() {
        for (int token = 0; token < mass.length; token++) {
            if (logits[at + token] == peak) {
                return token;
            }
        }
        throw new IllegalStateException("no logit equals the largest");
    }

    /// Nats at temperature 1.
    float logProb(int token) {
        return (float) Math.min(0, (double) logits[at + token] - peak - Math.log(sum));
    }
}
