package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import dev.hone.torch.model.Rope;

/// Rotary positions of a GGUF file: plain, or Llama 3.1's, which the file holds as divisors of each pair's frequency.
///
/// @param headSize width of a head
record GgufRope(GgufFile file, String architecture, int headSize) {
    private static final String DIVISORS = "rope_freqs.weight";
    private static final double LOW = 1; // in every Llama 3.1, 3.2 and 3.3
    private static final double HIGH = 4;
    private static final int SMALLEST_ORIGINAL = 1 << 5;
    private static final int LARGEST_ORIGINAL = 1 << 20;
    private static final double CLOSE = 1e-4;

    Rope read() {
        double theta = file.metadata().real(architecture + ".rope.freq_base", 10000);
        refuseScaling();
        GgufTensor tensor = file.tensors().get(DIVISORS);
        return tensor == null ? new Rope.Plain(theta) : divided(theta, tensor);
    }

    private void refuseScaling() {
        String type =
                file.metadata().anyText(architecture + ".rope.scaling.type").orElse("none");
        double factor = file.metadata().real(architecture + ".rope.scaling.factor", 1);
        boolean none = type.equals("none") || (type.equals("linear") && factor == 1);
        if (!none || file.metadata().real(architecture + ".rope.scale_linear", 1) != 1) {
            throw Fault.data(
                    file.path() + ": rope scaling \"" + type + "\" by " + factor
                            + " is not supported; supported are none and Llama 3.1's (" + DIVISORS + ")",
                    "choose a model with one of these");
        }
    }

    /// The numbers behind the divisors: `factor` is the largest, and of the usual original contexts one must give them.
    private Rope divided(double theta, GgufTensor tensor) {
        float[] divisors = tensor.values();
        double factor = 1;
        for (float each : divisors) {
            factor = Math.max(factor, each);
        }
        if (divisors.length == headSize / 2) {
            if (agrees(new Rope.Plain(theta), divisors)) {
                return new Rope.Plain(theta);
            }
            for (int original = SMALLEST_ORIGINAL; original <= LARGEST_ORIGINAL; original *= 2) {
                var rope = new Rope.Llama3(theta, factor, LOW, HIGH, original);
                if (agrees(rope, divisors)) {
                    return rope;
                }
            }
        }
        throw Fault.data(
                file.path() + ": the " + divisors.length + " divisors of " + DIVISORS
                        + " are not Llama 3.1's for any original context from " + SMALLEST_ORIGINAL + " to "
                        + LARGEST_ORIGINAL + " tokens",
                "choose a model with plain positions or Llama 3.1's");
    }

    private boolean agrees(Rope rope, float[] divisors) {
        float[] plain = new Rope.Plain(rope.theta()).inverseFrequencies(headSize);
        float[] scaled = rope.inverseFrequencies(headSize);
        for (int i = 0; i < divisors.length; i++) {
            double expected = plain[i] / scaled[i];
            if (!(Math.abs(divisors[i] - expected) <= CLOSE * expected)) { // NaN disagrees
                return false;
            }
        }
        return true;
    }
}
