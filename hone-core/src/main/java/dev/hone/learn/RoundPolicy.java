package dev.hone.learn;

import dev.hone.data.Model;
import java.util.List;

/// What a method of the STaR family does at a round's border; half of the papers differ in nothing else
/// (card star-family-bstar, table of the loop variants).
///
/// @param from which weights a round's learning starts from
/// @param optimizer whether the optimizer's moments carry over; only with [From#PREVIOUS]
/// @param window which rounds' examples are learned from
/// @param schedule how far the schedule of the learning rate reaches
public record RoundPolicy(From from, Start.OptimizerState optimizer, Window window, Schedule schedule) {

    /// A schedule of its own for each round.
    public RoundPolicy(From from, Start.OptimizerState optimizer, Window window) {
        this(from, optimizer, window, Schedule.EACH_ROUND);
    }

    /// How far the schedule of the learning rate reaches.
    public enum Schedule {
        /// It begins anew with every round.
        EACH_ROUND,
        /// One for all of them; a round's length is then a number of steps.
        ALL_ROUNDS
    }

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

    /// Where a round starts. There is nothing to carry over from the base model, which is also the previous one as
    /// long as no round has found anything to learn from.
    public Start start(Model base, Model previous) {
        return switch (from) {
            case BASE -> Start.fresh(base);
            case PREVIOUS ->
                new Start(previous, previous.equals(base) ? Start.OptimizerState.FRESH : optimizer, previous);
        };
    }

    /// What a round's learning is to be like.
    ///
    /// @param round from 1
    /// @throws IllegalArgumentException if one schedule is to span rounds whose length is not known before
    public Training training(Training each, int round, int rounds) {
        return switch (schedule) {
            case EACH_ROUND -> each;
            case ALL_ROUNDS -> each.inRound(round, rounds);
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
