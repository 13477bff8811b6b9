package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Report;
import dev.hone.run.HoneException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process of its own, killed without warning.
class KilledProcessTest {
    @TempDir
    private Path folder;

    /// Starts a run on the store that is named, and works slowly.
    static final class Child {
        public static void main(String[] arguments) {
            Store store = Store.open(Path.of(arguments[0]));
            try (RecordedRun run = store.start(CutRunTest.PLAN, _ -> {}, () -> false)) {
                new Loop(Child::rest, 12, 3, 1).run(run);
            }
        }

        private static void rest() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void killed_in_the_middle_a_run_is_seen_refused_to_others_and_then_resumed_to_the_same_end()
            throws IOException, InterruptedException {
        Store whole = Store.open(folder.resolve("whole.db"));
        String digest;
        List<Report> reports;
        try (RecordedRun run = whole.start(CutRunTest.PLAN, _ -> {}, () -> false)) {
            reports = new Loop(() -> {}, 12, 3, 1).run(run);
            digest = whole.digest(run.id());
        }
        Path file = folder.resolve("killed.db");
        Store store = Store.open(file);
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "child.log"))
                .start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (samples(store) < 15) {
                assertThat(child.isAlive()).as("see %s", folder).isTrue();
                assertThat(System.nanoTime()).as("the child is slow").isLessThan(deadline);
                Thread.sleep(10);
            }
            String id = store.runs().getFirst().id();
            assertThat(store.run(id).status())
                    .isInstanceOfSatisfying(
                            RunStatus.Running.class,
                            running -> assertThat(running.pid()).isEqualTo(child.pid()));
            assertThatThrownBy(() -> store.resume(id, _ -> {}, () -> false))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining("is being worked on by process " + child.pid());
            child.destroyForcibly().waitFor();

            assertThat(store.run(id).status()).isInstanceOf(RunStatus.Stopped.class);
            long before = samples(store);
            assertThat(before).isBetween(15L, 200L);
            try (RecordedRun run = store.resume(id, _ -> {}, () -> false)) {
                assertThat(new Loop(() -> {}, 12, 3, 1).run(run)).isEqualTo(reports);
            }
            assertThat(store.digest(id)).isEqualTo(digest);
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    private static long samples(Store store) {
        return store.runs().stream()
                .flatMap(run -> store.counts(run.id()).stream())
                .mapToLong(StepCount::samples)
                .sum();
    }
}
