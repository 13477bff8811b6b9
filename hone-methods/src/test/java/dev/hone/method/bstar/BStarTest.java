package dev.hone.method.bstar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.learn.Training.Length;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class BStarTest {
    private static final Model BASE = Problems.model("base");
    private static final Control GRID = new Control(List.of(0.5, 1.0, 1.5), List.of(0.0), 2);

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Integer> opened = new ArrayList<>();

    private static Training training(Length length) {
        return new Training(
                length,
                4,
                1e-3,
                new Training.Schedule(0, Training.Schedule.Decay.COSINE),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    private static String answer(Prompt prompt) {
        return prompt.problem().id().substring(1);
    }

    /// Right, and of another length each time, as often as the temperature allows: once at 0.5, four times at 1, at
    /// 1.5 twice.
    private static String warm(Model model, Prompt prompt, int index, long seed) {
        double temperature = prompt.sampling().temperature();
        int right = temperature == 0.5 ? 1 : temperature == 1 ? 4 : 2;
        return index < right ? " ".repeat(index) + answer(prompt) : "no";
    }

    private Model improve(Script script, Control control) {
        return improve(script, control, new ReferenceJudge(Map.of()), 5);
    }

    private Model improve(Script script, Control control, Judge rewards, int problems) {
        return new BStar(
                        3,
                        4,
                        new Sampling(9, 16),
                        control,
                        training(new Length.Steps(5)),
                        new ScriptedGenerator(script),
                        new ReferenceJudge(Map.of()),
                        rewards,
                        Recording.NONE,
                        learner)
                .run(
                        BASE,
                        round -> {
                            opened.add(round);
                            return Problems.numbered(round == 0 ? 3 : problems);
                        },
                        run);
    }

    private static Judge soft(ToDoubleFunction<Sample> reward) {
        return (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "soft", new Verdict.Rewarded(reward.applyAsDouble(sample), "soft")))
                .toList();
    }

    private SortedMap<String, Double> health(int round) {
        return run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(RunEvent.RoundHealth.class::cast)
                .filter(each -> each.round() == round)
                .findFirst()
                .orElseThrow()
                .figures();
    }

    private Demonstrations lesson(int index) {
        return (Demonstrations) learner.lessons().get(index).examples();
    }

    /// 20 samples wanted of 5 problems: 4 a problem, of which a temperature of 1 gives all, 1.5 half, 0.5 a quarter.
    @Test
    void the_temperature_with_the_best_balance_is_used_and_told() {
        improve(BStarTest::warm, GRID);
        assertThat(health(1))
                .containsEntry("temperature", 1.0)
                .containsEntry("threshold", 0.0)
                .containsEntry("balance", 1.0);
        assertThat(lesson(0).all())
                .as("all four of each of the five problems, drawn at 1")
                .hasSize(20);
    }

    /// 20 samples of 6 problems: 3.3, so 4 of each. The two of the probe ask for 7, which two right ones of each do not
    /// give, and so are better with three. If they asked for less, one of each would do, at either temperature.
    @Test
    void wanted_samples_are_shared_out_over_the_problems_and_rounded_up() {
        improve(
                (_, prompt, index, _) -> index < (prompt.sampling().temperature() == 0.5 ? 2 : 3)
                        ? " ".repeat(index) + answer(prompt)
                        : "no",
                new Control(List.of(0.5, 1.0), List.of(0.0), 2),
                new ReferenceJudge(Map.of()),
                6);
        assertThat(health(1)).containsEntry("temperature", 1.0).containsEntry("balance", 0.75);
    }

    /// In the probe's two problems right samples are above both thresholds, in the others above one only.
    @Test
    void the_threshold_is_chosen_again_on_what_the_round_drew() {
        improve(
                (_, prompt, index, _) -> " ".repeat(index) + answer(prompt),
                new Control(List.of(1.0), List.of(0.0, 0.5), 2),
                soft(sample -> List.of("p1", "p2").contains(sample.problem().id()) ? 1 : 0.2),
                5);
        assertThat(health(1)).containsEntry("threshold", 0.0).containsEntry("kept", 1.0);
    }

    /// Two right and two wrong of the four wanted: 2/4 * 2/4.
    @Test
    void a_soft_score_may_admit_a_wrong_sample_and_the_balance_counts_it() {
        improve(
                (_, prompt, index, _) -> " ".repeat(index) + (index < 2 ? answer(prompt) : "tempting"),
                new Control(List.of(1.0), List.of(0.0), 2),
                soft(sample -> sample.text().contains("tempting") ? 0.3 : 1),
                5);
        assertThat(health(1)).containsEntry("balance", 0.25).containsEntry("right", 0.5);
        assertThat(lesson(0).all()).extracting(Demonstration::id).contains("sample/1/p1/2", "sample/1/p5/3");
    }

    @Test
    void the_temperature_is_chosen_anew_each_round() {
        improve(
                (model, prompt, index, _) -> prompt.sampling().temperature() == (model.equals(BASE) ? 0.5 : 1.5)
                        ? " ".repeat(index) + answer(prompt)
                        : "no",
                GRID);
        assertThat(List.of(health(1), health(2), health(3)))
                .extracting(each -> each.get("temperature"))
                .containsExactly(0.5, 1.5, 1.5);
    }

    @Test
    void the_probe_is_the_same_few_problems_every_time_and_never_those_of_the_round() {
        List<String> probed = new ArrayList<>();
        improve(
                (model, prompt, index, seed) -> {
                    if (prompt.sampling().temperature() != 1 && index == 0) {
                        probed.add(prompt.problem().id());
                    }
                    return warm(model, prompt, index, seed);
                },
                GRID);
        assertThat(opened).containsExactly(0, 1, 2, 3);
        assertThat(probed)
                .as("two temperatures that lose, three rounds")
                .hasSize(12)
                .containsOnly("p1", "p2");
    }

    @Test
    void weights_moments_and_schedule_go_on_from_round_to_round() {
        improve(BStarTest::warm, GRID);
        assertThat(learner.lessons())
                .extracting(lesson -> lesson.start().optimizer())
                .containsExactly(OptimizerState.FRESH, OptimizerState.CARRIED, OptimizerState.CARRIED);
        assertThat(learner.lessons().get(2).start().weights())
                .isEqualTo(run.offered().get(2));
        assertThat(learner.lessons())
                .extracting(lesson -> lesson.training().schedule().stretch())
                .containsExactly(
                        new Training.Schedule.Stretch.Part(0, 15),
                        new Training.Schedule.Stretch.Part(5, 15),
                        new Training.Schedule.Stretch.Part(10, 15));
    }

    @Test
    void a_round_learns_from_its_own_samples_only_each_text_once() {
        improve(
                (model, prompt, index, _) -> index < 2 ? answer(prompt) : "no",
                new Control(List.of(1.0), List.of(0.0), 1));
        assertThat(lesson(1).all())
                .extracting(Demonstration::id)
                .containsExactly("sample/2/p1/0", "sample/2/p2/0", "sample/2/p3/0", "sample/2/p4/0", "sample/2/p5/0");
    }

    @Test
    void a_verifier_that_always_fails_trains_on_nothing_and_says_so() {
        assertThat(improve((_, _, _, _) -> "no", GRID)).isEqualTo(BASE);
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsEntry(3, BASE);
        assertThat(health(1)).containsEntry("balance", 0.0).containsEntry("temperature", 0.5);
        assertThat(run.events())
                .contains(new RunEvent.Note(2, "no sample was accepted, so there is nothing to learn from"));
    }

    /// With a threshold of -1 every wrong sample would pass.
    @Test
    void where_nothing_is_right_the_papers_own_grid_lets_nothing_wrong_be_learned() {
        Control paper = Control.asInPaper();
        improve((_, _, _, _) -> "no", new Control(paper.temperatures(), paper.thresholds(), 2));
        assertThat(learner.lessons()).isEmpty();
        assertThat(health(1)).containsEntry("threshold", 1.0).containsEntry("kept", 0.0);
    }

    @Test
    void one_problem_all_of_it_right_is_enough() {
        var judge = new ReferenceJudge(Map.of());
        List<Problem> one = Problems.numbered(1);
        new BStar(
                        1,
                        1,
                        new Sampling(1, 16),
                        GRID,
                        training(new Length.Steps(1)),
                        new ScriptedGenerator((_, prompt, _, _) -> answer(prompt)),
                        judge,
                        judge,
                        Recording.NONE,
                        learner)
                .run(BASE, _ -> one, run);
        assertThat(lesson(0).size()).isEqualTo(1);
    }

    /// Five steps of four examples are 20; of 4 problems that asks for 5 samples each, of 5 for 4, which are drawn.
    @Test
    void a_round_that_asks_for_more_samples_than_are_drawn_says_so() {
        improve((_, prompt, _, _) -> answer(prompt), GRID, new ReferenceJudge(Map.of()), 5);
        assertThat(run.events()).noneMatch(RunEvent.Note.class::isInstance);

        improve((_, prompt, _, _) -> answer(prompt), GRID, new ReferenceJudge(Map.of()), 4);
        assertThat(run.events())
                .filteredOn(RunEvent.Note.class::isInstance)
                .singleElement()
                .asString()
                .contains("ask for 5 samples of a problem and 4 are drawn");
    }

    @Test
    void settings_that_mean_nothing_are_refused() {
        assertThatThrownBy(() -> new Control(List.of(), List.of(0.0), 1)).hasMessageContaining("one or more");
        assertThatThrownBy(() -> new Control(List.of(0.0), List.of(0.0), 1)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new Control(List.of(1.0), List.of(Double.NaN), 1))
                .hasMessageContaining("thresholds");
        assertThatThrownBy(() -> new Control(List.of(1.0), List.of(0.0), 0)).hasMessageContaining("probe");
        var judge = new ReferenceJudge(Map.of());
        assertThatThrownBy(() -> new BStar(
                        3,
                        1,
                        new Sampling(1, 16),
                        GRID,
                        training(new Length.Epochs(2)),
                        new ScriptedGenerator((_, _, _, _) -> ""),
                        judge,
                        judge,
                        Recording.NONE,
                        learner))
                .hasMessageContaining("give a number of steps");
    }

    @Test
    void the_papers_grids_are_its_own() {
        assertThat(Control.asInPaper().temperatures()).containsExactly(0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2);
        assertThat(Control.asInPaper().thresholds())
                .hasSize(21)
                .startsWith(-1.0)
                .contains(0.0)
                .endsWith(1.0);
    }
}
