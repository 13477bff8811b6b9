package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.report.Results;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.generate.Generator;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.store.RecordedRun;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.task.Task;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImprovementTest {
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.ROUNDS, 2)
            .with(RunKeys.PROBLEMS, 20)
            .with(RunKeys.SAMPLES, 3)
            .with(RunKeys.VALIDATION_PROBLEMS, 5)
            .with(RunKeys.EXAM_PROBLEMS, 30)
            .with(RunKeys.EXAM_SAMPLES, 4);
    private static final RunPlan PLAN = new RunPlan("star", 1, new StoredSettings(SETTINGS, "yes@1").json(), 1, "test");
    private static final Model BASE = Problems.model("base");

    private static Generator generator() {
        return new ScriptedGenerator((model, prompt, index, seed) -> {
            double sure = model.lineage() instanceof Lineage.Learned ? 0.9 : 0.4;
            return new SplittableRandom(seed).nextDouble() < sure ? "yes" : "no " + index;
        });
    }

    private static Improvement improvement(Task task, RecordedRun run, Chronicle chronicle) {
        return improvement(SETTINGS, task, run, chronicle);
    }

    private static Improvement improvement(Settings settings, Task task, RecordedRun run, Chronicle chronicle) {
        var learner = new FolderLearner(run.folder().resolve("models"), new ScriptedLearner());
        return new Improvement(settings, task, new ScriptedEngine(generator(), learner), run, chronicle);
    }

    private static Store store(Path folder) {
        return Store.open(folder.resolve("hone.db"));
    }

    private static Map<Integer, Model> models(Path folder, Task task) {
        Chronicle chronicle = new Chronicle();
        try (RecordedRun run = store(folder).start(PLAN, chronicle, () -> false)) {
            return improvement(task, run, chronicle).improve(BASE);
        }
    }

    private static Results results(Path folder, Task task) {
        Chronicle chronicle = new Chronicle();
        try (RecordedRun run = store(folder).start(PLAN, chronicle, () -> false)) {
            return improvement(task, run, chronicle).results(BASE);
        }
    }

    private static List<String> ids(Map<Integer, Model> models) {
        return models.values().stream().map(Model::id).toList();
    }

    @Test
    void the_same_models_come_out_when_the_exam_cannot_be_opened(@TempDir Path folder) {
        Map<Integer, Model> open = models(folder.resolve("a"), YesTask.with(YesTask.Exam.OPEN));
        Map<Integer, Model> sealed = models(folder.resolve("b"), YesTask.with(YesTask.Exam.SEALED));
        assertThat(ids(sealed)).hasSize(3).doesNotHaveDuplicates().isEqualTo(ids(open));
        assertThatThrownBy(() -> results(folder.resolve("c"), YesTask.with(YesTask.Exam.SEALED)))
                .hasMessage("the exam was opened");
    }

    @Test
    void the_test_split_is_opened_after_everything_else(@TempDir Path folder) {
        YesTask task = YesTask.with(YesTask.Exam.OPEN);
        results(folder, task);
        int first = task.opened().indexOf(Split.TEST);
        assertThat(task.opened().subList(0, first)).contains(Split.TRAIN, Split.VALIDATION);
        assertThat(task.opened().subList(first, task.opened().size())).containsOnly(Split.TEST);
    }

    @Test
    void every_round_is_measured_and_the_base_model_too(@TempDir Path folder) {
        Results results = results(folder, YesTask.with(YesTask.Exam.OPEN));
        assertThat(results.rounds()).extracting(Results.Round::round).containsExactly(0, 1, 2);
        assertThat(results.names())
                .containsExactly(
                        "greedy",
                        "pass@1",
                        "pass@4",
                        "maj@4",
                        "best-of-4 by own likelihood",
                        "distinct right",
                        "unjudged");
        assertThat(results.base().exam().figure("pass@1").n()).isEqualTo(30);
        assertThat(results.change("pass@1").value()).isPositive();
        assertThat(results.base().health()).containsOnlyKeys("validation");
        assertThat(results.last().health()).containsKeys("right", "kept", "loss", "validation", "tokens");
        assertThat(results.phases()).containsOnlyKeys("sample", "judge", "learn", "measure");
    }

    @Test
    void a_warm_start_is_measured_beside_the_base_model_and_the_rounds_are_compared_with_it(@TempDir Path folder) {
        Settings settings = SETTINGS.with(RunKeys.WARM_PROBLEMS, 4);
        Chronicle chronicle = new Chronicle();
        Results results;
        try (RecordedRun run = store(folder).start(PLAN, chronicle, () -> false)) {
            Task task = YesTask.with(YesTask.Exam.OPEN);
            results = improvement(settings, task, run, chronicle).results(BASE);
        }
        assertThat(results.rounds())
                .extracting(Results.Round::label)
                .containsExactly("base", "warm start", "round 1", "round 2");
        assertThat(results.base().model()).isEqualTo(BASE);
        double gained = results.last().exam().figure("pass@1").value()
                - results.start().exam().figure("pass@1").value();
        assertThat(results.change("pass@1").value()).isCloseTo(gained, within(1e-9));
        assertThat(results.rounds())
                .extracting(round -> round.health().get("validation"))
                .doesNotContainNull();
    }

    @Test
    void the_unfiltered_control_learns_wrong_samples_too(@TempDir Path folder) {
        Settings unfiltered = SETTINGS.with(StarMethod.LEARNED, StarMethod.Learned.ANY);
        Chronicle chronicle = new Chronicle();
        Results results;
        try (RecordedRun run = store(folder.resolve("any")).start(PLAN, chronicle, () -> false)) {
            results = improvement(unfiltered, YesTask.with(YesTask.Exam.OPEN), run, chronicle)
                    .results(BASE);
        }
        var filtered = results(folder.resolve("right"), YesTask.with(YesTask.Exam.OPEN))
                .rounds()
                .get(1)
                .health();
        var health = results.rounds().get(1).health();
        assertThat(health.get("right")).isEqualTo(filtered.get("right")).isLessThan(1);
        assertThat(health.get("kept"))
                .as("each text of a problem once")
                .isGreaterThan(filtered.get("kept"))
                .isEqualTo(1 - health.getOrDefault("duplicates", 0.0), Offset.offset(1e-12));
    }

    @Test
    void what_the_warm_start_taught_is_not_practised() {
        Task fixed = new FixedTask(12);
        Practice practice =
                new Practice(fixed, SETTINGS.with(RunKeys.WARM_PROBLEMS, 5).with(RunKeys.PROBLEMS, 12));
        assertThat(practice.warm()).hasSize(5);
        assertThat(practice.train(1))
                .hasSize(7)
                .doesNotContainAnyElementsOf(practice.warm().keySet());
        assertThat(new Practice(fixed, SETTINGS.with(RunKeys.PROBLEMS, 12)).train(1))
                .hasSize(12);
    }

    @Test
    void without_a_problem_to_practise_it_is_said_why() {
        assertThatThrownBy(() -> new Practice(new FixedTask(0), SETTINGS).train(1))
                .hasMessage("the task fixed@1 has no training problems; add some to it");
        assertThatThrownBy(() -> new Practice(new FixedTask(5), SETTINGS.with(RunKeys.WARM_PROBLEMS, 9)).train(1))
                .hasMessage("the warm start teaches all 5 training problems of the task fixed@1, so none is left to"
                        + " practise; set warm-start.problems lower, or add problems to the task");
    }

    /// The same training problems whatever the seed, in another order.
    private record FixedTask(int size) implements Task {
        @Override
        public String id() {
            return "fixed@1";
        }

        @Override
        public List<Problem> problems(Split split, int count, Seed seed) {
            List<Problem> all = new ArrayList<>(YesTask.with(YesTask.Exam.OPEN).problems(split, size, new Seed(0)));
            Collections.shuffle(all, Random.from(seed.random()));
            return all.subList(0, Math.min(count, size));
        }

        @Override
        public Map<String, Checker> checkers() {
            return Map.of();
        }

        @Override
        public List<String> workedAnswers(Problem problem, int count, Seed seed) {
            return List.of("yes");
        }
    }

    @Test
    void each_round_has_problems_of_its_own_and_validation_is_the_same_in_every_run() {
        YesTask task = YesTask.with(YesTask.Exam.SEALED);
        Practice practice = new Practice(task, SETTINGS);
        assertThat(practice.train(1)).doesNotContainAnyElementsOf(practice.train(2));
        assertThat(practice.validation()).isEqualTo(new Practice(task, SETTINGS.with(RunKeys.SEED, 9L)).validation());
    }

    @Test
    void a_resumed_run_knows_what_the_first_start_found_out(@TempDir Path folder) {
        String id;
        Chronicle first = new Chronicle();
        try (RecordedRun run = store(folder).start(PLAN, first, () -> false)) {
            id = run.id();
            improvement(YesTask.with(YesTask.Exam.OPEN), run, first).improve(BASE); // and then cut
        }
        Chronicle second = new Chronicle();
        try (RecordedRun run = store(folder).resume(id, second, () -> false)) {
            Results resumed =
                    improvement(YesTask.with(YesTask.Exam.OPEN), run, second).results(BASE);
            assertThat(resumed.rounds()).hasSize(3);
            assertThat(resumed.last().health()).isEqualTo(first.health(2)).containsKeys("right", "loss", "validation");
        }
    }

    @Test
    void stored_settings_read_back_and_another_task_is_refused() {
        StoredSettings read = StoredSettings.read(PLAN);
        assertThat(read).isEqualTo(new StoredSettings(SETTINGS, "yes@1"));
        read.refuseOther("yes@1");
        assertThatThrownBy(() -> read.refuseOther("yes@2")).hasMessageContaining("put the file back");
    }
}
