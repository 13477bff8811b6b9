package dev.hone.torch.kernel;

/// Uniform numbers by seed and place: the `n`-th needs none of those before it (SplitMix64, Steele et al. 2014).
public final class CounterRandom {
    private CounterRandom() {}

    /// The `n`-th number of a seed, in `[0, 1)`, 53 bits.
    public static double uniform(long seed, long n) {
        return (mix(seed + (n + 1) * 0x9e3779b97f4a7c15L) >>> 11) * 0x1p-53;
    }

    private static long mix(long bits) {
        bits = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        bits = (bits ^ (bits >>> 27)) * 0x94d049bb133111ebL;
        return bits ^ (bits >>> 31);
    }
}
