package dev.hone.method.star;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.Split;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.run.RunEvent;
import dev.hone.select.AtLeast;
import dev.hone.select.Distinct;
import dev.hone.select.DistinctEquationLists;
import dev.hone.select.InTurn;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RejectionFineTuningTest {
    private static final Model BASE = Problems.model("base");
    private static final Training TRAINING = new Training(
            new Training.Length.Steps(2),
            4,
            1e-3,
            new Training.Schedule(0, Training.Schedule.Decay.COSINE),
            Training.AdamW.standard(),
            1,
            Training.Order.SHUFFLED);

    /// Right on every other sample.
    private static final Script HALF_RIGHT =
            (model, prompt, index, seed) -> index % 2 == 0 ? answer(prompt.problem()) : "no";

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));

    private static String answer(Problem problem) {
        return problem.id().substring(1);
    }

    private RejectionFineTuning method(Script script, From from, Window window) {
        return new RejectionFineTuning(
                3,
                4,
                new Sampling(1, 16),
                new RoundPolicy(from, OptimizerState.FRESH, window),
                TRAINING,
                new ScriptedGenerator(script),
                new ReferenceJudge(Map.of()),
                InTurn.of(new AtLeast(1), new Distinct()),
                learner);
    }

    private Model improve(Script script, From from, Window window) {
        return method(script, from, window).run(BASE, round -> Problems.numbered(5), run);
    }

    private Demonstrations lesson(int index) {
        return (Demonstrations) learner.lessons().get(index).examples();
    }

    @Test
    void only_accepted_samples_are_learned_and_each_text_once() {
        improve(HALF_RIGHT, From.BASE, new Window.Last(1));
        assertThat(lesson(0).all())
                .extracting(Demonstration::id)
                .containsExactly("sample/1/p1/0", "sample/1/p2/0", "sample/1/p3/0", "sample/1/p4/0", "sample/1/p5/0");
    }

    @Test
    void what_is_learned_is_what_was_drawn_to_the_token_under_the_plain_prompt() {
        improve(HALF_RIGHT, From.BASE, new Window.Last(1));
        Demonstration first = lesson(0).all().getFirst();
        assertThat(first.prompt()).isEqualTo(Problems.numbered(1).getFirst().prompt());
        assertThat(((Segment.Drawn) first.completion().getFirst()).tokens().ids())
                .containsExactly('1');
    }

    @Test
    void every_round_starts_from_the_base_when_the_policy_says_so() {
        improve(HALF_RIGHT, From.BASE, new Window.All());
        assertThat(learner.lessons())
                .allSatisfy(lesson -> assertThat(lesson.start().weights()).isEqualTo(BASE));
    }

    @Test
    void every_round_starts_from_the_one_before_when_the_policy_says_so() {
        improve(HALF_RIGHT, From.PREVIOUS, new Window.All());
        assertThat(learner.lessons().get(1).start().weights())
                .isEqualTo(run.offered().get(1));
        assertThat(learner.lessons().get(2).start().weights())
                .isEqualTo(run.offered().get(2));
    }

    @Test
    void samples_are_drawn_by_the_latest_model() {
        improve(
                (model, prompt, index, seed) -> model.equals(BASE) ? answer(prompt.problem()) : "no",
                From.BASE,
                new Window.Last(1));
        // the second round's model answers "no" to everything, so nothing is left to learn
        assertThat(learner.lessons()).hasSize(1);
    }

    @Test
    void a_window_over_all_rounds_pools_their_samples() {
        improve(HALF_RIGHT, From.PREVIOUS, new Window.All());
        assertThat(List.of(lesson(0).size(), lesson(1).size(), lesson(2).size()))
                .containsExactly(5, 10, 15);
    }

    @Test
    void a_round_without_a_right_sample_trains_on_nothing_and_says_so() {
        Model last = improve((model, prompt, index, seed) -> "no", From.PREVIOUS, new Window.All());
        assertThat(last).isEqualTo(BASE);
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsEntry(1, BASE).containsEntry(3, BASE);
        assertThat(run.events())
                .anySatisfy(event -> assertThat(event)
                        .isEqualTo(new RunEvent.Note(1, "no sample was accepted, so there is nothing to learn from")));
    }

    private RejectionFineTuning rft(Script script, Demonstrations original) {
        return new RejectionFineTuning(
                1,
                4,
                new Sampling(0.7, 40),
                new RoundPolicy(From.BASE, OptimizerState.FRESH, new Window.Last(1)),
                TRAINING,
                new Rationalization.None(),
                new ScriptedGenerator(script),
                new ReferenceJudge(Map.of()),
                new DistinctEquationLists(4, 1e-3),
                original,
                learner);
    }

    /// RFT: of the ways to an answer each once, beside the data that people wrote.
    @Test
    void one_solution_for_each_list_of_equations_is_learned_beside_the_worked_answers() {
        Problem three = new Problem(
                "p3",
                List.of(Message.user("what is 3?")),
                new Reference.Answer("3", new Match.Numeric(0)),
                Split.TRAIN,
                new TreeMap<>());
        List<String> texts = List.of("1+2=3", "so 2+1=3", "4-1=3", "4-1=4\n3");
        Demonstrations original = new Demonstrations(List.of(Demonstration.of("worked", three.prompt(), "3=3")));
        rft((_, _, index, _) -> texts.get(index), original).run(BASE, _ -> List.of(three), run);
        assertThat(lesson(0).all())
                .extracting(Demonstration::id)
                .containsExactly("sample/1/p3/0", "sample/1/p3/2", "worked");
    }

    @Test
    void worked_answers_alone_are_not_learned() {
        Demonstrations original = new Demonstrations(List.of(Demonstration.of("worked", List.of(), "1")));
        assertThat(rft((_, _, _, _) -> "no", original).run(BASE, _ -> Problems.numbered(1), run))
                .isEqualTo(BASE);
        assertThat(learner.lessons()).isEmpty();
    }

    @Test
    void samples_cut_short_are_never_learned() {
        improve(
                (model, prompt, index, seed) -> answer(prompt.problem()) + " ".repeat(40),
                From.PREVIOUS,
                new Window.All());
        assertThat(learner.lessons()).isEmpty();
    }

    @Test
    void one_problem_is_enough() {
        method(HALF_RIGHT, From.PREVIOUS, new Window.All()).run(BASE, round -> Problems.numbered(1), run);
        assertThat(lesson(0).size()).isEqualTo(1);
    }

    @Test
    void the_same_object_runs_twice_with_the_same_result() {
        RejectionFineTuning method = method(HALF_RIGHT, From.PREVIOUS, new Window.All());
        Model once = method.run(BASE, round -> Problems.numbered(5), new ScratchRun(1, Path.of("scratch")));
        assertThat(method.run(BASE, round -> Problems.numbered(5), new ScratchRun(1, Path.of("scratch"))))
                .isEqualTo(once);
    }

    @Test
    void the_health_of_every_round_is_told() {
        improve(HALF_RIGHT, From.PREVIOUS, new Window.All());
        assertThat(run.events())
                .filteredOn(RunEvent.RoundHealth.class::isInstance)
                .hasSize(3)
                .first()
                .satisfies(event -> assertThat(((RunEvent.RoundHealth) event).figures())
                        .containsEntry("right", 0.5)
                        .containsEntry("kept", 0.25)
                        .containsEntry("duplicates", 0.5)
                        .containsEntry("all wrong", 0.0));
    }

    @Test
    void rounds_and_samples_below_one_are_refused() {
        assertThatThrownBy(() -> new RejectionFineTuning(
                        0,
                        4,
                        new Sampling(1, 16),
                        new RoundPolicy(From.BASE, OptimizerState.FRESH, new Window.All()),
                        TRAINING,
                        new ScriptedGenerator(HALF_RIGHT),
                        new ReferenceJudge(Map.of()),
                        new AtLeast(1),
                        learner))
                .hasMessageContaining("rounds must be at least 1 but was 0");
    }

    @Test
    void online_learning_goes_through_one_schedule() {
        new RejectionFineTuning(
                        2,
                        4,
                        new Sampling(1, 16),
                        new RoundPolicy(
                                From.PREVIOUS,
                                OptimizerState.CARRIED,
                                new Window.Last(1),
                                RoundPolicy.Schedule.ALL_ROUNDS),
                        TRAINING,
                        new ScriptedGenerator(HALF_RIGHT),
                        new ReferenceJudge(Map.of()),
                        InTurn.of(new AtLeast(1), new Distinct()),
                        learner)
                .run(BASE, round -> Problems.numbered(5), run);
        assertThat(learner.lessons())
                .extracting(lesson -> lesson.training().schedule().stretch())
                .containsExactly(new Training.Schedule.Stretch.Part(0, 4), new Training.Schedule.Stretch.Part(2, 4));
        assertThat(learner.lessons())
                .extracting(lesson -> lesson.start().optimizer())
                .containsExactly(OptimizerState.FRESH, OptimizerState.CARRIED);
    }
}
