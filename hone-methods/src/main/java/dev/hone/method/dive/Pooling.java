package dev.hone.method.dive;

import java.util.ArrayList;
import java.util.List;

/// How many samples a question gets, and which rounds' samples its pairs are chosen from.
///
/// @param samples `K` of the first round, at least 1
public record Pooling(int samples, Growth growth, Scope scope) {

    /// How many samples a question gets in a later round.
    public enum Growth {
        /// `K` in every round.
        CONSTANT,
        /// `K t` in round t, as many as a global pool of `K` a round holds by then.
        GROWING
    }

    /// Which rounds' samples are in the pool.
    public enum Scope {
        /// Those of the round itself.
        ROUND,
        /// Those of all rounds so far.
        GLOBAL
    }

    public Pooling {
        if (samples < 1) {
            throw new IllegalArgumentException("samples must be at least 1 but was " + samples);
        }
    }

    /// @param round from 1
    int samples(int round) {
        return switch (growth) {
            case CONSTANT -> samples;
            case GROWING -> Math.multiplyExact(samples, round);
        };
    }

    /// @param pool of the round before
    List<Pooled> plus(List<Pooled> pool, List<Pooled> drawn) {
        return switch (scope) {
            case ROUND -> drawn;
            case GLOBAL -> {
                List<Pooled> all = new ArrayList<>(pool);
                all.addAll(drawn);
                yield List.copyOf(all);
            }
        };
    }
}
