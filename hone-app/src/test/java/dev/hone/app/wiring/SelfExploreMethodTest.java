package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.report.Results;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Examples;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.learn.Training;
import dev.hone.method.selfexplore.Variant.Pairs;
import dev.hone.run.Seed;
import dev.hone.store.RecordedRun;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfExploreMethodTest {
    private static final Arithmetic TASK = Arithmetic.standard();
    private static final Model BASE = Problems.model("base");
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.METHOD, "selfexplore")
            .with(RunKeys.TASK, "arithmetic")
            .with(RunKeys.PROBLEMS, 20)
            .with(RunKeys.SAMPLES, 6)
            .with(RunKeys.WARM_PROBLEMS, 5)
            .with(RunKeys.VALIDATION_PROBLEMS, 5)
            .with(RunKeys.EXAM_PROBLEMS, 10)
            .with(RunKeys.EXAM_SAMPLES, 2);
    private static final RunPlan PLAN =
            new RunPlan("selfexplore", 1, new StoredSettings(SETTINGS, "arithmetic@1").json(), 1, "test");

    private final ScriptedLearner learner = new ScriptedLearner();

    /// A model that writes worked answers, every second one with another number in one step, and from right steps on
    /// always gets there.
    private static String write(Model model, Prompt prompt, int index, long seed) {
        Problem problem = prompt.problem();
        if (prompt.origin() instanceof Origin.Begun(String _, String text)) {
            boolean right = text.endsWith(";")
                    && Arithmetic.firstWrongStep(problem, text.substring(0, text.length() - 1))
                            .isEmpty();
            return right ? problem.fact("value") : "";
        }
        String worked = TASK.workedAnswers(problem, 1, new Seed(index)).getFirst();
        String[] steps = worked.split(";", -1);
        int wrong = new SplittableRandom(seed).nextInt(steps.length);
        steps[wrong] = index % 2 == 0 ? steps[wrong] : "1" + steps[wrong];
        return String.join(";", steps);
    }

    private Results results(Path folder, Settings settings) {
        Chronicle chronicle = new Chronicle();
        try (RecordedRun run = Store.open(folder.resolve("hone.db")).start(PLAN, chronicle, () -> false)) {
            Generator generator = new ScriptedGenerator(SelfExploreMethodTest::write);
            var engine =
                    new ScriptedEngine(generator, new FolderLearner(run.folder().resolve("models"), learner));
            return new Improvement(settings, TASK, engine, run, chronicle).results(BASE);
        }
    }

    @Test
    void solutions_are_learned_from_the_given_model_and_pairs_from_what_came_of_it(@TempDir Path folder) {
        Results results = results(folder, SETTINGS);
        assertThat(results.rounds())
                .extracting(Results.Round::label)
                .containsExactly("base", "warm start", "round 1", "round 2");
        assertThat(learner.lessons())
                .extracting(ScriptedLearner.Lesson::step)
                .containsExactly("warm-start", "learn", "prefer");
        assertThat(learner.lessons())
                .extracting(lesson -> lesson.start().weights())
                .containsExactly(BASE, BASE, results.rounds().get(2).model());
        assertThat(learner.lessons().get(2).examples()).isInstanceOf(Examples.Preferences.class);
        assertThat(learner.lessons().get(2).training().learningRate()).isEqualTo(1e-6);
        assertThat(learner.lessons().get(2).training().batch()).isEqualTo(32);
    }

    @Test
    void the_warm_start_learns_at_its_own_rate_and_as_long_as_is_said(@TempDir Path folder) {
        results(folder, SETTINGS.with(RunKeys.WARM_EPOCHS, 3).with(RunKeys.WARM_RATE, 2e-4));
        Training warm = learner.lessons().getFirst().training();
        assertThat(warm.learningRate()).isEqualTo(2e-4);
        assertThat(warm.length()).isEqualTo(new Training.Length.Epochs(3));
        assertThat(learner.lessons().get(1).training().learningRate())
                .isEqualTo(SETTINGS.training().learningRate());
    }

    @Test
    void where_the_model_always_finds_back_each_pit_is_the_first_wrong_step(@TempDir Path folder) {
        assertThat(results(folder, SETTINGS).last().health())
                .containsEntry("pits", 1.0)
                .containsEntry("pit is first wrong", 1.0)
                .containsKeys("pit at step 1", "pit at step 3", "pairs", "explored", "loss");
    }

    @Test
    void the_plan_counts_one_round_of_samples_the_exploration_and_two_models() {
        Plan plan = Plan.of(SETTINGS.with(RunKeys.WARM_PROBLEMS, 0), 20, 1_000);
        assertThat(plan.samples())
                .as("20 x 6, and for one pair a problem two steps of four tries")
                .isEqualTo(20 * 6 + 20 * 2 * 4);
        assertThat(plan.lines()).element(1).asString().contains("1 round x 20 problems x 6 + 160 besides");
        assertThat(plan.lines())
                .as("20 pairs are one batch, and learned three times")
                .element(2)
                .asString()
                .contains("1 x 100 + 3 besides = 103 steps");
        assertThat(plan.lines()).element(3).asString().contains("3 models");
        Plan without = Plan.of(SETTINGS.with(SelfExploreMethod.PAIRS, Pairs.NONE), 20, 1_000);
        assertThat(without.samples()).isEqualTo(120);
    }

    @Test
    void the_defaults_are_the_papers() {
        Settings settings = Methods.settings();
        assertThat(settings.get(SelfExploreMethod.TRIES)).isEqualTo(4);
        assertThat(settings.get(SelfExploreMethod.BETA)).isEqualTo(0.1);
        assertThat(settings.get(SelfExploreMethod.EPOCHS)).isEqualTo(3);
        assertThat(settings.get(SelfExploreMethod.BATCH)).isEqualTo(32);
        assertThat(settings.get(SelfExploreMethod.RATE)).isEqualTo(1e-6);
        assertThat(settings.get(SelfExploreMethod.WARMUP)).isEqualTo(0.1);
        assertThat(settings.get(SelfExploreMethod.LIKELIHOOD)).isZero();
        assertThat(List.of(
                        settings.get(SelfExploreMethod.PAIRS),
                        settings.get(SelfExploreMethod.PIT),
                        settings.get(SelfExploreMethod.REJECTED),
                        settings.get(SelfExploreMethod.CHOSEN),
                        settings.get(SelfExploreMethod.REJECTED_ENDING)))
                .extracting(Enum::name)
                .containsExactly("STEPS", "FIRST", "STEP", "EXPLORED", "OPEN");
    }
}
