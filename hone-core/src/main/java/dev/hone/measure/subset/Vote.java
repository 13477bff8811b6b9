package dev.hone.measure.subset;

/// What a sample says in a vote over answers.
public sealed interface Vote {

    /// A sample with an answer.
    ///
    /// @param answer in a form that equal answers share, such as `0.5` for `1/2` and `.50`
    /// @param right whether it is; equal answers are all right or all wrong
    /// @param weight such as the probability that a verifier gives; finite, at least 0; counts where the vote is
    ///     weighted, where 0 is as good as no vote
    record Cast(String answer, boolean right, double weight) implements Vote {
        public Cast {
            if (!(weight >= 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("a vote's weight must be finite and at least 0 but was " + weight
                        + "; turn log-probabilities and logits into probabilities first");
            }
        }
    }

    /// A sample without an answer: cut short, failed, or nothing in it can be read as one.
    record Withheld() implements Vote {}

    /// A vote that counts as much as any other.
    static Vote cast(String answer, boolean right) {
        return new Cast(answer, right, 1);
    }

    static Vote withheld() {
        return new Withheld();
    }
}
