package dev.hone.torch.learn;

/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), on plain arrays: the same sums in the same order on
/// every machine, and a state that is simply written to a file.
///
/// @param epsilon added to the root of the second moment, after bias correction, as in PyTorch
public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {

    /// One step, in place, of the numbers from `from` to before `to`.
    ///
    /// @param step counted from 1
    /// @param scale on the gradient, for clipping
    void apply(
            float[] weights,
            float[] gradient,
            float[] first,
            float[] second,
            long step,
            double learningRate,
            double scale,
            int from,
            int to) {
        float keep = (float) (1 - learningRate * weightDecay);
        float decay1 = (float) beta1;
        float decay2 = (float) beta2;
        float gain1 = (float) (1 - beta1);
        float gain2 = (float) (1 - beta2);
        float rate = (float) (learningRate / (1 - StrictMath.pow(beta1, (double) step)));
        float root = (float) Math.sqrt(1 - StrictMath.pow(beta2, (double) step));
        float small = (float) epsilon;
        float factor = (float) scale;
        for (int i = from; i < to; i++) {
            float g = gradient[i] * factor;
            float m = first[i] * decay1 + g * gain1;
            float v = second[i] * decay2 + g * g * gain2;
            first[i] = m;
            second[i] = v;
            weights[i] = weights[i] * keep - rate * m / ((float) Math.sqrt(v) / root + small);
        }
    }
}
