package dev.hone.method.dsweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Judged;
import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.method.dsweight.MeanLoss.Scope;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IwsiTest {
    private static final Model BASE = Problems.model("base");
    private static final String NOTHING = "in no sample an answer can be read, so there is nothing to learn from";
    private static final Training TRAINING = new Training(
            new Training.Length.Epochs(4),
            32,
            3e-4,
            new Training.Schedule(0, Training.Schedule.Decay.COSINE),
            Training.AdamW.standard(),
            1,
            Training.Order.SHUFFLED);

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Prompt> prompted = new ArrayList<>();

    /// Human answers have a loss of 2 nats a token, samples a tenth of the number that stands before their answer.
    private static double logProb(Model model, Demonstration text, String completion) {
        assertThat(model).isEqualTo(BASE);
        return text.id().startsWith("human") ? -2 : -Integer.parseInt(completion.split(" ", 2)[0]) / 10.0;
    }

    private static List<Worked.Answer> human(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Worked.Answer(
                        new Problem(
                                "human" + i,
                                List.of(Message.user("say it")),
                                new Reference.None(),
                                Split.TRAIN,
                                new TreeMap<>()),
                        "it"))
                .toList();
    }

    private static List<Problem> problems(int count, String answer) {
        return Problems.numbered(count).stream()
                .map(each -> new Problem(
                        each.id(),
                        each.prompt(),
                        new Reference.Answer(answer, new Match.Numeric(0)),
                        each.split(),
                        each.facts()))
                .toList();
    }

    private Model improve(Script script, Filter filter, Worked worked, List<Problem> problems) {
        return new Iwsi(
                        5,
                        filter,
                        0.8,
                        Scope.ANSWER,
                        new Sampling(1.1, 40),
                        TRAINING,
                        new ScriptedGenerator((model, prompt, index, seed) -> {
                            prompted.add(prompt);
                            return script.write(model, prompt, index, seed);
                        }),
                        new ReferenceAnswers(Map.of()),
                        new ScriptedLikelihood(IwsiTest::logProb),
                        new ReferenceJudge(Map.of()),
                        Recording.NONE,
                        learner)
                .run(BASE, worked, problems, run);
    }

    private Model improve(Script script, Filter filter, int problems) {
        return improve(script, filter, new Worked(human(3), List.of()), problems(problems, "7"));
    }

    private List<Demonstration> lesson() {
        return ((Demonstrations) learner.lessons().getLast().examples()).all();
    }

    private List<String> ids() {
        return lesson().stream().map(Demonstration::id).toList();
    }

    private SortedMap<String, Double> health() {
        return run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(RunEvent.RoundHealth.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow()
                .figures();
    }

    /// Losses 0.5, 1.9, 2.1, 3 and 9 of the first problem's samples, which all answer 7; a tenth more of the second's.
    private static String spread(Model model, Prompt prompt, int index, long seed) {
        int more = prompt.problem().id().equals("p2") ? 1 : 0;
        return List.of(5, 19, 21, 30, 90).get(index) + more + " 7";
    }

    // of ten the quantile at 0.8 is rank 7.2; the highest weights are those of 9 and 9.1 (4.5, 4.55), then 0.5 (4),
    // which is rank 7
    @Test
    void those_far_from_human_loss_are_dropped_over_all_questions_together() {
        improve(IwsiTest::spread, new Filter.Shift(), 2);
        assertThat(ids())
                .hasSize(8)
                .contains("sample/1/p1/0", "sample/1/p2/0")
                .doesNotContain("sample/1/p1/4", "sample/1/p2/4");
    }

    /// One question is all of good samples, the other all of bad ones: a filter by question would take from both.
    @Test
    void the_share_is_of_all_samples_and_not_of_each_question() {
        improve(
                (_, prompt, index, _) -> prompt.problem().id().equals("p1") ? 20 + index % 2 + " 7" : 80 + index + " 7",
                new Filter.Shift(),
                2);
        assertThat(ids())
                .hasSize(8)
                .contains("sample/1/p1/0", "sample/1/p1/1", "sample/1/p1/2", "sample/1/p1/3", "sample/1/p1/4");
    }

    @Test
    void learning_starts_from_the_base_model_with_a_plain_loss_and_happens_once() {
        Model learned = improve(IwsiTest::spread, new Filter.Shift(), 1);
        assertThat(learner.lessons()).hasSize(1);
        assertThat(learner.lessons().getFirst().start()).isEqualTo(Start.fresh(BASE));
        assertThat(learner.lessons().getFirst().objective()).isEqualTo(new Objective.Sft());
        assertThat(lesson()).extracting(Demonstration::weight).containsOnly(1.0);
        assertThat(run.offered()).containsExactly(Map.entry(1, learned));
    }

    @Test
    void no_label_is_looked_at() {
        Script script = (_, _, index, _) -> 20 + index + (index < 3 ? " 7" : " 8");
        Model right = improve(script, new Filter.Shift(), new Worked(human(3), List.of()), problems(3, "7"));
        Model wrong = improve(script, new Filter.Shift(), new Worked(human(3), List.of()), problems(3, "123"));
        assertThat(wrong.id()).isEqualTo(right.id());
        assertThat(health())
                .as("what a reader is told")
                .containsEntry("right of consistent", 0.0)
                .containsEntry("right of kept", 0.0);
    }

    @Test
    void samples_that_disagree_with_most_are_not_learned_from_whatever_their_loss() {
        improve((_, _, index, _) -> 20 + " " + (index < 3 ? 7 : 8), new Filter.Everything(), 2);
        assertThat(ids())
                .containsExactly(
                        "sample/1/p1/0",
                        "sample/1/p1/1",
                        "sample/1/p1/2",
                        "sample/1/p2/0",
                        "sample/1/p2/1",
                        "sample/1/p2/2");
        assertThat(health()).containsEntry("consistent", 0.6).containsEntry("answered", 1.0);
    }

    // w' = 2 / loss: 4, 1.05, 0.95, 0.67, 0.22; clipped at 2, and not raised to it
    @Test
    void reweighted_every_sample_counts_as_its_naive_weight_says_and_at_most_the_cap() {
        improve(IwsiTest::spread, new Filter.Reweighted(2), 1);
        List<Double> expected = List.of(2.0, 2 / 1.9, 2 / 2.1, 2 / 3.0, 2 / 9.0);
        assertThat(lesson()).hasSize(5);
        for (int i = 0; i < 5; i++) {
            assertThat(lesson().get(i).weight()).isCloseTo(expected.get(i), within(1e-6));
        }
    }

    @Test
    void what_was_cut_short_has_no_answer() {
        improve((_, _, index, _) -> index == 0 ? "20 7" : "20 " + "7".repeat(60), new Filter.Shift(), 1);
        assertThat(ids()).containsExactly("sample/1/p1/0");
        assertThat(health()).containsEntry("truncated", 0.8).containsEntry("answered", 0.2);
    }

    @Test
    void where_no_answer_can_be_read_nothing_is_learned_and_the_log_says_so() {
        assertThat(improve((_, _, _, _) -> "no idea", new Filter.Shift(), 2)).isEqualTo(BASE);
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsExactly(Map.entry(1, BASE));
        assertThat(run.events()).contains(new RunEvent.Note(1, NOTHING));
        assertThat(health()).containsEntry("kept", 0.0).doesNotContainKeys("sample loss", "loss gap after");
    }

    @Test
    void where_nothing_can_be_rated_nothing_is_learned_and_the_log_says_why() {
        Judge tired = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "tired", new Verdict.Unjudged("tired")))
                .toList();
        assertThat(improve(IwsiTest::spread, new Filter.Rated(tired), 1)).isEqualTo(BASE);
        assertThat(run.events())
                .contains(
                        new RunEvent.Note(
                                1,
                                "of no sample with an answer a loss or a rating can be told, so there is nothing to learn from"));
    }

    @Test
    void one_question_and_more_human_answers_than_questions_are_enough() {
        improve(IwsiTest::spread, new Filter.Shift(), new Worked(human(50), List.of()), problems(1, "7"));
        assertThat(ids()).hasSize(4).doesNotContain("sample/1/p1/4");
    }

    // before, a fifth is below 2 and 2 of 5 at most 2; human ones are all at 2: the gap at 2 is 3/5, just below it 2/5.
    // After, of 0.5, 1.9, 2.1, 3 a half is at most 2
    @Test
    void the_distance_to_human_losses_is_told_before_and_after() {
        improve(IwsiTest::spread, new Filter.Shift(), 1);
        assertThat(health().get("loss gap before")).isCloseTo(0.6, within(1e-9));
        assertThat(health().get("loss gap after")).isCloseTo(0.5, within(1e-9));
        assertThat(health().get("human loss")).isCloseTo(2, within(1e-6));
        assertThat(health().get("sample loss")).isCloseTo((0.5 + 1.9 + 2.1 + 3 + 9) / 5, within(1e-6));
    }

    @Test
    void a_filter_that_is_one_by_length_is_told_as_such() {
        improve((_, _, index, _) -> 20 + index + " ".repeat(1 + index) + 7, new Filter.Shift(), 1);
        assertThat(health().get("weight with length")).isCloseTo(1, within(1e-12));
        assertThat(run.events())
                .contains(new RunEvent.Note(
                        1, "DS weights rank samples by their length (Spearman 1.0), not by much else"));
        int before = run.events().size();
        improve(IwsiTest::spread, new Filter.Shift(), 1);
        assertThat(run.events().subList(before, run.events().size())).noneMatch(RunEvent.Note.class::isInstance);
    }

    @Test
    void examples_are_shown_before_the_question_and_learned_without() {
        List<Message> shown = List.of(Message.user("an example"));
        improve(IwsiTest::spread, new Filter.Shift(), new Worked(human(1), shown), problems(1, "7"));
        assertThat(prompted.getFirst().seen()).extracting(Message::text).containsExactly("an example", "say 1");
        assertThat(lesson())
                .allSatisfy(each ->
                        assertThat(each.prompt()).extracting(Message::text).containsExactly("say 1"));
        assertThat(prompted).extracting(Prompt::sampling).containsOnly(new Sampling(1.1, 40));
    }

    @Test
    void one_object_run_twice_gives_the_same_model() {
        assertThat(improve(IwsiTest::spread, new Filter.Chance(), 4))
                .isEqualTo(improve(IwsiTest::spread, new Filter.Chance(), 4));
    }

    @Test
    void settings_that_mean_nothing_are_refused() {
        assertThatThrownBy(() -> new Worked(List.of(), List.of())).hasMessageContaining("give at least one");
        for (double share : new double[] {0, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> new Iwsi(
                            1,
                            new Filter.Shift(),
                            share,
                            Scope.WHOLE,
                            new Sampling(1, 8),
                            TRAINING,
                            new ScriptedGenerator((_, _, _, _) -> ""),
                            new ReferenceAnswers(Map.of()),
                            new ScriptedLikelihood((_, _, _) -> -1),
                            new ReferenceJudge(Map.of()),
                            Recording.NONE,
                            learner))
                    .hasMessageContaining("share must be in (0, 1]");
        }
    }
}
