package dev.hone.method.sharpening;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Sample;
import java.util.List;
import java.util.OptionalInt;

/// When a problem has enough samples.
public sealed interface Enough {

    /// As many as were asked for at once, `N` of every problem.
    record AtOnce() implements Enough {}

    /// As soon as `1 / max_{j <= k} pi_base(y_j | x) <= k / mu` with `mu = ln(2 / delta)` (card sharpening,
    /// "Adaptive SFT-Sharpening"): the likeliest sample so far is so probable that `k` draws would hardly
    /// have missed a likelier one. Of use only where the best sequence has a probability of about `mu /
    /// most` or more.
    ///
    /// @param delta how often it may be wrong, in `(0, 1)`
    /// @param most samples of a problem, at least 1
    record Adaptive(double delta, int most) implements Enough {
        public Adaptive {
            if (!(delta > 0 && delta < 1)) {
                throw new IllegalArgumentException("delta must be in (0, 1) but was " + delta);
            }
            if (most < 1) {
                throw new IllegalArgumentException("most must be at least 1 but was " + most);
            }
        }
    }

    /// How many of these samples, in the order of drawing, are enough.
    ///
    /// @param drawn so far of one problem, from the base model, at least one
    /// @return empty if more are needed
    default OptionalInt of(List<Sample> drawn) {
        return switch (this) {
            case AtOnce() -> OptionalInt.of(drawn.size());
            case Adaptive(double delta, int most) -> {
                double mu = Math.log(2 / delta);
                double best = Double.NEGATIVE_INFINITY; // nats
                for (int k = 1; k <= Math.min(most, drawn.size()); k++) {
                    best = Math.max(best, logProb(drawn.get(k - 1)));
                    if (-best <= Math.log(k / mu)) {
                        yield OptionalInt.of(k);
                    }
                }
                yield drawn.size() < most ? OptionalInt.empty() : OptionalInt.of(most);
            }
        };
    }

    /// Of the whole sequence; what did not end is none.
    private static double logProb(Sample sample) {
        return sample.finish() instanceof Finish.Stopped && sample.tokens().count(Author.MODEL) > 0
                ? sample.tokens().drawnLogProb()
                : Double.NEGATIVE_INFINITY;
    }
}
