package dev.hone.store;

import static dev.hone.store.TestStore.BASE;
import static dev.hone.store.TestStore.drawn;
import static dev.hone.store.TestStore.prompts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Cost;
import dev.hone.data.Figure;
import dev.hone.data.Model;
import dev.hone.data.Report;
import dev.hone.data.Sample;
import dev.hone.data.Verifier;
import dev.hone.generate.Generator;
import dev.hone.measure.Exam;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRunTest {
    private final Path folder;
    private final TestStore records;

    RecordedRunTest(@TempDir Path folder) {
        this.folder = folder;
        this.records = new TestStore(folder);
    }

    @Test
    void a_step_has_the_seed_of_its_name_and_round_and_a_folder_of_its_own() {
        try (RecordedRun run = records.start()) {
            Step step = run.step("sample", 3);
            assertThat(step.seed()).isEqualTo(new Seed(42).derive("sample").derive(3));
            assertThat(step.folder()).isEqualTo(run.folder().resolve("work").resolve("sample-3"));
            assertThatThrownBy(() -> run.step("../x", 1)).hasMessageContaining("slash");
        }
    }

    @Test
    void a_report_is_read_back_equal_to_the_last_bit() {
        Report report = new Report(
                "odd@1",
                "base",
                List.of(
                        new Figure("change", -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 3),
                        new Figure("a", 1.0 / 3, 0, 1, 3)),
                new TreeMap<>(Map.of("a", List.of(1.0, -0.0, Double.NaN), "empty", List.of())),
                new Cost(1, 2, 3, Long.MAX_VALUE));
        AtomicInteger calls = new AtomicInteger();
        Exam exam = (_, _) -> {
            calls.incrementAndGet();
            return report;
        };
        List<Report> both = records.twice(run -> run.record(exam).examine(BASE, run.step("exam", 0)));
        assertThat(both).containsExactly(report, report);
        assertThat(calls).hasValue(1);
        try (RecordedRun run =
                records.store().resume(records.store().runs().getFirst().id(), records.events()::add, () -> false)) {
            assertThatThrownBy(() -> run.record(exam).examine(Problems.model("tuned"), run.step("exam", 0)))
                    .hasMessageContainingAll("exam/0", "another model (base)");
        }
    }

    @Test
    void offered_models_health_and_notes_are_kept_once() {
        records.twice(run -> {
            run.offer(1, BASE);
            run.tell(new RunEvent.RoundHealth(1, new TreeMap<>(Map.of("right", 0.25, "log-prob", -0.0))));
            run.tell(new RunEvent.Note(1, "nothing was right"));
            return run.id();
        });
        String id = records.store().runs().getFirst().id();
        assertThat(records.store().offered(id)).containsExactly(new RunEvent.Offered(1, BASE));
        assertThat(records.store().health(id)).isEqualTo(Map.of(1, Map.of("right", 0.25, "log-prob", -0.0)));
        assertThat(records.store().notes(id)).containsExactly(new RunEvent.Note(1, "nothing was right"));
        try (RecordedRun run = records.store().resume(id, records.events()::add, () -> false)) {
            assertThatThrownBy(() -> run.offer(1, Problems.model("tuned"))).hasMessageContaining("round 1");
        }
    }

    @Test
    void figures_of_a_step_are_computed_once_unless_that_fails() {
        SortedMap<String, Double> figures =
                new TreeMap<>(Map.of("gap", 1.0 / 3, "none", Double.NaN, "all", Double.POSITIVE_INFINITY));
        AtomicInteger calls = new AtomicInteger();
        List<SortedMap<String, Double>> both = records.twice(run -> {
            if (calls.get() == 0) {
                assertThatThrownBy(() -> run.figures(run.step("sample", 1), "gap", () -> {
                            throw new IllegalStateException("too far apart");
                        }))
                        .hasMessage("too far apart");
            }
            assertThat(run.figures(run.step("sample", 2), "gap", () -> new TreeMap<>(Map.of("gap", 2.0))))
                    .isEqualTo(Map.of("gap", 2.0));
            assertThat(run.figures(run.step("sample", 1), "another", () -> new TreeMap<>(Map.of("gap", 3.0))))
                    .isEqualTo(Map.of("gap", 3.0));
            return run.figures(run.step("sample", 1), "gap", () -> {
                calls.incrementAndGet();
                return figures;
            });
        });
        assertThat(both).containsExactly(figures, figures);
        assertThat(calls).hasValue(1);
    }

    @Test
    void verifiers_are_kept_once_in_the_order_in_which_they_were_offered() {
        Model verifier = Problems.model("verifier");
        List<RunEvent.OfferedVerifier> offered = List.of(
                new RunEvent.OfferedVerifier(2, "verifier", new Verifier.Preferring(verifier, BASE)),
                new RunEvent.OfferedVerifier(2, "a control", new Verifier.Grading(verifier)));
        records.twice(run -> {
            offered.forEach(each -> run.offerVerifier(each.round(), each.name(), each.verifier()));
            return run.id();
        });
        String id = records.store().runs().getFirst().id();
        assertThat(records.store().verifiers(id)).isEqualTo(offered);
        assertThat(records.events().stream().filter(RunEvent.OfferedVerifier.class::isInstance))
                .as("told in each start")
                .hasSize(4);
        try (RecordedRun run = records.store().resume(id, records.events()::add, () -> false)) {
            assertThatThrownBy(() -> run.offerVerifier(2, "verifier", new Verifier.Preferring(verifier, verifier)))
                    .hasMessageContainingAll("verifier of round 2", "verifier beside base");
        }
    }

    @Test
    void each_step_is_told_to_be_done_once_a_start() {
        try (RecordedRun run = records.start()) {
            Loop.small(() -> {}).run(run);
        }
        assertThat(records.events().stream()
                        .filter(RunEvent.StepDone.class::isInstance)
                        .map(RunEvent.StepDone.class::cast)
                        .map(done -> done.step() + " " + done.round()))
                .containsExactly(
                        "sample 1",
                        "learn 1",
                        "sample 2",
                        "learn 2",
                        "exam 0",
                        "exam-greedy 0",
                        "exam 1",
                        "exam-greedy 1",
                        "exam 2",
                        "exam-greedy 2");
    }

    @Test
    void a_role_given_the_step_of_another_run_refuses() {
        try (RecordedRun one = records.start();
                RecordedRun two = records.start()) {
            assertThatThrownBy(() -> drawn(one, two.step("sample", 1))).hasMessageContaining(two.id());
        }
    }

    @Test
    void a_reader_sees_what_is_committed_while_a_writer_is_in_the_middle() {
        Store reader = Store.open(folder.resolve("hone.db"));
        List<Long> seen = new ArrayList<>();
        try (RecordedRun run = records.start()) {
            Generator watched = (model, asked, step) -> {
                seen.add(reader.counts(run.id()).stream()
                        .mapToLong(StepCount::samples)
                        .sum());
                return new ScriptedGenerator((_, _, _, _) -> "x").generate(model, asked, step);
            };
            Step step = run.step("sample", 1);
            List<Sample> drawn = run.record(watched, Phase.SAMPLE, 1).generate(BASE, prompts(2), step);
            assertThat(seen).containsExactly(0L, 2L, 4L);
            try (Stream<RecordedSample> open = reader.samples(run.id())) {
                var samples = open.iterator();
                assertThat(samples.next().sample()).isEqualTo(drawn.getFirst());
                run.record(new ScriptedGenerator((_, _, _, _) -> "y"), Phase.SAMPLE)
                        .generate(BASE, prompts(2), run.step("sample", 2));
                int rest = 0;
                for (; samples.hasNext(); rest++) {
                    samples.next();
                }
                assertThat(rest).as("as of the moment it was opened").isEqualTo(5);
            }
            assertThat(reader.counts(run.id())).hasSize(2);
        }
    }
}
