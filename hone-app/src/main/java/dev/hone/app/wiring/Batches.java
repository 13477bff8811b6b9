package dev.hone.app.wiring;

/// How much is drawn between two commits.
final class Batches {
    /// Sequences of a commit for each that is in flight: fewer would leave the engine half empty at the end of each
    /// commit, more would lose more to a power cut.
    private static final int TURNS = 8;

    private Batches() {}

    /// @param flight sequences drawn at once
    /// @param samples of a prompt
    static int prompts(int flight, int samples) {
        return Math.max(1, Math.ceilDiv(TURNS * flight, samples));
    }
}
