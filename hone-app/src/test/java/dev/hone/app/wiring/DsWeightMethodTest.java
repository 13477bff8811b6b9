package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Problem;
import dev.hone.data.Split;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DsWeightMethodTest {
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.METHOD, "dsweight")
            .with(RunKeys.TASK, "a.jsonl")
            .with(RunKeys.PROBLEMS, 30)
            .with(RunKeys.VALIDATION_PROBLEMS, 5);

    private List<String> worked = List.of("yes");
    private final Set<String> asked = new TreeSet<>();

    /// The same twelve training problems always.
    private final class Fixed implements Task {
        @Override
        public String id() {
            return "fixed@1";
        }

        @Override
        public List<Problem> problems(Split split, int count, Seed seed) {
            return YesTask.with(YesTask.Exam.SEALED).problems(split, Math.min(12, count), new Seed(0));
        }

        @Override
        public Map<String, Checker> checkers() {
            return Map.of();
        }

        @Override
        public List<String> workedAnswers(Problem problem, int count, Seed seed) {
            return worked;
        }
    }

    private void improve(Settings settings, Path folder) {
        RunPlan plan = new RunPlan("dsweight", 1, new StoredSettings(settings, "fixed@1").json(), 1, "test");
        Chronicle told = new Chronicle();
        try (RecordedRun run = Store.open(folder.resolve("hone.db")).start(plan, told, () -> false)) {
            var generator = new ScriptedGenerator((_, prompt, _, _) -> {
                if (prompt.problem().split() == Split.TRAIN) {
                    asked.add(prompt.problem().id());
                }
                return "yes";
            });
            var learner = new FolderLearner(run.folder().resolve("models"), new ScriptedLearner());
            new Improvement(settings, new Fixed(), new ScriptedEngine(generator, learner), run, told)
                    .improve(Problems.model("base"));
        }
    }

    @Test
    void what_is_compared_with_is_not_practised_nor_is_what_the_warm_start_taught(@TempDir Path folder) {
        improve(SETTINGS.with(DsWeightMethod.HUMAN, 4).with(RunKeys.WARM_PROBLEMS, 3), folder);
        assertThat(asked).as("of twelve problems").hasSize(5);
    }

    @Test
    void a_task_with_no_more_problems_than_are_compared_with_is_refused(@TempDir Path folder) {
        assertThatThrownBy(() -> improve(SETTINGS.with(DsWeightMethod.HUMAN, 100), folder))
                .hasMessage(
                        "all 12 problems are among the 12 whose worked answers are compared with, so none is left to"
                                + " practise; set dsweight.human lower, or add problems to the task");
    }

    @Test
    void a_task_without_worked_answers_is_refused(@TempDir Path folder) {
        worked = List.of();
        assertThatThrownBy(() -> improve(SETTINGS, folder))
                .hasMessageContaining("no training problem of the task a.jsonl has one");
    }
}
