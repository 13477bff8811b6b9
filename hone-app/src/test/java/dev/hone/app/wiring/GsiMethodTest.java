package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Hint;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Split;
import dev.hone.generate.Generator;
import dev.hone.run.Seed;
import dev.hone.store.RecordedRun;
import dev.hone.store.RecordedSample;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// GSI and STaR's rationalization in whole runs, with what the task knows of its training problems.
class GsiMethodTest {
    private static final Task TASK = Arithmetic.standard();
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.METHOD, "gsi")
            .with(RunKeys.ROUNDS, 2)
            .with(RunKeys.PROBLEMS, 12)
            .with(RunKeys.SAMPLES, 2)
            .with(GsiMethod.WANTED, 1)
            .with(GsiMethod.PASSES, 2)
            .with(GsiMethod.CUTS, GsiMethod.Cuts.SEMICOLONS)
            .with(GsiMethod.LEVEL, "operations")
            .with(RunKeys.VALIDATION_PROBLEMS, 5);

    @TempDir
    Path folder;

    private SortedMap<String, Double> health = new java.util.TreeMap<>();

    private static Practice practice(Settings settings) {
        return new Practice(TASK, settings);
    }

    /// Solves two operations; goes on from a part of a worked answer; reads what it is shown.
    private static Generator generator(Settings settings) {
        return new ScriptedGenerator((_, prompt, _, _) -> {
            Problem problem = prompt.problem();
            if (prompt.hint() instanceof Hint.Shown) {
                return prompt.seen().getLast().text().replaceAll(".*is (\\d+)\\.", "$1");
            }
            if (prompt.origin() instanceof Origin.Begun(String _, String text)) {
                return practice(settings).solution(problem).orElseThrow().substring(text.length());
            }
            return problem.fact("operations").equals("2") ? problem.fact("value") : "0";
        });
    }

    private List<Sample> samples(Settings settings, String name) {
        Store store = Store.open(folder.resolve(name).resolve("hone.db"));
        Chronicle told = new Chronicle();
        String json = new StoredSettings(settings, TASK.id()).json();
        try (RecordedRun run = store.start(new RunPlan("gsi", 1, json, 1, "test"), told, () -> false)) {
            var learner = new FolderLearner(run.folder().resolve("models"), new ScriptedLearner());
            Model base = Problems.model("base");
            new Improvement(settings, TASK, new ScriptedEngine(generator(settings), learner), run, told).improve(base);
            health = told.health(1);
            try (Stream<RecordedSample> samples = store.samples(run.id())) {
                return samples.map(RecordedSample::sample).toList();
            }
        }
    }

    @Test
    void what_two_operations_do_not_solve_is_begun_with_a_worked_answer_and_all_is_covered() {
        List<Sample> samples = samples(SETTINGS, "reset");
        assertThat(samples)
                .filteredOn(sample -> sample.origin() instanceof Origin.Begun)
                .isNotEmpty()
                .allSatisfy(sample -> {
                    assertThat(sample.text())
                            .isEqualTo(practice(SETTINGS)
                                    .solution(sample.problem())
                                    .orElseThrow());
                    assertThat(((Origin.Begun) sample.origin()).text()).endsWith(";");
                });
        assertThat(health)
                .containsEntry("coverage", 1.0)
                .containsEntry("coverage 3", 1.0)
                .containsEntry("coverage 5", 1.0);
        assertThat(health.get("coverage plain")).isBetween(0.01, 0.99);
        assertThat(health.get("guided")).isBetween(0.01, 0.99);
        assertThat(samples).extracting(sample -> sample.problem().split()).doesNotContain(Split.TEST);
    }

    @Test
    void every_guidance_can_be_chosen_and_brute_force_shows_nothing() {
        for (GsiMethod.Kind kind : GsiMethod.Kind.values()) {
            Settings settings = SETTINGS.with(GsiMethod.GUIDANCE, kind).with(RunKeys.ROUNDS, 1);
            long shown = samples(settings, kind.name()).stream()
                    .filter(sample -> sample.hint() instanceof Hint.Shown)
                    .count();
            switch (kind) {
                case STATE_RESET, NONE -> assertThat(shown).isZero();
                case ANSWER, RATIONALE, TEACHER -> assertThat(shown).isPositive();
            }
            assertThat(health).containsKeys("coverage", "coverage plain", "calls");
            assertThat(health.containsKey("critiques that leak")).isEqualTo(kind == GsiMethod.Kind.TEACHER);
        }
    }

    @Test
    void star_rationalizes_on_request_and_not_by_default() {
        Settings star =
                SETTINGS.with(RunKeys.METHOD, "star").with(RunKeys.SAMPLES, 1).with(RunKeys.TEMPERATURE, 0.0);
        assertThat(samples(star, "left")).allMatch(sample -> sample.hint().equals(Hint.NONE));
        List<Sample> hinted = samples(star.with(StarMethod.FAILURES, StarMethod.Failures.RATIONALIZED), "hinted");
        assertThat(hinted)
                .filteredOn(sample -> sample.hint() instanceof Hint.Shown)
                .isNotEmpty()
                .allSatisfy(sample ->
                        assertThat(sample.text()).isEqualTo(sample.problem().fact("value")));
    }

    @Test
    void only_training_problems_come_with_their_answers() {
        Practice practice = practice(SETTINGS);
        for (Split split : List.of(Split.TEST, Split.VALIDATION)) {
            Problem other = TASK.problems(split, 1, new Seed(3)).getFirst();
            assertThatThrownBy(() -> practice.solution(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(other.id(), split.name());
            assertThatThrownBy(() -> practice.answer(other)).isInstanceOf(IllegalArgumentException.class);
        }
        Problem own = practice.train(1).getFirst();
        assertThat(practice.answer(own)).hasValue(own.fact("value"));
        assertThat(practice.solution(own)).isEqualTo(practice.solution(own)).isPresent();
    }
}
