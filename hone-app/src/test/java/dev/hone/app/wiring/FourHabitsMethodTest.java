package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Model;
import dev.hone.generate.Prompt;
import dev.hone.learn.Aggregation;
import dev.hone.learn.Clip;
import dev.hone.learn.Objective;
import dev.hone.method.fourhabits.PrimingSet;
import dev.hone.method.fourhabits.Reward;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.store.RecordedRun;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.task.countdown.ThoughtCountdown;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLearner.Lesson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FourHabitsMethodTest {
    private static final ThoughtCountdown TASK = ThoughtCountdown.standard();
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.METHOD, "fourhabits")
            .with(RunKeys.TASK, "countdown-thought")
            .with(RunKeys.ROUNDS, 2)
            .with(RunKeys.PROBLEMS, 8)
            .with(RunKeys.VALIDATION_PROBLEMS, 3)
            .with(FourHabitsMethod.UPDATES, 2)
            .with(FourHabitsMethod.MEASURED, 3);

    private final ScriptedLearner learner = new ScriptedLearner();
    private final List<RunEvent.Note> notes = new ArrayList<>();
    private Script script = HALF;

    private static final String WRONG = "12*3=36;36+7=43:1";

    /// Half of the answers are right.
    private static final Script HALF =
            (_, prompt, _, seed) -> new SplittableRandom(seed).nextBoolean() ? right(prompt) : WRONG;

    private static String right(Prompt prompt) {
        return TASK.workedAnswers(prompt.problem(), 1, new Seed(1)).getFirst();
    }

    private record Outcome(String digest, Map<Integer, String> models) {}

    private Outcome outcome(Settings settings, Store store, RecordedRun run, Chronicle told) {
        Map<Integer, String> ids = new TreeMap<>();
        Map<Integer, Model> models = new Improvement(
                        settings,
                        TASK,
                        new ScriptedEngine(
                                new ScriptedGenerator(script),
                                new FolderLearner(run.folder().resolve("models"), learner)),
                        run,
                        told)
                .improve(Problems.model("base"));
        models.forEach((round, model) -> ids.put(round, model.id()));
        notes.addAll(store.notes(run.id()));
        return new Outcome(store.digest(run.id()), ids);
    }

    private Outcome improve(Settings settings, Path folder, BooleanSupplier stop) {
        Store store = Store.open(folder.resolve("hone.db"));
        Chronicle told = new Chronicle();
        var plan = new RunPlan("fourhabits", 1, new StoredSettings(settings, TASK.id()).json(), 1, "test");
        try (RecordedRun run = store.start(plan, told, stop)) {
            return outcome(settings, store, run, told);
        }
    }

    private Outcome resume(Settings settings, Path folder) {
        Store store = Store.open(folder.resolve("hone.db"));
        Chronicle told = new Chronicle();
        try (RecordedRun run = store.resume(store.runs().getFirst().id(), told, () -> false)) {
            return outcome(settings, store, run, told);
        }
    }

    @Test
    void the_defaults_are_those_of_the_card() {
        Settings settings = Methods.settings();
        assertThat(settings.get(FourHabitsMethod.PRIMING)).isEqualTo(PrimingSet.ALL);
        assertThat(settings.get(FourHabitsMethod.TRACES)).isEqualTo(1000);
        assertThat(settings.get(FourHabitsMethod.PRIMING_EPOCHS)).isEqualTo(5);
        assertThat(settings.get(FourHabitsMethod.PRIMING_BATCH)).isEqualTo(64);
        assertThat(settings.get(FourHabitsMethod.PRIMING_RATE)).isEqualTo(1e-5);
        assertThat(settings.get(FourHabitsMethod.ALGORITHM)).isEqualTo(FourHabitsMethod.Algorithm.PPO);
        assertThat(settings.get(FourHabitsMethod.REWARD)).isEqualTo(Reward.ANSWER);
        assertThat(settings.get(FourHabitsMethod.KL)).isEqualTo(0.001);
        assertThat(settings.get(FourHabitsMethod.MEASURED)).isEqualTo(200);
        assertThat(settings.get(RunKeys.SAMPLES)).isEqualTo(4);
        assertThat(settings.get(RunKeys.BATCH)).isEqualTo(128);
    }

    @Test
    void a_run_primes_on_traces_and_reinforces_on_rollouts(@TempDir Path folder) {
        improve(SETTINGS, folder, () -> false);

        List<Lesson> lessons = learner.lessons();
        assertThat(lessons)
                .extracting(Lesson::step)
                .containsExactly("prime", "learn-1", "learn-2", "learn-1", "learn-2");
        assertThat(lessons.getFirst().examples()).isInstanceOf(Demonstrations.class);
        assertThat(lessons.getFirst().examples().size()).isEqualTo(5);
        assertThat(lessons.getLast().examples()).isInstanceOf(Rollouts.class);
        assertThat(lessons.getLast().objective())
                .isEqualTo(new Objective.Ppo(0.001, 1, 1, 1, Clip.symmetric(0.2), 0.5));
    }

    @Test
    void by_groups_it_has_no_critic(@TempDir Path folder) {
        improve(
                SETTINGS.with(FourHabitsMethod.ALGORITHM, FourHabitsMethod.Algorithm.GRPO)
                        .with(FourHabitsMethod.PRIMING, PrimingSet.NONE),
                folder,
                () -> false);

        assertThat(learner.lessons().getFirst().objective())
                .isEqualTo(new Objective.Grpo(
                        Objective.Grpo.Advantages.BATCH_STD,
                        Objective.Grpo.Ratio.TOKEN,
                        Clip.symmetric(0.2),
                        0.001,
                        new Aggregation.TokenMean()));
    }

    @Test
    void a_task_without_thoughts_and_a_group_of_one_are_refused() {
        assertThat(SETTINGS.with(RunKeys.TASK, "countdown").validate())
                .containsExactly("fourhabits needs the task countdown-thought, or a file whose lines have its facts and"
                        + " checker, not \"countdown\"");
        assertThat(SETTINGS.with(RunKeys.TASK, "countdown-thought:3-4").validate())
                .isEmpty();
        assertThat(SETTINGS.with(RunKeys.TASK, "countdown-thoughts").validate()).hasSize(1);
        assertThat(SETTINGS.with(FourHabitsMethod.ALGORITHM, FourHabitsMethod.Algorithm.GRPO)
                        .with(RunKeys.SAMPLES, 1)
                        .validate())
                .containsExactly("samples must be at least 2 when fourhabits.algorithm is grpo: it compares them");
    }

    static List<Script> worthTheSame() {
        return List.of(
                (_, _, _, _) -> WRONG,
                (_, prompt, _, _) -> right(prompt),
                (_, _, _, _) -> "",
                (_, _, _, _) -> "1".repeat(1_000));
    }

    @ParameterizedTest
    @MethodSource("worthTheSame")
    void where_all_samples_are_wrong_or_right_or_empty_or_cut_nothing_but_traces_is_learned(
            Script same, @TempDir Path folder) {
        script = same;
        Outcome outcome = improve(SETTINGS, folder, () -> false);

        assertThat(learner.lessons()).extracting(Lesson::step).containsExactly("prime");
        assertThat(outcome.models().get(1)).isEqualTo(outcome.models().get(2));
        assertThat(notes).extracting(RunEvent.Note::round).containsExactly(1, 2);
    }

    @Test
    void one_problem_one_sample_and_more_to_look_at_than_to_learn_from_are_enough(@TempDir Path folder) {
        Settings one =
                SETTINGS.with(RunKeys.PROBLEMS, 1).with(RunKeys.SAMPLES, 1).with(RunKeys.VALIDATION_PROBLEMS, 20);
        assertThat(improve(one, folder, () -> false).models()).containsOnlyKeys(0, 1, 2);
    }

    @Test
    void where_the_budget_is_spent_in_a_round_it_learns_from_what_was_drawn(@TempDir Path folder) {
        int half = 8 * 4 * WRONG.length() / 2;
        Settings little = SETTINGS.with(RunKeys.BUDGET, (long) half).with(RunKeys.SAMPLING_BATCH, 1);
        assertThat(improve(little, folder, () -> false).models()).containsOnlyKeys(0, 1, 2);

        assertThat(learner.lessons()).extracting(Lesson::step).containsExactly("prime", "learn-1");
        assertThat(notes)
                .extracting(RunEvent.Note::text)
                .filteredOn(text -> text.startsWith("the budget of " + half + " tokens is spent"))
                .hasSize(1);
        assertThat(notes).extracting(RunEvent.Note::round).contains(2);
    }

    @Test
    void a_run_that_was_stopped_anywhere_and_resumed_ends_like_one_that_was_not(@TempDir Path folder) {
        Outcome calm = improve(SETTINGS, folder.resolve("calm"), () -> false);
        assertThat(calm.models().values()).doesNotHaveDuplicates();
        int stopped = 0;
        for (int places = 0; ; places++) {
            AtomicInteger left = new AtomicInteger(places);
            Path cut = folder.resolve("cut-" + places);
            try {
                improve(SETTINGS, cut, () -> left.getAndDecrement() <= 0);
                break;
            } catch (HoneException asked) {
                assertThat(asked.kind()).isEqualTo(HoneException.Kind.STOPPED);
                stopped++;
            }
            assertThat(resume(SETTINGS, cut)).as("stopped at place " + places).isEqualTo(calm);
        }
        assertThat(stopped).isGreaterThan(3);
    }
}
