package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.app.ScriptedEngine;
import dev.hone.app.report.Results;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Figure;
import dev.hone.data.Lineage;
import dev.hone.data.Report;
import dev.hone.run.RunEvent;
import dev.hone.store.RecordedRun;
import dev.hone.store.RecordedSample;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// V-STaR from settings to results, with scripted roles: to the scripted likelihood every token is alike, so that a
/// verifier finds what is short likeliest, and a classifier what is long probably right.
class VerifiedRunTest {
    private static final Settings SETTINGS = Methods.settings()
            .with(RunKeys.METHOD, "vstar")
            .with(RunKeys.ROUNDS, 2)
            .with(RunKeys.PROBLEMS, 10)
            .with(RunKeys.SAMPLES, 4)
            .with(RunKeys.WARM_PROBLEMS, 3)
            .with(RunKeys.VALIDATION_PROBLEMS, 5)
            .with(RunKeys.EXAM_PROBLEMS, 40)
            .with(RunKeys.EXAM_SAMPLES, 4)
            .with(VStarMethod.CONTROLS, VStarMethod.Controls.ALL);

    @TempDir
    Path folder;

    /// `yes` is right and shorter than anything else.
    private static Improvement improvement(RecordedRun run, Chronicle chronicle) {
        var generator = new ScriptedGenerator((model, _, index, seed) -> {
            double sure = model.lineage() instanceof Lineage.Learned ? 0.5 : 0.3;
            return new SplittableRandom(seed).nextDouble() < sure ? "yes" : "no " + index;
        });
        var learner = new FolderLearner(run.folder().resolve("models"), new ScriptedLearner());
        return new Improvement(
                SETTINGS, YesTask.with(YesTask.Exam.OPEN), new ScriptedEngine(generator, learner), run, chronicle);
    }

    private Store store() {
        return Store.open(folder.resolve("hone.db"));
    }

    private RecordedRun start(Chronicle chronicle) {
        var plan = new RunPlan("vstar", 1, new StoredSettings(SETTINGS, "yes@1").json(), 1, "test");
        return store().start(plan, chronicle, () -> false);
    }

    private Results results() {
        Chronicle chronicle = new Chronicle();
        try (RecordedRun run = start(chronicle)) {
            return improvement(run, chronicle).results(Problems.model("base"));
        }
    }

    private static List<String> names(Results.Round round) {
        return round.exam().figures().stream().map(Figure::name).toList();
    }

    @Test
    void the_last_rounds_samples_are_chosen_from_by_every_verifier_beside_the_controls() {
        Results results = results();
        Report exam = results.last().exam();
        double chance = exam.figure("pass@1").value();
        double ideal = exam.figure("pass@4").value();
        assertThat(exam.figure("best-of-4 by verifier").value()).isCloseTo(ideal, within(1e-12));
        assertThat(exam.figure("best-of-2 by verifier").value())
                .isCloseTo(exam.figure("pass@2").value(), within(1e-12));
        assertThat(exam.figure("best-of-4 by verifier per token").value())
                .as("all tokens are alike")
                .isCloseTo(chance, within(1e-12));
        assertThat(exam.figure("best-of-4 by verifier as reward").value()).isCloseTo(chance, within(1e-12));
        assertThat(exam.figure("best-of-4 by outcome verifier").value()).isLessThan(chance);
        assertThat(names(results.last()))
                .contains("best-of-4 by swapped verifier", "best-of-4 by first-round verifier", "maj@2");
        assertThat(results.rounds().subList(0, 3))
                .allSatisfy(round -> assertThat(names(round))
                        .contains("maj@4", "best-of-4 by own likelihood")
                        .noneMatch(name -> name.contains("verifier") || name.equals("maj@2")));
    }

    @Test
    void a_verifier_still_writes_and_how_well_is_seen() {
        Results results = results();
        assertThat(results.last().health())
                .containsKeys("validation", "validation of verifier", "validation of swapped verifier")
                .containsKeys("loss", "loss of verify", "loss at start of verify-outcome")
                .doesNotContainKey("validation of outcome verifier");
    }

    @Test
    void samples_to_learn_from_are_drawn_as_those_of_the_exam_at_temperature_1() {
        results();
        String id = store().runs().getFirst().id();
        try (Stream<RecordedSample> samples = store().samples(id)) {
            assertThat(samples.map(RecordedSample::sample)
                            .filter(sample -> sample.id().startsWith("sample/")
                                    || sample.id().startsWith("exam/"))
                            .map(sample -> sample.sampling())
                            .distinct())
                    .singleElement()
                    .satisfies(sampling -> assertThat(sampling.temperature()).isEqualTo(1));
        }
    }

    @Test
    void a_run_that_is_cut_before_its_exam_finds_the_same() {
        Results whole = results();
        Chronicle first = new Chronicle();
        String id;
        try (RecordedRun run = start(first)) {
            id = run.id();
            improvement(run, first).improve(Problems.model("base"));
        }
        Chronicle second = new Chronicle();
        try (RecordedRun run = store().resume(id, second, () -> false)) {
            Results resumed = improvement(run, second).results(Problems.model("base"));
            assertThat(resumed.rounds().stream().map(Results.Round::exam))
                    .containsExactlyElementsOf(
                            whole.rounds().stream().map(Results.Round::exam).toList());
        }
        assertThat(store().verifiers(id))
                .extracting(RunEvent.OfferedVerifier::name)
                .containsExactly("verifier", "swapped verifier", "first-round verifier", "outcome verifier");
    }
}
