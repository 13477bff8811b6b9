package dev.hone.measure.subset;

/// A sample that a ranker has scored.
///
/// @param score higher is better, on any scale; not NaN
/// @param right whether it is, whatever the score says
public record Candidate(double score, boolean right) {

    public Candidate {
        if (Double.isNaN(score)) {
            throw new IllegalArgumentException(
                    "a score must be a number but was NaN; leave out what the ranker cannot score");
        }
    }
}
