package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hone.data.Hint;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import dev.hone.testkit.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    private Path folder;

    private static void nobody(RunEvent event) {}

    private static RecordedRun start(Store store) {
        return store.start(CutRunTest.PLAN, StoreTest::nobody, () -> false);
    }

    private static RecordedRun resume(Store store, String id) {
        return store.resume(id, StoreTest::nobody, () -> false);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(Kind kind, ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HoneException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void a_store_that_is_not_there_is_made_with_its_folder() {
        Store store = Store.open(folder.resolve("a").resolve("b").resolve("hone.db"));
        assertThat(store.runs()).isEmpty();
        assertThat(folder.resolve("a").resolve("b").resolve("hone.db")).isRegularFile();
    }

    @Test
    void the_known_version_is_that_of_the_last_migration() throws IOException {
        Path file = folder.resolve("hone.db");
        Store.open(file);
        int last = Jdbi.create("jdbc:sqlite:" + file)
                .withHandle(
                        handle -> handle.createQuery("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history")
                                .mapTo(Integer.class)
                                .one());
        assertThat(last).isEqualTo(Database.VERSION);
    }

    @Test
    void a_store_of_version_1_is_brought_up_to_date_and_its_samples_are_read() {
        Path file = folder.resolve("hone.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:dev/hone/store/schema")
                .target("1")
                .load()
                .migrate();
        Problem problem = Problems.numbered(1).getFirst();
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> {
            handle.execute(
                    "INSERT INTO run VALUES (1, 'old', 'star', 7, '', 1, '0.1', 'old', 0, 'done', 0, '', '', 1, 0)");
            handle.execute("INSERT INTO step VALUES (1, 1, 'sample', 1)");
            handle.execute("INSERT INTO problem VALUES (1, 1, ?, x'00', ?)", problem.id(), ProblemJson.write(problem));
            handle.execute(
                    "INSERT INTO setting VALUES (5, 1, 'base', 0.5, 20, 'none'), (6, 1, 'base', 1, 20, 'shown')");
            for (int i = 1; i <= 3; i++) {
                handle.execute(
                        "INSERT INTO sample VALUES (?, 1, 1, 1, ?, ?, 'x', x'', x'', x'', 'stopped', NULL)",
                        i,
                        i == 3 ? 6 : 5,
                        "s" + i);
            }
            handle.execute("INSERT INTO fork VALUES (2, 's1', x'', x'', x'')");
        });
        Store store = Store.open(file);
        List<Sample> read;
        try (Stream<RecordedSample> samples = store.samples("old")) {
            read = samples.map(RecordedSample::sample).toList();
        }
        assertThat(read)
                .extracting(Sample::sampling)
                .containsExactly(new Sampling(0.5, 20), new Sampling(0.5, 20), new Sampling(1, 20));
        assertThat(read)
                .extracting(Sample::origin)
                .containsExactly(new Origin.Fresh(), new Origin.Forked("s1", Tokens.empty()), new Origin.Fresh());
        assertThat(read)
                .extracting(Sample::hint)
                .containsExactly(Hint.NONE, Hint.NONE, new Hint.Shown(problem.prompt()));
        Jdbi.create("jdbc:sqlite:" + file)
                .useHandle(handle -> assertThat(handle.createQuery("PRAGMA foreign_key_check")
                                .mapToMap()
                                .list())
                        .isEmpty());
    }

    /// A store that was made with it would be refused or lack what changed: what is new is a migration of its own.
    @Test
    void a_migration_that_was_given_out_never_changes() throws IOException {
        List<Long> known = List.of(
                2832983896L,
                3668460353L,
                2172124513L,
                1877816471L,
                2464077515L,
                3697818084L,
                1920846311L,
                705711229L,
                2624151735L);
        Path schema = Path.of("src/main/resources/dev/hone/store/schema");
        List<Long> sums = new ArrayList<>();
        try (Stream<Path> files = Files.list(schema)) {
            for (Path file : files.sorted().toList()) {
                var sum = new CRC32();
                sum.update(Files.readAllBytes(file));
                sums.add(sum.getValue());
            }
        }
        assertThat(sums).isEqualTo(known);
    }

    @Test
    void figures_of_a_step_that_do_not_say_what_they_are_of_make_room_for_those_that_do() {
        Path file = folder.resolve("hone.db");
        Flyway.configure()
                .dataSource("jdbc:sqlite:" + file, null, null)
                .locations("classpath:dev/hone/store/schema")
                .target("8")
                .load()
                .migrate();
        Jdbi old = Jdbi.create("jdbc:sqlite:" + file);
        old.useHandle(handle -> {
            handle.execute(
                    "INSERT INTO run VALUES (1, 'old', 'star', 7, '', 1, '0.1', 'old', 0, 'stopped', 0, '', '', 1, 0)");
            handle.execute("INSERT INTO step VALUES (1, 1, 'sample', 1)");
            handle.execute("INSERT INTO step_figure VALUES (1, 'gap', 0.5)");
        });
        assertThat(Store.open(file).runs()).hasSize(1);
        old.useHandle(handle -> {
            handle.execute("INSERT INTO step_figure VALUES (1, 'first', 'gap', 0.5), (1, 'second', 'gap', 0.25)");
            assertThat(handle.createQuery("SELECT count(*) FROM step_figure")
                            .mapTo(Integer.class)
                            .one())
                    .isEqualTo(2);
        });
    }

    @Test
    void a_newer_schema_is_refused_with_both_versions() {
        Path file = folder.resolve("hone.db");
        Store.open(file);
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> handle.execute("""
                INSERT INTO flyway_schema_history (installed_rank, version, description, type, script, checksum,
                                                   installed_by, installed_on, execution_time, success)
                VALUES (99, '97', 'later', 'SQL', 'V97__later.sql', 0, '', '', 0, 1)"""));
        assertRefused(Kind.STORAGE, () -> Store.open(file))
                .hasMessageContainingAll("version 97", "up to " + Database.VERSION, "run the newer Hone");
    }

    @Test
    void a_file_that_is_no_database_is_refused() throws IOException {
        Path file = Files.writeString(folder.resolve("hone.db"), "Dear diary, today I learned nothing. ".repeat(99));
        assertRefused(Kind.STORAGE, () -> Store.open(file))
                .hasMessageContainingAll("hone.db", "not a SQLite database", "give another file name");
        assertThat(file).content().startsWith("Dear diary");
    }

    @Test
    void a_database_of_another_program_is_refused() {
        Path file = folder.resolve("hone.db");
        Jdbi.create("jdbc:sqlite:" + file).useHandle(handle -> handle.execute("CREATE TABLE recipe (soup TEXT)"));
        assertRefused(Kind.STORAGE, () -> Store.open(file)).hasMessageContaining("another program");
    }

    @Test
    void a_folder_is_no_store() {
        assertRefused(Kind.STORAGE, () -> Store.open(folder)).hasMessageContaining("is a folder");
    }

    @Test
    void a_folder_that_cannot_be_made_is_named() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("file"));
        assertRefused(Kind.STORAGE, () -> Store.open(inTheWay.resolve("sub").resolve("hone.db")))
                .hasMessageContainingAll("cannot be written to", "choose another folder");
    }

    @Test
    void a_folder_without_rights_is_named() throws IOException {
        Path closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        assumeThat(Files.isWritable(closed))
                .as("this user (root?) may write everywhere")
                .isFalse();
        assertRefused(Kind.STORAGE, () -> Store.open(closed.resolve("hone.db")))
                .hasMessageContaining("cannot be written to");
    }

    @Test
    void a_locked_store_is_told_from_a_broken_one() throws Exception {
        Path file = folder.resolve("hone.db");
        Store.open(file);
        try (var holder = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = holder.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            Database database = Database.open(file, Duration.ofMillis(50));
            try (var writer = database.writer()) {
                assertRefused(Kind.STORAGE, () -> database.write(writer, handle -> handle.execute("DELETE FROM run")))
                        .hasMessageContainingAll("locked by another process", "try again");
            }
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void a_full_disk_says_so_and_what_was_committed_stays() {
        Path file = folder.resolve("hone.db");
        Store.open(file);
        Database database = Database.open(file);
        try (var writer = database.writer()) {
            database.write(writer, handle -> handle.execute("CREATE TABLE filling (bytes BLOB)"));
            database.write(writer, handle -> handle.execute("INSERT INTO filling VALUES (zeroblob(5000))"));
            writer.execute("PRAGMA max_page_count = 1"); // SQLite takes the present size for it
            assertRefused(
                            Kind.STORAGE,
                            () -> database.write(
                                    writer, handle -> handle.execute("INSERT INTO filling VALUES (zeroblob(500000))")))
                    .hasMessageContainingAll("is full", "free some", "nothing that was committed is lost");
        }
        int rows = database.read(reader -> reader.createQuery("SELECT count(*) FROM filling")
                .mapTo(Integer.class)
                .one());
        assertThat(rows).isEqualTo(1);
    }

    @Test
    void two_that_open_a_new_store_at_once_both_get_it() throws InterruptedException, ExecutionException {
        Path file = folder.resolve("hone.db");
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Store>> stores = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() -> Store.open(file)))
                    .toList();
            for (Future<Store> store : stores) {
                assertThat(store.get().runs()).isEmpty();
            }
        }
    }

    @Test
    void a_run_is_listed_with_all_that_it_was_started_with() {
        Store store = Store.open(folder.resolve("hone.db"));
        Instant before = Instant.now().minusMillis(1);
        try (RecordedRun run = start(store)) {
            assertThat(run.id()).matches("\\d{8}-\\d{6}-[a-z2-9]{4}");
            RunRecord record = store.run(run.id());
            assertThat(record.plan()).isEqualTo(CutRunTest.PLAN);
            assertThat(record.started()).isBetween(before, Instant.now());
            assertThat(record.folder()).isEqualTo(run.folder()).isDirectory();
            assertThat(record.status())
                    .isInstanceOfSatisfying(
                            RunStatus.Running.class,
                            running -> assertThat(running.pid())
                                    .isEqualTo(ProcessHandle.current().pid()));
            assertThat(store.runs()).extracting(RunRecord::id).containsExactly(run.id());
        }
        assertThat(store.runs()).extracting(run -> run.status().word()).containsExactly("stopped");
    }

    @Test
    void a_finished_run_has_its_headline_and_is_not_resumed() {
        Store store = Store.open(folder.resolve("hone.db"));
        String id;
        try (RecordedRun run = start(store)) {
            id = run.id();
            run.finish("12% to 34%");
        }
        assertThat(store.run(id).headline()).isEqualTo("12% to 34%");
        assertThat(store.run(id).status()).isInstanceOf(RunStatus.Done.class);
        assertRefused(Kind.SETTINGS, () -> resume(store, id))
                .hasMessageContainingAll(id, "was finished at", "can be resumed", "hone runs show " + id);
    }

    @Test
    void a_failed_run_keeps_its_reason_and_can_be_resumed() {
        Store store = Store.open(folder.resolve("hone.db"));
        String id;
        try (RecordedRun run = start(store)) {
            id = run.id();
            run.fail("the disk is full");
        }
        assertThat(store.run(id).status())
                .isInstanceOfSatisfying(
                        RunStatus.Failed.class,
                        failed -> assertThat(failed.because()).isEqualTo("the disk is full"));
        try (RecordedRun _ = resume(store, id)) {
            assertThat(store.run(id).status()).isInstanceOf(RunStatus.Running.class);
        }
    }

    @Test
    void an_unknown_run_is_answered_with_the_nearest_and_how_to_list() {
        Store store = Store.open(folder.resolve("hone.db"));
        assertRefused(Kind.SETTINGS, () -> store.run("k3f9")).hasMessageContaining("there are no runs yet");
        String id;
        try (RecordedRun run = start(store)) {
            id = run.id();
        }
        String shouted = id.substring(0, id.length() - 1).toUpperCase(Locale.ROOT);
        assertRefused(Kind.SETTINGS, () -> store.run(shouted))
                .hasMessageContainingAll(
                        "unknown run \"" + shouted + "\"", "did you mean \"" + id + "\"?", "\"hone runs\" lists all 1");
        assertRefused(Kind.SETTINGS, () -> store.digest(id.substring(16))).hasMessageContaining(id);
        assertRefused(Kind.SETTINGS, () -> store.samples("none")).hasMessageContaining(id);
    }

    @Test
    void the_same_run_is_not_worked_on_twice_in_one_process_either() {
        Store store = Store.open(folder.resolve("hone.db"));
        try (RecordedRun run = start(store)) {
            assertRefused(Kind.STORAGE, () -> resume(Store.open(folder.resolve("hone.db")), run.id()))
                    .hasMessageContainingAll("is being worked on by process "
                            + ProcessHandle.current().pid());
            assertRefused(Kind.STORAGE, () -> resume(store, run.id())).hasMessageContaining("one process at a time");
            run.tell(new RunEvent.Note(1, "still alive"));
            assertThat(store.notes(run.id())).containsExactly(new RunEvent.Note(1, "still alive"));
        }
    }

    @Test
    void two_runs_write_to_one_store_at_once() throws InterruptedException, ExecutionException {
        Store store = Store.open(folder.resolve("hone.db"));
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<String>> digests = IntStream.range(0, 3)
                    .mapToObj(_ -> threads.submit(() -> {
                        try (RecordedRun run = start(store)) {
                            Loop.small(() -> {}).run(run);
                            run.finish("");
                            return store.digest(run.id());
                        }
                    }))
                    .toList();
            String first = digests.getFirst().get();
            for (Future<String> digest : digests) {
                assertThat(digest.get()).isEqualTo(first);
            }
        }
        assertThat(store.runs()).hasSize(3);
    }
}
