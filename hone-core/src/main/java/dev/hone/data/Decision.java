package dev.hone.data;

/// What a selector made of one judged sample, and why. Dropped samples stay in the record.
public record Decision(Judged judged, Fate fate, String because) {

    /// Whether a sample is learned from.
    public enum Fate {
        KEPT,
        DROPPED
    }

    public boolean isKept() {
        return fate == Fate.KEPT;
    }
}
