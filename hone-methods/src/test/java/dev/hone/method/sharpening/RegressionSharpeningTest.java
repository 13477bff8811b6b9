package dev.hone.method.sharpening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Model;
import dev.hone.data.RolloutGroup;
import dev.hone.data.RolloutGroup.Rollout;
import dev.hone.judge.Checker;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.method.sharpening.RegressionSharpening.Draw;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
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
import org.junit.jupiter.api.Test;

class RegressionSharpeningTest {
    private static final Model BASE = Problems.model("base");
    private static final Map<String, Checker> CHECKERS = Map.of();

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Objective<?>> objectives = new ArrayList<>();
    private final List<Model> scoring = new ArrayList<>();

    private Model sharpen(int rounds, int samples, Draw draw, SelfReward reward, Script script) {
        Learner watched = new Learner() {
            @Override
            public <E extends dev.hone.data.Examples> Learned learn(
                    Start start, E examples, Objective<E> objective, Training training, Step step) {
                objectives.add(objective);
                return learner.learn(start, examples, objective, training, step);
            }
        };
        var training = new Training(
                new Training.Length.Steps(5),
                4,
                1e-3,
                new Training.Schedule(0, Training.Schedule.Decay.LINEAR),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
        return new RegressionSharpening(
                        rounds,
                        samples,
                        8,
                        draw,
                        0.5,
                        reward,
                        training,
                        new ScriptedGenerator(script),
                        new ScriptedLikelihood((model, _, _) -> {
                            scoring.add(model);
                            return -1;
                        }),
                        new ReferenceAnswers(CHECKERS),
                        new ReferenceJudge(CHECKERS),
                        Recording.NONE,
                        watched)
                .run(BASE, _ -> Problems.numbered(2), run);
    }

    private List<RolloutGroup> lesson(int index) {
        return ((Rollouts) learner.lessons().get(index).examples()).all();
    }

    private static List<String> texts(RolloutGroup group) {
        return group.rollouts().stream().map(each -> each.sample().text()).toList();
    }

    /// A token costs 1 nat: "a" has a reward of -1, "aaa" of -3.
    @Test
    void offline_all_different_samples_of_a_problem_are_compared_by_the_bases_own_likelihood() {
        sharpen(
                1,
                4,
                new Draw.Offline(),
                SelfReward.LIKELIHOOD,
                (_, _, index, _) -> List.of("a", "aaa", "a", "aa").get(index));

        assertThat(objectives).containsExactly(new Objective.RelativeReward(0.5, 0));
        assertThat(lesson(0)).hasSize(2).allSatisfy(group -> {
            assertThat(texts(group)).containsExactly("a", "aaa", "aa");
            assertThat(group.rollouts()).extracting(Rollout::reward).containsExactly(-1.0, -3.0, -2.0);
        });
        Start start = learner.lessons().getFirst().start();
        assertThat(start.weights()).isEqualTo(BASE);
        assertThat(start.reference()).isEqualTo(BASE);
    }

    @Test
    void online_each_draw_of_the_newest_policy_stands_before_one_of_the_base() {
        sharpen(
                2,
                2,
                new Draw.Online(0.25),
                SelfReward.MEAN,
                (model, _, index, seed) -> model.equals(BASE) ? "b" + Math.floorMod(seed, 1000) : "new" + index);

        assertThat(objectives)
                .containsExactly(new Objective.RelativeReward(0.5, 0.25), new Objective.RelativeReward(0.5, 0.25));
        assertThat(lesson(0)).hasSize(4);
        assertThat(lesson(1)).hasSize(8).startsWith(lesson(0).toArray(RolloutGroup[]::new));
        assertThat(lesson(1).subList(4, 8)).allSatisfy(pair -> {
            assertThat(pair.rollouts()).hasSize(2);
            assertThat(texts(pair).getFirst()).startsWith("new");
            assertThat(pair.rollouts().getLast().sample().model()).isEqualTo("base");
        });
        assertThat(scoring).as("rewards are the base model's, whoever drew").containsOnly(BASE);
        assertThat(learner.lessons())
                .allSatisfy(lesson -> assertThat(lesson.start().weights()).isEqualTo(BASE));
    }

    @Test
    void a_pair_of_equal_texts_or_with_a_side_without_a_reward_is_left_out() {
        sharpen(
                1,
                3,
                new Draw.Offline(),
                SelfReward.LIKELIHOOD,
                (_, prompt, index, _) -> prompt.problem().id().equals("p1")
                        ? "same"
                        : List.of("far too long", "a", "aa").get(index));

        assertThat(lesson(0)).hasSize(1);
        assertThat(texts(lesson(0).getFirst())).containsExactly("a", "aa");
    }

    @Test
    void without_any_pair_nothing_is_learned_and_the_log_says_so() {
        Model same = sharpen(1, 2, new Draw.Offline(), SelfReward.LIKELIHOOD, (_, _, _, _) -> "same");

        assertThat(same).isEqualTo(BASE);
        assertThat(run.offered()).containsExactly(Map.entry(1, BASE));
        assertThat(run.events().stream().filter(RunEvent.Note.class::isInstance))
                .hasSize(1);
    }

    @Test
    void offline_the_majoritys_answer_is_a_reward_too() {
        sharpen(
                1,
                4,
                new Draw.Offline(),
                SelfReward.MAJORITY,
                (_, _, index, _) -> index < 3 ? "7" + " ".repeat(index) : "8");

        assertThat(lesson(0).getFirst().rollouts()).extracting(Rollout::reward).containsExactly(0.75, 0.75, 0.75, 0.25);
    }

    @Test
    void settings_that_do_not_go_together_are_refused() {
        assertThatThrownBy(() -> sharpen(1, 1, new Draw.Offline(), SelfReward.LIKELIHOOD, (_, _, _, _) -> "a"))
                .hasMessage("samples must be at least 2 but was 1; rewards are compared in pairs");
        assertThatThrownBy(() -> sharpen(1, 2, new Draw.Online(0), SelfReward.MAJORITY, (_, _, _, _) -> "a"))
                .hasMessageContaining("choose likelihood or mean");
    }
}
