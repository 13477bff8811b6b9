package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hone.data.Report;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Wherever a run is cut, it ends like the undisturbed one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS) // one undisturbed run for all
class CutRunTest {
    static final RunPlan PLAN = new RunPlan("loop", 42, "{\"rounds\":2}", 1, "0.1.0");

    private final Outcome whole;
    private final Path folder;

    CutRunTest(@TempDir Path folder) {
        this.folder = folder;
        this.whole = undisturbed(folder.resolve("whole"));
    }

    /// The death of a process, as far as one process can play it.
    private static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// What must not depend on cuts.
    private record Outcome(
            String digest,
            List<Report> reports,
            List<Report> stored,
            List<String> models,
            String health,
            List<?> counts) {}

    private static void nobody(RunEvent event) {}

    private static double seconds(Map<Phase, Double> seconds, Phase phase) {
        return seconds.getOrDefault(phase, 0.0);
    }

    private static Outcome outcome(Store store, String id, List<Report> reports) {
        return new Outcome(
                store.digest(id),
                reports,
                store.reports(id).stream().map(ExaminedStep::report).toList(),
                store.offered(id).stream().map(each -> each.model().id()).toList(),
                store.health(id) + "" + store.notes(id),
                store.counts(id));
    }

    private static Outcome undisturbed(Path folder) {
        Store store = Store.open(folder.resolve("hone.db"));
        try (RecordedRun run = store.start(PLAN, CutRunTest::nobody, () -> false)) {
            List<Report> reports = Loop.small(() -> {}).run(run);
            run.finish("done");
            return outcome(store, run.id(), reports);
        }
    }

    private static Outcome finished(Store store, String id) {
        try (RecordedRun run = store.resume(id, CutRunTest::nobody, () -> false)) {
            List<Report> reports = Loop.small(() -> {}).run(run);
            assertThat(run.folder().resolve("work"))
                    .satisfiesAnyOf(
                            work -> assertThat(work).doesNotExist(),
                            work -> assertThat(work).isEmptyDirectory());
            run.finish("done");
            return outcome(store, run.id(), reports);
        }
    }

    @Test
    void cut_at_any_moment_of_any_role_it_ends_the_same() {
        AtomicInteger moments = new AtomicInteger();
        Store counting = Store.open(folder.resolve("counting.db"));
        try (RecordedRun run = counting.start(PLAN, CutRunTest::nobody, () -> false)) {
            Loop.small(moments::incrementAndGet).run(run);
        }
        assertThat(moments.get()).isGreaterThan(40);
        Store store = Store.open(folder.resolve("cut.db"));
        for (int last = 0; last < moments.get(); last++) {
            AtomicInteger left = new AtomicInteger(last);
            String id = cut(
                    store,
                    Loop.small(() -> {
                        if (left.getAndDecrement() == 0) {
                            throw new Cut();
                        }
                    }),
                    CutRunTest::nobody);
            assertThat(finished(store, id)).as("cut at moment %s", last).isEqualTo(whole);
        }
    }

    @Test
    void cut_whenever_the_listener_hears_something_it_ends_the_same() {
        AtomicInteger events = new AtomicInteger();
        Store store = Store.open(folder.resolve("events.db"));
        try (RecordedRun run = store.start(PLAN, _ -> events.incrementAndGet(), () -> false)) {
            Loop.small(() -> {}).run(run);
        }
        assertThat(events.get()).isGreaterThan(30);
        for (int last = 0; last < events.get(); last += 3) {
            AtomicInteger left = new AtomicInteger(last);
            String id = cut(store, Loop.small(() -> {}), _ -> {
                if (left.getAndDecrement() == 0) {
                    throw new Cut();
                }
            });
            assertThat(finished(store, id)).as("cut at event %s", last).isEqualTo(whole);
        }
    }

    private static String cut(Store store, Loop loop, Consumer<RunEvent> listener) {
        String[] id = new String[1];
        assertThatThrownBy(() -> {
                    try (RecordedRun run = store.start(PLAN, listener, () -> false)) {
                        id[0] = run.id();
                        loop.run(run);
                    }
                })
                .isInstanceOf(Cut.class);
        return id[0];
    }

    /// A trigger ends the transaction at the given row of a table, as a full disk would.
    @ParameterizedTest
    @CsvSource({
        "sample, 1",
        "sample, 5",
        "sample, 17",
        "sample, 40",
        "problem, 3",
        "setting, 1",
        "setting, 3",
        "step, 2",
        "step, 5",
        "spent, 1",
        "spent, 2",
        "spent, 5",
        "judge, 1",
        "verdict, 1",
        "verdict, 7",
        "verdict, 20",
        "decision, 1",
        "decision, 9",
        "decision, 29",
        "health, 1",
        "health, 20",
        "note, 2",
        "model, 1",
        "model, 3",
        "learned, 1",
        "learned, 2",
        "offered, 1",
        "offered, 2",
        "exam, 1",
        "exam, 3",
        "figure, 4",
        "figure, 11",
        "per_problem, 2",
        "per_problem, 9"
    })
    void cut_in_the_middle_of_a_transaction_it_ends_the_same(String table, int row) {
        Path file = folder.resolve(table + row + ".db");
        Store store = Store.open(file);
        Jdbi other = Jdbi.create("jdbc:sqlite:" + file);
        other.useHandle(handle -> handle.execute("CREATE TRIGGER cut BEFORE INSERT ON " + table
                + " WHEN (SELECT count(*) FROM " + table + ") >= " + (row - 1)
                + " BEGIN SELECT RAISE(ABORT, 'cut'); END"));
        String[] id = new String[1];
        assertThatThrownBy(() -> {
                    try (RecordedRun run = store.start(PLAN, CutRunTest::nobody, () -> false)) {
                        id[0] = run.id();
                        Loop.small(() -> {}).run(run);
                    }
                })
                .isInstanceOfSatisfying(
                        HoneException.class, e -> assertThat(e.kind()).isEqualTo(HoneException.Kind.STORAGE));
        other.useHandle(handle -> handle.execute("DROP TRIGGER cut"));
        assertThat(finished(store, id[0])).isEqualTo(whole);
    }

    @Test
    void a_stop_ends_between_batches_and_nothing_drawn_is_drawn_again() {
        AtomicInteger calls = new AtomicInteger();
        Store store = Store.open(folder.resolve("stop.db"));
        String id;
        try (RecordedRun run = store.start(PLAN, CutRunTest::nobody, () -> calls.get() >= 4)) {
            id = run.id();
            assertThatThrownBy(() -> Loop.small(calls::incrementAndGet).run(run))
                    .isInstanceOfSatisfying(
                            HoneException.class, e -> assertThat(e.kind()).isEqualTo(HoneException.Kind.STOPPED))
                    .hasMessageContainingAll(id, "all that it finished is on record");
        }
        assertThat(store.run(id).status()).isInstanceOf(RunStatus.Stopped.class);
        assertThat(store.counts(id)).containsExactly(new StepCount("sample", 1, 12, 0, 0));
        assertThat(finished(store, id)).isEqualTo(whole);
    }

    @Test
    void a_finished_run_can_be_gone_through_again_without_asking_any_role() {
        Store store = Store.open(folder.resolve("again.db"));
        String id;
        List<Report> first;
        try (RecordedRun run = store.start(PLAN, CutRunTest::nobody, () -> false)) {
            id = run.id();
            first = Loop.small(() -> {}).run(run);
        }
        try (RecordedRun run = store.resume(id, CutRunTest::nobody, () -> false)) {
            assertThat(Loop.small(() -> {
                                throw new AssertionError("a role was asked");
                            })
                            .run(run))
                    .isEqualTo(first);
        }
    }

    @Test
    void a_store_can_be_moved_between_two_starts() throws IOException {
        Store store = Store.open(folder.resolve("here").resolve("hone.db"));
        AtomicInteger left = new AtomicInteger(30);
        String id = cut(
                store,
                Loop.small(() -> {
                    if (left.getAndDecrement() == 0) {
                        throw new Cut();
                    }
                }),
                CutRunTest::nobody);
        assertThat(store.offered(id)).isNotEmpty();
        Files.move(folder.resolve("here"), folder.resolve("there"));
        Store moved = Store.open(folder.resolve("there").resolve("hone.db"));
        assertThat(finished(moved, id)).isEqualTo(whole);
        assertThat(moved.offered(id))
                .allSatisfy(offered ->
                        assertThat(offered.model().location().toString()).contains("/there/"));
    }

    @Test
    void time_is_counted_over_all_starts_by_phase() {
        Store store = Store.open(folder.resolve("time.db"));
        AtomicInteger left = new AtomicInteger(9);
        String id = cut(
                store,
                Loop.small(() -> {
                    sleep();
                    if (left.getAndDecrement() == 0) {
                        throw new Cut();
                    }
                }),
                CutRunTest::nobody);
        double before = seconds(store.phaseSeconds(id), Phase.SAMPLE);
        assertThat(before).isGreaterThan(0.05);
        try (RecordedRun run = store.resume(id, CutRunTest::nobody, () -> false)) {
            Loop.small(CutRunTest::sleep).run(run);
            assertThat(seconds(run.phaseSeconds(), Phase.SAMPLE)).isGreaterThan(before + 0.05);
            assertThat(seconds(run.phaseSeconds(), Phase.LEARN)).isBetween(0.12, 30.0);
            // the exam's samples are in the middle of the exam, and are not counted twice
            assertThat(seconds(run.phaseSeconds(), Phase.MEASURE)).isGreaterThan(0.18 * 2);
        }
    }

    @Test
    void the_most_memory_of_each_phase_is_on_record() {
        assumeThat(Path.of("/proc/self/status"))
                .as("only Linux tells a process what it holds")
                .isRegularFile();
        Store store = Store.open(folder.resolve("memory.db"));
        try (RecordedRun run = store.start(PLAN, CutRunTest::nobody, () -> false)) {
            Loop.small(() -> {}).run(run);
            assertThat(run.phaseMemory()).containsOnlyKeys(Phase.values()).allSatisfy((_, peak) -> {
                assertThat(peak.resident()).isGreaterThan(10_000_000);
                assertThat(peak.heap()).isGreaterThan(1_000_000);
                assertThat(peak.nativeBytes()).isBetween(0L, peak.resident());
            });
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
