package dev.hone.data;

import java.util.List;
import java.util.OptionalDouble;

/// What a judge says of one sample.
public sealed interface Verdict {

    /// The reason, for a reader.
    String because();

    /// By which samples of one problem are ranked, higher is better: the score, the reward, or the probability of the
    /// least likely step; empty if unjudged.
    default OptionalDouble rank() {
        return switch (this) {
            case Scored(double value, String _) -> OptionalDouble.of(value);
            case Rewarded(double logit, String _) -> OptionalDouble.of(logit);
            case Stepwise steps -> OptionalDouble.of(steps.lowest());
            case Unjudged _ -> OptionalDouble.empty();
        };
    }

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

    /// A reward model's raw output: comparable within the group of one problem, on no scale.
    ///
    /// @param logit finite, higher is better
    /// @param because the reason, for a reader
    record Rewarded(double logit, String because) implements Verdict {
        public Rewarded {
            if (!Double.isFinite(logit)) {
                throw new IllegalArgumentException(
                        "a reward must be finite but was " + logit + "; a judge that cannot tell says Unjudged");
            }
        }
    }

    /// A judgement of every step.
    ///
    /// @param steps probability of each step to be right, in `[0, 1]`, at least one step
    /// @param because the reason, for a reader
    record Stepwise(List<Double> steps, String because) implements Verdict {
        public Stepwise {
            steps = List.copyOf(steps);
            if (steps.isEmpty() || !steps.stream().allMatch(step -> step >= 0 && step <= 1)) {
                throw new IllegalArgumentException("steps must be at least one, each in [0, 1], but were " + steps);
            }
        }

        /// The probability of the step that is least likely to be right: as good as its weakest step.
        public double lowest() {
            return steps.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
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
