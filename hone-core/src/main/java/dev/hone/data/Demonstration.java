package dev.hone.data;

import java.util.List;

/// A prompt with a completion to imitate.
///
/// @param id names where it comes from: a sample, a line of a file
/// @param completion at least one segment; the prompt itself never counts in the loss
/// @param ending whether the end token belongs to the completion; a [Segment.Drawn] that holds it already is
///     left as is
/// @param weight of each of its tokens in the loss, above 0
public record Demonstration(String id, List<Message> prompt, List<Segment> completion, Ending ending, double weight) {

    /// Whether a completion is whole.
    public enum Ending {
        /// The end token follows and counts in the loss.
        ENDS,
        /// The text goes on; nothing is said of where it stops.
        OPEN
    }

    public Demonstration {
        prompt = List.copyOf(prompt);
        completion = List.copyOf(completion);
        if (completion.isEmpty()) {
            throw new IllegalArgumentException("demonstration \"" + id + "\" has no completion");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                    "weight must be a finite number above 0 but was " + weight + "; leave the example out instead");
        }
    }

    /// A written completion that ends, of weight 1.
    public static Demonstration of(String id, List<Message> prompt, String completion) {
        return new Demonstration(
                id, prompt, List.of(new Segment.Written(completion, Segment.Loss.COUNTED)), Ending.ENDS, 1);
    }

    /// A sample to be imitated as it was drawn, under the plain prompt of its problem (never under a hint).
    public static Demonstration of(Sample sample) {
        return under(sample.problem().prompt(), sample);
    }

    /// A sample as it was drawn, under what the model saw, hints included: to be scored, hardly to be imitated.
    public static Demonstration asSeen(Sample sample) {
        return under(sample.seen(), sample);
    }

    private static Demonstration under(List<Message> prompt, Sample sample) {
        return new Demonstration(
                sample.id(),
                prompt,
                List.of(new Segment.Drawn(sample.tokens(), Segment.Loss.COUNTED)),
                sample.finish() instanceof Finish.Stopped ? Ending.ENDS : Ending.OPEN,
                1);
    }

    /// @param other above 0
    public Demonstration withWeight(double other) {
        return new Demonstration(id, prompt, completion, ending, other);
    }
}
