package dev.hone.learn;

/// How long and how fast to learn.
///
/// @param length how many optimizer steps
/// @param batch examples in an optimizer step, at least 1
/// @param learningRate peak, above 0
/// @param schedule of the learning rate over the steps
/// @param adamW the optimizer's settings
/// @param maxGradientNorm gradients are scaled down to this norm, above 0; infinity leaves them alone
/// @param order in which the examples are seen
/// @param adaptation which weights change
/// @param stopping whether learning may end before its length
public record Training(
        Length length,
        int batch,
        double learningRate,
        Schedule schedule,
        AdamW adamW,
        double maxGradientNorm,
        Order order,
        Adaptation adaptation,
        Stopping stopping) {

    /// All weights, to the end.
    public Training(
            Length length,
            int batch,
            double learningRate,
            Schedule schedule,
            AdamW adamW,
            double maxGradientNorm,
            Order order) {
        this(
                length,
                batch,
                learningRate,
                schedule,
                adamW,
                maxGradientNorm,
                order,
                new Adaptation.Full(),
                new Stopping.AtTheEnd());
    }

    public Training {
        if (batch < 1) {
            throw new IllegalArgumentException("batch must be at least 1 but was " + batch);
        }
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("learningRate must be a finite number above 0 but was " + learningRate);
        }
        if (!(maxGradientNorm > 0)) {
            throw new IllegalArgumentException("maxGradientNorm must be above 0 but was " + maxGradientNorm);
        }
    }

    /// How many optimizer steps there are.
    public sealed interface Length {

        /// A fixed number; the examples are gone through again as often as it takes.
        record Steps(int count) implements Length {
            public Steps {
                if (count < 1) {
                    throw new IllegalArgumentException("steps must be at least 1 but was " + count);
                }
            }
        }

        /// So many passes over the examples; the last batch of a pass may be smaller.
        record Epochs(int count) implements Length {
            public Epochs {
                if (count < 1) {
                    throw new IllegalArgumentException("epochs must be at least 1 but was " + count);
                }
            }
        }

        /// Optimizer steps on so many examples.
        default int steps(int examples, int batch) {
            return switch (this) {
                case Steps(int count) -> count;
                case Epochs(int count) -> Math.multiplyExact(count, Math.ceilDiv(examples, batch));
            };
        }
    }

    /// @param warmup share of the steps in which the rate rises linearly from 0, in `[0, 1)`
    /// @param decay what it does after
    /// @param stretch which part of it this learning goes through
    public record Schedule(double warmup, Decay decay, Stretch stretch) {

        /// From its beginning to its end.
        public Schedule(double warmup, Decay decay) {
            this(warmup, decay, new Stretch.Whole());
        }

        public Schedule {
            if (!(warmup >= 0 && warmup < 1)) {
                throw new IllegalArgumentException("warmup must be in [0, 1) but was " + warmup);
            }
        }

        /// How the rate falls after the warm-up: not at all, or to 0 at the last step.
        public enum Decay {
            CONSTANT,
            LINEAR,
            COSINE
        }

        /// One schedule may span the learning of several rounds.
        public sealed interface Stretch {

            /// All of it in this learning.
            record Whole() implements Stretch {}

            /// The part after `done` of `all` steps.
            record Part(int done, int all) implements Stretch {
                public Part {
                    if (done < 0 || done >= all) {
                        throw new IllegalArgumentException("steps done must be in [0, " + all + ") but were " + done);
                    }
                }
            }
        }

        /// The factor on the peak rate at `step` of `steps` of this learning, counted from 0, as transformers'
        /// schedules have it.
        public double factor(int step, int steps) {
            return switch (stretch) {
                case Stretch.Whole() -> whole(step, steps);
                case Stretch.Part(int done, int all) -> whole(done + step, all);
            };
        }

        private double whole(int step, int steps) {
            int rising = (int) Math.ceil(warmup * steps);
            if (step < rising) {
                return (double) step / rising;
            }
            double gone = (double) (step - rising) / Math.max(1, steps - rising);
            return switch (decay) {
                case CONSTANT -> 1;
                case LINEAR -> Math.max(0, 1 - gone);
                case COSINE -> Math.max(0, 0.5 * (1 + StrictMath.cos(Math.PI * gone)));
            };
        }
    }

    /// Adam with decoupled weight decay (Loshchilov and Hutter 2019).
    ///
    /// @param weightDecay on every matrix; norms and biases included, as in PyTorch's defaults
    public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {

        /// PyTorch's defaults but for the decay, which TRL sets to 0.
        public static AdamW standard() {
            return new AdamW(0.9, 0.999, 1e-8, 0);
        }
    }

    /// In which order the examples are seen.
    public enum Order {
        /// Shuffled anew in each pass, by the step's seed.
        SHUFFLED,
        /// As they come: a curriculum.
        AS_GIVEN
    }

    /// The part of this learning's schedule that belongs to one of several rounds which share it.
    ///
    /// @param round from 1
    /// @throws IllegalArgumentException if the length of a round is not known before
    public Training inRound(int round, int rounds) {
        if (!(length instanceof Length.Steps(int count))) {
            throw new IllegalArgumentException(
                    "one schedule over all rounds needs the steps of a round but the length was " + length
                            + "; give a number of steps, or let each round have a schedule of its own");
        }
        var part = new Schedule.Stretch.Part((round - 1) * count, Math.multiplyExact(rounds, count));
        return new Training(
                length,
                batch,
                learningRate,
                new Schedule(schedule.warmup, schedule.decay, part),
                adamW,
                maxGradientNorm,
                order,
                adaptation,
                stopping);
    }

    public Training withLength(Length other) {
        return new Training(other, batch, learningRate, schedule, adamW, maxGradientNorm, order, adaptation, stopping);
    }

    public Training withLearningRate(double peak) {
        return new Training(length, batch, peak, schedule, adamW, maxGradientNorm, order, adaptation, stopping);
    }

    public Training withAdaptation(Adaptation other) {
        return new Training(length, batch, learningRate, schedule, adamW, maxGradientNorm, order, other, stopping);
    }

    public Training withStopping(Stopping other) {
        return new Training(length, batch, learningRate, schedule, adamW, maxGradientNorm, order, adaptation, other);
    }

    /// Whether learning may end before its length.
    public sealed interface Stopping {

        /// It does not.
        record AtTheEnd() implements Stopping {}

        /// It ends when the loss on examples that are not learned from has stopped falling, with the
        /// weights at which that loss was lowest. It is measured before the first step, after every `every`
        /// steps and after the last.
        ///
        /// @param last so many of the examples, from the end of the list, are held out; at least 1
        /// @param every steps between two measurements, at least 1
        /// @param patience how many measurements in a row may bring nothing better, at least 1
        record HeldOut(int last, int every, int patience) implements Stopping {
            public HeldOut {
                if (last < 1 || every < 1 || patience < 1) {
                    throw new IllegalArgumentException("last, every and patience must be at least 1 but were " + last
                            + ", " + every + ", " + patience);
                }
            }
        }
    }
}
