package dev.hone.data;

import java.util.ArrayList;
import java.util.List;

/// Two ways to go on, of which one is better: whole answers, or steps after a shared beginning.
///
/// @param id names where it comes from
/// @param prefix a beginning of the completion that both sides share; may be empty. It tells nothing
///     between them, so all of it must be [Segment.Loss#MASKED]
public record Preference(String id, List<Message> prompt, List<Segment> prefix, Side chosen, Side rejected) {

    /// How one side goes on.
    ///
    /// @param completion at least one segment
    /// @param ending whether the end token follows and counts
    public record Side(List<Segment> completion, Demonstration.Ending ending) {
        public Side {
            completion = List.copyOf(completion);
        }

        /// A written answer that ends.
        public static Side of(String completion) {
            return new Side(List.of(new Segment.Written(completion, Segment.Loss.COUNTED)), Demonstration.Ending.ENDS);
        }
    }

    public Preference {
        prompt = List.copyOf(prompt);
        prefix = List.copyOf(prefix);
        if (chosen.completion.isEmpty() || rejected.completion.isEmpty()) {
            throw new IllegalArgumentException("preference \"" + id + "\" has a side without a completion");
        }
        if (prefix.stream().anyMatch(segment -> segment.loss() == Segment.Loss.COUNTED)) {
            throw new IllegalArgumentException("preference \"" + id
                    + "\" counts its shared prefix in the loss; mark its segments MASKED, or move them to both sides");
        }
    }

    /// A pair of written answers that both end.
    public static Preference of(String id, List<Message> prompt, String chosen, String rejected) {
        return new Preference(id, prompt, List.of(), Side.of(chosen), Side.of(rejected));
    }

    /// A pair of samples of one problem, as they were drawn, under its plain prompt.
    ///
    /// @throws IllegalArgumentException if they are of two problems
    public static Preference of(Sample chosen, Sample rejected) {
        if (!chosen.problem().id().equals(rejected.problem().id())) {
            throw new IllegalArgumentException(
                    "samples of \"" + chosen.problem().id() + "\" and \""
                            + rejected.problem().id() + "\" are no pair; both must be of one problem");
        }
        Demonstration better = Demonstration.of(chosen);
        Demonstration worse = Demonstration.of(rejected);
        return new Preference(
                chosen.id() + " > " + rejected.id(),
                better.prompt(),
                List.of(),
                new Side(better.completion(), better.ending()),
                new Side(worse.completion(), worse.ending()));
    }

    /// The better way to go on, after the shared prefix.
    public Demonstration better() {
        return whole("chosen of ", chosen);
    }

    /// The worse way to go on, after the shared prefix.
    public Demonstration worse() {
        return whole("rejected of ", rejected);
    }

    private Demonstration whole(String name, Side side) {
        List<Segment> segments = new ArrayList<>(prefix);
        segments.addAll(side.completion);
        return new Demonstration(name + id, prompt, segments, side.ending, 1);
    }
}
