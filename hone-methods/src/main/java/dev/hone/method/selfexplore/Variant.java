package dev.hone.method.selfexplore;

import dev.hone.data.Demonstration.Ending;

/// What the last stage learns from: the paper's step-level pairs, one of its baselines, or pairs with one
/// thing changed that should make them worse (card self-explore, "What to reproduce at small scale").
///
/// @param pairs that are learned from
/// @param pit the step that is rejected
/// @param rejected how much of the wrong solution
/// @param chosen what goes on instead
/// @param rejectedEnding whether the end token follows the rejected side
public record Variant(Pairs pairs, Pit pit, Rejected rejected, Chosen chosen, Ending rejectedEnding) {

    /// Which pairs.
    public enum Pairs {
        /// Single steps: Self-Explore.
        STEPS,
        /// Whole solutions: outcome DPO. The other parts of a variant mean nothing then, but for the
        /// ending.
        OUTCOMES,
        /// None: RFT.
        NONE
    }

    /// Which step.
    public enum Pit {
        /// The first after which the model does not reach the answer.
        FIRST,
        /// Any up to that one, as likely: the same exploration, but no sign of where it went wrong.
        RANDOM
    }

    /// How much is rejected.
    public enum Rejected {
        STEP,
        /// That step and all that follows it.
        REST
    }

    /// What is chosen after the steps before the pit.
    public enum Chosen {
        /// What the model itself went on with from there and reached the answer.
        EXPLORED,
        /// The whole right solution, which those steps are no beginning of.
        ORIGINAL
    }

    public static Variant asInPaper() {
        return new Variant(Pairs.STEPS, Pit.FIRST, Rejected.STEP, Chosen.EXPLORED, Ending.OPEN);
    }

    public Variant with(Pairs other) {
        return new Variant(other, pit, rejected, chosen, rejectedEnding);
    }

    public Variant with(Pit other) {
        return new Variant(pairs, other, rejected, chosen, rejectedEnding);
    }

    public Variant with(Rejected other) {
        return new Variant(pairs, pit, other, chosen, rejectedEnding);
    }

    public Variant with(Chosen other) {
        return new Variant(pairs, pit, rejected, other, rejectedEnding);
    }

    public Variant with(Ending other) {
        return new Variant(pairs, pit, rejected, chosen, other);
    }
}
