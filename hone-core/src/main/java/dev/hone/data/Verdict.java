package dev.hone.data;

/// What a judge says of one sample.
public sealed interface Verdict {

    /// The reason, for a reader.
    String because();

    /// A judgement.
    ///
    /// @param value goodness in `[0, 1]`; 1 is best
    /// @param because the reason, for a reader
    record Scored(double value, String because) implements Verdict {
        public Scored {
            if (!(value >= 0 && value <= 1)) { // written so that NaN fails too
                throw new IllegalArgumentException(
                        "score must be in [0, 1] but was " + value + "; rescale it inside the judge");
            }
        }
    }

    /// The answer was unreadable, the judge refused, or the sample was cut short.
    record Unjudged(String because) implements Verdict {}

    /// A full mark.
    static Verdict right(String because) {
        return new Scored(1, because);
    }

    /// No mark.
    static Verdict wrong(String because) {
        return new Scored(0, because);
    }
}
