package dev.hone.method.dive;

/// Which samples of a question's pool become pairs.
public sealed interface Selection {

    /// Any, in an order drawn by the seed, a text as often as it was drawn: what the released code does.
    /// What the model writes most is paired most.
    record AsDrawn() implements Selection {}

    /// Any of different wording, in an order drawn by the seed.
    record Shuffled() implements Selection {}

    /// Outliers are left out, then those are picked that are most different together.
    ///
    /// @param measure of the difference
    /// @param contamination share of a side that is taken for outliers, in `[0, 0.5]`; 0 leaves nothing out
    record Diverse(Measure measure, double contamination) implements Selection {
        public Diverse {
            if (!(contamination >= 0 && contamination <= 0.5)) {
                throw new IllegalArgumentException("contamination must be in [0, 0.5] but was " + contamination
                        + "; 0.1 takes a tenth for outliers, 0 nothing");
            }
        }

        /// Embeddings, a tenth for outliers; the paper gives no share.
        public static Diverse standard() {
            return new Diverse(Measure.EMBEDDING, 0.1);
        }
    }

    /// How different picked texts are.
    enum Measure {
        /// One less the mean cosine of their embeddings.
        EMBEDDING,
        /// The mean share of different n-grams of words, n from 1 to 5.
        DISTINCT_N,
        /// The sum of both, each less its mean over the candidates and over its deviation.
        BOTH
    }
}
