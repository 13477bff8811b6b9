package dev.hone.data;

/// A sample with one judge's verdict.
///
/// @param judge the judge's name, kept in the record
public record Judged(Sample sample, String judge, Verdict verdict) {

    /// Whether the verdict is a full mark.
    public boolean isRight() {
        return verdict instanceof Verdict.Scored(double value, String _) && value == 1;
    }
}
