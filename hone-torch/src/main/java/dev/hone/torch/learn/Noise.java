package dev.hone.torch.learn;

import dev.hone.run.Seed;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.kernel.CounterRandom;
import org.bytedeco.pytorch.Tensor;

/// Dropout whose mask follows from a seed and a place, so that it is the same in whatever thread and
/// however often it is computed.
///
/// @param share of the values that become 0, in `[0, 1)`; the others are scaled up to the same mean
/// @param seed of one piece of one optimizer step
public record Noise(double share, long seed) {

    public static Noise none() {
        return new Noise(0, 0);
    }

    /// The same in another piece of work.
    Noise at(long piece) {
        return new Noise(share, new Seed(seed).derive(piece).value());
    }

    /// `x` with some of its values dropped.
    ///
    /// @param transfer to where it lies
    /// @param place names where in the decoder this is
    Tensor drop(Transfer transfer, Tensor x, String place) {
        if (share == 0) {
            return x;
        }
        long here = new Seed(seed).derive(place).value();
        float kept = (float) (1 / (1 - share));
        float[] mask = new float[Math.toIntExact(x.numel())];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = CounterRandom.uniform(here, i) < share ? 0 : kept;
        }
        return x.mul(transfer.put(mask, x.shape()));
    }
}
