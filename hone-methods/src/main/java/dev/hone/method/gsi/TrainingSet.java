package dev.hone.method.gsi;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.learn.RoundPolicy;
import dev.hone.task.Gold;
import java.util.List;

/// What is learned of the samples that were kept.
///
/// **Paper** card gsi, step 2d and "Pitfalls".
///
/// @param window which rounds' samples
/// @param beginning whether the part of a worked answer that a completion begins with counts in the loss
/// @param prompt that the samples are learned under
/// @param original whether worked answers are learned beside them
public record TrainingSet(RoundPolicy.Window window, Segment.Loss beginning, Under prompt, Original original) {

    /// The prompt of an example.
    public enum Under {
        /// The problem's own: the hint is gone.
        PLAIN,
        /// What the model saw, hints too. An ablation that must lose: the exam gives no hints.
        AS_SEEN
    }

    /// The data that people wrote.
    public sealed interface Original {
        record LeftOut() implements Original {}

        /// The worked answers of the round's problems.
        record Added(Gold solutions) implements Original {}
    }

    /// The round's own samples, without hints, beginnings included, and nothing else.
    public static TrainingSet asInPaper() {
        return new TrainingSet(
                new RoundPolicy.Window.Last(1), Segment.Loss.COUNTED, Under.PLAIN, new Original.LeftOut());
    }

    /// As it was drawn, to the token.
    Demonstration demonstration(Sample sample) {
        Demonstration drawn = switch (prompt) {
            case PLAIN -> Demonstration.of(sample);
            case AS_SEEN -> Demonstration.asSeen(sample);
        };
        boolean isBegun = sample.origin() instanceof Origin.Begun;
        if (!isBegun || beginning == Segment.Loss.COUNTED) {
            return drawn;
        }
        List<Segment> parts = List.of(
                new Segment.Drawn(sample.tokens().of(Author.FORCED), Segment.Loss.MASKED),
                new Segment.Drawn(sample.tokens().of(Author.MODEL), Segment.Loss.COUNTED));
        return new Demonstration(drawn.id(), drawn.prompt(), parts, drawn.ending(), drawn.weight());
    }

    /// The worked answers to learn beside a round's samples.
    Demonstrations original(List<Problem> problems) {
        return switch (original) {
            case Original.LeftOut() -> new Demonstrations(List.of());
            case Original.Added(Gold solutions) ->
                new Demonstrations(problems.stream()
                        .flatMap(problem -> solutions.of(problem).stream()
                                .map(solution -> Demonstration.of("gold/" + problem.id(), problem.prompt(), solution)))
                        .toList());
        };
    }
}
