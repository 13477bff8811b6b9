package dev.hone.method.gsi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.generate.Prompt;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.task.Gold;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrainingSetTest {
    private static final Prompt PLAIN = Prompt.of(Sums.problems(3).getLast(), 1, Sums.SAMPLING);
    private static final Prompt HINTED = PLAIN.showing(List.of(Message.user("say 3 It is 3.")));

    private static TrainingSet set(Segment.Loss beginning, TrainingSet.Under prompt) {
        return new TrainingSet(new Window.Last(1), beginning, prompt, new TrainingSet.Original.LeftOut());
    }

    private static Sample sample(Prompt prompt) {
        return Sums.drawn((_, _, _, _) -> "3", List.of(prompt)).getFirst();
    }

    @Test
    void the_papers_set_is_the_rounds_own_without_hints_and_with_the_gold_prefix_counted() {
        assertThat(TrainingSet.asInPaper()).isEqualTo(set(Segment.Loss.COUNTED, TrainingSet.Under.PLAIN));
        Demonstration begun = TrainingSet.asInPaper().demonstration(sample(PLAIN.begunWith("gold", "one\n")));
        assertThat(begun.prompt()).isEqualTo(PLAIN.problem().prompt());
        assertThat(begun.completion()).hasSize(1).allMatch(part -> part.loss() == Segment.Loss.COUNTED);
        assertThat(((Segment.Drawn) begun.completion().getFirst()).tokens().ids())
                .containsExactly('o', 'n', 'e', '\n', '3');
    }

    @Test
    void the_hint_is_gone_from_the_prompt_unless_the_ablation_leaves_it() {
        Sample hinted = sample(HINTED);
        assertThat(TrainingSet.asInPaper().demonstration(hinted).prompt())
                .isEqualTo(PLAIN.problem().prompt());
        assertThat(set(Segment.Loss.COUNTED, TrainingSet.Under.AS_SEEN)
                        .demonstration(hinted)
                        .prompt())
                .containsExactly(Message.user("say 3 It is 3."));
    }

    @Test
    void the_gold_prefix_can_be_masked_to_the_token() {
        TrainingSet masked = set(Segment.Loss.MASKED, TrainingSet.Under.PLAIN);
        Sample begun = sample(PLAIN.begunWith("gold", "one\n"));
        assertThat(masked.demonstration(begun).completion())
                .containsExactly(
                        new Segment.Drawn(begun.tokens().of(Author.FORCED), Segment.Loss.MASKED),
                        new Segment.Drawn(begun.tokens().of(Author.MODEL), Segment.Loss.COUNTED));
        assertThat(masked.demonstration(begun).ending()).isEqualTo(Demonstration.Ending.ENDS);
        assertThat(masked.demonstration(sample(PLAIN)))
                .as("where there is no prefix, nothing is masked")
                .isEqualTo(Demonstration.of(sample(PLAIN)));
    }

    @Test
    void worked_answers_are_added_where_there_are_some() {
        Gold odd = problem -> Sums.number(problem) % 2 == 1 ? Sums.SOLUTIONS.of(problem) : Optional.empty();
        TrainingSet added = new TrainingSet(
                new Window.Last(1), Segment.Loss.COUNTED, TrainingSet.Under.PLAIN, new TrainingSet.Original.Added(odd));
        assertThat(added.original(Sums.problems(3)).all())
                .containsExactly(
                        Demonstration.of("gold/p1", Sums.problems(1).getFirst().prompt(), "one\ntwo\n1"),
                        Demonstration.of("gold/p3", Sums.problems(3).getLast().prompt(), "one\ntwo\n3"));
        assertThat(TrainingSet.asInPaper().original(Sums.problems(3)).all()).isEmpty();
    }
}
