package dev.hone.method.gsi;

/// How often a problem is asked in a round.
///
/// **Paper** card gsi, "Hyperparameters and defaults".
///
/// @param samples of every problem without a hint, `k`, at least 1
/// @param wanted right samples, `c`, at least 0: a problem with fewer is asked once more in each
///     further pass
/// @param passes at most, `m`, at least 0
public record Budget(int samples, int wanted, int passes) {

    public Budget {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
        if (wanted < 0 || passes < 0) {
            throw new IllegalArgumentException(
                    "wanted and passes must be at least 0 but were " + wanted + " and " + passes);
        }
    }

    /// The released code's: 8, 4, 8.
    public static Budget asInPaper() {
        return new Budget(8, 4, 8);
    }

    /// The baseline without a second phase: 8, 0, 0.
    public static Budget vanilla() {
        return new Budget(8, 0, 0);
    }

    /// The baseline that asks hard problems over and over; for [Guidance.None]: 8, 4, 128.
    public static Budget bruteForce() {
        return new Budget(8, 4, 128);
    }
}
