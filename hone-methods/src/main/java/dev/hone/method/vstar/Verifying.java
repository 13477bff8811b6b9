package dev.hone.method.vstar;

import dev.hone.learn.Objective;
import dev.hone.learn.Training;
import java.util.Set;

/// How verifiers are learned.
///
/// @param dpo the objective; the paper's `beta` is in a figure only, 0.1 is taken
/// @param pairs of a problem at most, 16 on the card
/// @param training of a verifier; its learning rate should be a tenth of the generator's
/// @param when one is learned
/// @param controls verifiers that are learned beside it
public record Verifying(Objective.Dpo dpo, int pairs, Training training, When when, Set<Control> controls) {

    /// When a verifier is learned.
    public enum When {
        /// After the last round, from all rounds' samples, as in the paper.
        ONCE,
        /// After each round, from all samples until then; the paper found little difference.
        EACH_ROUND
    }

    /// A verifier to compare with, which chooses among the same samples.
    public enum Control {
        /// From the same pairs with the worse answer preferred: it has to choose worse than chance.
        SWAPPED,
        /// From the worked answers' and the first round's pairs only.
        FIRST_ROUND,
        /// A classifier of all labelled answers, as in Cobbe et al. 2021: the paper's ORM. It learns at the
        /// generator's rate.
        OUTCOME
    }

    public Verifying {
        new Pairs(pairs);
        controls = Set.copyOf(controls);
    }
}
