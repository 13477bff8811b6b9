package dev.hone.measure;

/// How many samples of a problem are right.
///
/// @param right in `[0, samples]`
/// @param samples judged, at least 1
public record RightCount(int right, int samples) {

    public RightCount {
        if (samples < 1 || right < 0 || right > samples) {
            throw new IllegalArgumentException("right samples must be in [0, samples], and samples at least 1, but they"
                    + " were " + right + " of " + samples + "; leave out a problem without samples");
        }
    }

    /// In `[0, 1]`.
    public double share() {
        return (double) right / samples;
    }

    /// Whether any sample is right: averaged over problems, the coverage.
    public boolean isCovered() {
        return right > 0;
    }
}
