package dev.hone.torch.objective;

import dev.hone.learn.Clip;

/// PPO's clipped surrogate `min(rho A, clip(rho) A)` of a probability ratio `rho = e^x` and an advantage
/// `A`.
final class Surrogate {
    private Surrogate() {}

    static double value(double ratio, double advantage, Clip clip) {
        double held = Math.clamp(ratio, 1 - clip.low(), 1 + clip.high());
        return Math.min(ratio * advantage, held * advantage);
    }

    /// The derivative by `x`, the log-ratio; 0 where the clipped term is the smaller one.
    static double slope(double ratio, double advantage, Clip clip) {
        boolean isHeld = advantage > 0 ? ratio > 1 + clip.high() : ratio < 1 - clip.low();
        return isHeld ? 0 : ratio * advantage;
    }
}
