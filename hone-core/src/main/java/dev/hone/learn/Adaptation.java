package dev.hone.learn;

import java.util.EnumSet;
import java.util.Set;

/// Which weights change.
public sealed interface Adaptation {

    /// All of them.
    record Full() implements Adaptation {}

    /// Low-rank adaptation (Hu et al. 2021; objectives card, §10): `y = W x + scale B A dropout(x)` for the
    /// targeted matrices, all else frozen. `A` starts uniform in `±1 / sqrt(inputs)`, `B` at 0, so that
    /// learning starts at the base exactly. Its learning rate is about ten times that of full tuning.
    ///
    /// @param rank `r`, at least 1
    /// @param alpha above 0
    /// @param dropout in `[0, 1)`, while learning only
    /// @param targets which matrices of every layer, at least one
    record Lora(int rank, double alpha, double dropout, Set<Target> targets, Scaling scaling) implements Adaptation {
        public Lora {
            Ranges.require(rank >= 1, "rank", "at least 1", rank);
            Ranges.positive("alpha", alpha);
            Ranges.require(dropout >= 0 && dropout < 1, "dropout", "in [0, 1)", dropout);
            if (targets.isEmpty()) {
                throw new IllegalArgumentException(
                        "an adapter needs at least one target matrix; PEFT's own choice is " + "QUERY and VALUE");
            }
            targets = Set.copyOf(targets);
        }

        /// Every matrix of a layer, no dropout, `alpha / r`.
        public static Lora of(int rank, double alpha) {
            return new Lora(rank, alpha, 0, EnumSet.allOf(Target.class), Scaling.RANK);
        }

        /// The factor on `B A`.
        public double scale() {
            return switch (scaling) {
                case RANK -> alpha / rank;
                case ROOT_OF_RANK -> alpha / Math.sqrt(rank);
            };
        }

        /// Targets in the order of the enum, so that equal settings read alike.
        @Override
        public String toString() {
            return "Lora[rank=" + rank + ", alpha=" + alpha + ", dropout=" + dropout + ", targets="
                    + EnumSet.copyOf(targets) + ", scaling=" + scaling + "]";
        }
    }

    /// A matrix of a decoder's layer.
    enum Target {
        QUERY,
        KEY,
        VALUE,
        OUTPUT,
        GATE,
        UP,
        DOWN
    }

    /// How an adapter is scaled.
    enum Scaling {
        /// `alpha / r`.
        RANK,
        /// `alpha / sqrt(r)`: rsLoRA.
        ROOT_OF_RANK
    }
}
