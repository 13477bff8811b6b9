package dev.hone.learn;

import dev.hone.data.Model;
import java.util.List;

/// What a method of the STaR family does at a round's border; half of the papers differ in nothing else
/// (card star-family-bstar, table of the loop variants).
///
/// @param from which weights a round's learning starts from
/// @param optimizer whether the optimizer's moments carry over; only with [From#PREVIOUS]
/// @param window which rounds' examples are learned from
public record RoundPolicy(From from, Start.OptimizerState optimizer, Window window) {

    /// Which weights learning starts from.
    public enum From {
        BASE,
        PREVIOUS
    }

    /// Which rounds' examples are learned from.
    public sealed interface Window {
        /// All rounds' so far.
        record All() implements Window {}

        /// The last so many rounds'.
        record Last(int rounds) implements Window {
            public Last {
                if (rounds < 1) {
                    throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
                }
            }
        }
    }

    public RoundPolicy {
        if (from == From.BASE && optimizer == Start.OptimizerState.CARRIED) {
            throw new IllegalArgumentException(
                    "optimizer state cannot carry over when every round starts from the base; start from PREVIOUS");
        }
    }

    /// Where a round starts.
    ///
    /// @param round from 1
    public Start start(Model base, Model previous, int round) {
        return switch (from) {
            case BASE -> Start.fresh(base);
            case PREVIOUS -> new Start(previous, round == 1 ? Start.OptimizerState.FRESH : optimizer, previous);
        };
    }

    /// The part of `rounds` (one element a round, the latest last) that is learned from.
    public <T> List<T> within(List<T> rounds) {
        return switch (window) {
            case Window.All() -> List.copyOf(rounds);
            case Window.Last(int count) ->
                List.copyOf(rounds.subList(Math.max(0, rounds.size() - count), rounds.size()));
        };
    }
}
