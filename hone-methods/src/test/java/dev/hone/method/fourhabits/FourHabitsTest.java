package dev.hone.method.fourhabits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.RolloutGroup;
import dev.hone.data.RolloutGroup.Rollout;
import dev.hone.data.Segment;
import dev.hone.data.Split;
import dev.hone.generate.Prompt;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Clip;
import dev.hone.learn.Objective;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.method.fourhabits.FourHabits.Priming;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.task.countdown.ThoughtCountdown;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLearner.Lesson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FourHabitsTest {
    private static final Model BASE = Problems.model("base");
    private static final Objective.Ppo PPO = new Objective.Ppo(0.001, 1, 1, 1, Clip.symmetric(0.2), 0.5);
    private static final ThoughtCountdown TASK = ThoughtCountdown.standard();
    private static final Training TRAINING = new Training(
            new Training.Length.Steps(77),
            3,
            1e-3,
            new Training.Schedule(0.5, Training.Schedule.Decay.LINEAR),
            Training.AdamW.standard(),
            0.7,
            Training.Order.AS_GIVEN);

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Prompt> asked = new ArrayList<>();

    private Model learn(PrimingSet set, Reward reward, int rounds, int updates, int problems, Script script) {
        return learn(set, reward, rounds, updates, 60, problems(problems), script);
    }

    private Model learn(
            PrimingSet set,
            Reward reward,
            int rounds,
            int updates,
            int maxTokens,
            List<Problem> problems,
            Script script) {
        var generator = new ScriptedGenerator(script);
        return new FourHabits(
                        rounds,
                        updates,
                        4,
                        maxTokens,
                        new Priming(set, 1000, Priming.training(5, 64, 1e-5)),
                        PPO,
                        TRAINING,
                        reward,
                        5,
                        (model, prompts, step) -> {
                            assertThat(step.name()).startsWith("sample-");
                            asked.addAll(prompts);
                            return generator.generate(model, prompts, step);
                        },
                        (model, prompts, step) -> {
                            assertThat(step.name()).isEqualTo("measure");
                            asked.addAll(prompts);
                            return generator.generate(model, prompts, step);
                        },
                        new ReferenceJudge(TASK.checkers()),
                        learner)
                .run(BASE, _ -> problems, run);
    }

    private static List<Problem> problems(int count) {
        return TASK.problems(Split.TRAIN, count, new Seed(1));
    }

    /// Sample 0 right, 1 wrong, 2 without an answer, 3 cut.
    private static String mixed(Model model, Prompt prompt, int index, long seed) {
        return switch (index) {
            case 0 -> TASK.workedAnswers(prompt.problem(), 1, new Seed(1)).getFirst();
            case 1 -> "1+1=2:1+1";
            case 2 -> "no answer";
            default -> "too long".repeat(30) + ":1";
        };
    }

    private static List<Double> rewards(Lesson lesson) {
        return ((Rollouts) lesson.examples())
                .all().getFirst().rollouts().stream().map(Rollout::reward).toList();
    }

    private SortedMap<String, Double> health(int round) {
        return run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(RunEvent.RoundHealth.class::cast)
                .filter(each -> each.round() == round)
                .map(RunEvent.RoundHealth::figures)
                .findFirst()
                .orElse(new TreeMap<>());
    }

    @Test
    void a_model_is_primed_on_traces_with_the_prompt_masked_before_it_is_reinforced() {
        learn(PrimingSet.BT_VER, Reward.ANSWER, 1, 1, 20, FourHabitsTest::mixed);

        Lesson priming = learner.lessons().getFirst();
        assertThat(priming.objective()).isEqualTo(new Objective.Sft());
        assertThat(priming.start().weights()).isEqualTo(BASE);
        assertThat(priming.training()).isEqualTo(Priming.training(5, 64, 1e-5));
        List<Demonstration> traces = ((Demonstrations) priming.examples()).all();
        assertThat(traces).hasSize(15).allSatisfy(trace -> {
            Segment.Written written = (Segment.Written) trace.completion().getFirst();
            assertThat(trace.completion()).hasSize(1);
            assertThat(written.loss()).isEqualTo(Segment.Loss.COUNTED);
            assertThat(written.text()).matches(".*[0-9]+=[0-9]+[>=][0-9]+:.*");
            assertThat(trace.ending()).isEqualTo(Demonstration.Ending.ENDS);
        });
    }

    @Test
    void traces_and_responses_have_the_same_prompt() {
        List<Problem> problems = problems(20);
        learn(PrimingSet.ALL, Reward.ANSWER, 1, 1, 20, FourHabitsTest::mixed);

        List<Demonstration> traces =
                ((Demonstrations) learner.lessons().getFirst().examples()).all();
        assertThat(traces)
                .extracting(Demonstration::prompt)
                .isSubsetOf(problems.stream().map(Problem::prompt).toList());
        assertThat(asked)
                .extracting(Prompt::seen)
                .isSubsetOf(problems.stream().map(Problem::prompt).toList());
    }

    @Test
    void the_priming_is_that_of_the_papers_code() {
        Training training = Priming.training(5, 64, 1e-5);
        assertThat(training.length()).isEqualTo(new Training.Length.Epochs(5));
        assertThat(training.batch()).isEqualTo(64);
        assertThat(training.adamW()).isEqualTo(new Training.AdamW(0.9, 0.95, 1e-8, 0.01));
        assertThat(training.schedule()).isEqualTo(new Training.Schedule(0.1, Training.Schedule.Decay.COSINE));
    }

    @Test
    void without_priming_the_base_model_is_reinforced() {
        learn(PrimingSet.NONE, Reward.ANSWER, 1, 1, 20, FourHabitsTest::mixed);

        assertThat(learner.lessons()).hasSize(1);
        assertThat(learner.lessons().getFirst().start().weights()).isEqualTo(BASE);
        assertThat(learner.lessons().getFirst().start().reference()).isEqualTo(BASE);
    }

    @Test
    void a_right_answer_a_wrong_one_and_none_are_rewarded_as_the_paper_does() {
        learn(PrimingSet.NONE, Reward.ANSWER, 1, 1, 20, FourHabitsTest::mixed);
        assertThat(rewards(learner.lessons().getFirst())).containsExactly(1.0, 0.1, 0.0, 0.0);
    }

    @Test
    void with_the_reward_for_the_form_alone_a_right_answer_is_worth_no_more() {
        learn(PrimingSet.NONE, Reward.FORMAT, 1, 1, 20, FourHabitsTest::mixed);
        assertThat(rewards(learner.lessons().getFirst())).containsExactly(0.1, 0.1, 0.0, 0.0);
    }

    @Test
    void each_update_draws_its_share_from_the_newest_model_and_goes_over_it_once_against_the_primed_one() {
        Model last = learn(PrimingSet.ONLY_BT, Reward.ANSWER, 2, 2, 21, FourHabitsTest::mixed);

        List<Lesson> updates = learner.lessons().subList(1, 5);
        assertThat(learner.lessons()).hasSize(5);
        Model primed = updates.getFirst().start().weights();
        assertThat(primed).isNotEqualTo(BASE);
        assertThat(updates).allSatisfy(each -> {
            assertThat(each.objective()).isEqualTo(PPO);
            assertThat(each.start().reference()).isEqualTo(primed);
            assertThat(each.training().length()).isEqualTo(new Training.Length.Epochs(1));
            assertThat(each.training().schedule())
                    .isEqualTo(new Training.Schedule(0, Training.Schedule.Decay.CONSTANT));
            assertThat(each.training().batch()).isEqualTo(3);
            assertThat(each.training().learningRate()).isEqualTo(1e-3);
            assertThat(each.training().maxGradientNorm()).isEqualTo(0.7);
        });
        assertThat(updates)
                .extracting(each -> each.start().optimizer())
                .containsExactly(
                        OptimizerState.FRESH, OptimizerState.CARRIED, OptimizerState.CARRIED, OptimizerState.CARRIED);
        assertThat(updates).extracting(each -> each.examples().size()).containsExactly(10, 11, 10, 11);
        assertThat(updates)
                .extracting(each -> ((Rollouts) each.examples())
                        .all()
                        .getFirst()
                        .rollouts()
                        .getFirst()
                        .sample()
                        .model())
                .as("drawn by the model that learns")
                .isEqualTo(updates.stream()
                        .map(each -> each.start().weights().id())
                        .toList());
        assertThat(run.offered()).hasSize(2).containsEntry(2, last);
        assertThat(learner.released())
                .as("the first of each round's two")
                .extracting(Model::lineage)
                .extracting(each -> each instanceof Lineage.Learned made ? made.step() + "/" + made.round() : "given")
                .containsExactly("learn-1/1", "learn-1/2");
    }

    @Test
    void everything_is_drawn_plainly_at_temperature_1() {
        learn(PrimingSet.NONE, Reward.ANSWER, 1, 1, 20, FourHabitsTest::mixed);
        assertThat(asked).extracting(each -> each.sampling().temperature()).containsOnly(1.0);
        assertThat(asked).extracting(Prompt::samples).containsOnly(1, 4);
    }

    @Test
    void habits_are_counted_on_problems_that_were_not_primed_with_before_and_after_each_round() {
        learn(PrimingSet.ONLY_BT, Reward.ANSWER, 2, 1, 20, FourHabitsTest::mixed);

        for (int round = 0; round <= 2; round++) {
            assertThat(health(round)).containsEntry("right", 1.0).containsEntry("backtracking", 0.0);
        }
        Set<String> measured = new HashSet<>();
        asked.stream()
                .filter(each -> each.samples() == 1)
                .forEach(each -> measured.add(each.problem().id()));
        assertThat(measured).hasSize(5);
        assertThat(((Demonstrations) learner.lessons().getFirst().examples()).all())
                .extracting(each -> each.id().replace("trace of ", ""))
                .doesNotContainAnyElementsOf(measured);
    }

    @Test
    void where_all_samples_are_worth_the_same_nothing_is_learned_and_the_log_says_so() {
        for (String text : List.of("no answer", ":1+1")) {
            Model same = learn(PrimingSet.NONE, Reward.ANSWER, 1, 3, 20, (_, _, _, _) -> text);
            assertThat(same).isEqualTo(BASE);
        }
        learn(
                PrimingSet.NONE,
                Reward.ANSWER,
                1,
                1,
                20,
                (_, prompt, _, _) ->
                        TASK.workedAnswers(prompt.problem(), 1, new Seed(1)).getFirst());
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsExactly(Map.entry(1, BASE));
        assertThat(run.events().stream().filter(RunEvent.Note.class::isInstance))
                .hasSize(3);
    }

    @Test
    void a_sample_without_a_token_is_left_out() {
        learn(
                PrimingSet.NONE,
                Reward.ANSWER,
                1,
                1,
                4,
                (model, prompt, index, seed) -> index == 2 ? "" : mixed(model, prompt, index, seed));
        assertThat(rewards(learner.lessons().getFirst())).containsExactly(1.0, 0.1, 0.0);
    }

    @Test
    void one_problem_is_enough_to_reinforce_on() {
        learn(PrimingSet.ONLY_BT, Reward.ANSWER, 1, 3, 1, FourHabitsTest::mixed);
        assertThat(learner.lessons()).hasSize(2);
        assertThat(health(1)).as("none is left to measure on").isEmpty();
    }

    @Test
    void no_problems_at_all_leave_the_model_as_it_is() {
        assertThat(learn(PrimingSet.NONE, Reward.ANSWER, 1, 2, 0, FourHabitsTest::mixed))
                .isEqualTo(BASE);
    }

    @Test
    void a_limit_that_no_trace_fits_is_refused_by_name() {
        assertThatThrownBy(() -> learn(PrimingSet.ALL, Reward.ANSWER, 1, 1, 9, problems(10), FourHabitsTest::mixed))
                .isInstanceOf(HoneException.class)
                .hasMessage("no trace of a search fits into 9 characters for any of 5 problems; raise"
                        + " sampling.max-tokens, or let fourhabits.priming be none");
    }

    @Test
    void groups_have_a_problem_each() {
        learn(PrimingSet.NONE, Reward.ANSWER, 1, 1, 6, FourHabitsTest::mixed);
        assertThat(((Rollouts) learner.lessons().getFirst().examples()).all())
                .hasSize(6)
                .extracting(RolloutGroup::rollouts)
                .allSatisfy(group -> assertThat(group).hasSize(4));
    }

    @Test
    void settings_out_of_range_are_refused() {
        var grpo = new Objective.Rloo(0, Clip.symmetric(0.2));
        assertThatThrownBy(() -> new FourHabits(
                        1,
                        1,
                        1,
                        8,
                        new Priming(PrimingSet.NONE, 1, TRAINING),
                        grpo,
                        TRAINING,
                        Reward.ANSWER,
                        1,
                        new ScriptedGenerator(FourHabitsTest::mixed),
                        new ScriptedGenerator(FourHabitsTest::mixed),
                        new ReferenceJudge(Map.of()),
                        learner))
                .hasMessage("samples must be at least 2 but was 1; they are compared with each other");
    }
}
