package dev.hone.store;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What happened in every run, in one SQLite file; the runs' folders lie beside it. It may be read, by this
/// and other processes, while runs write to it.
///
/// Every method throws a [HoneException] of kind `STORAGE` if the file or the disk fails, and of kind
/// `SETTINGS` if a run is asked for that is not there.
public final class Store {
    private final Database database;
    private final RunTable runs;

    private Store(Database database) {
        this.database = database;
        this.runs = new RunTable(database.folder());
    }

    /// Opens the store, making the folder and the schema if they are not there, and bringing an older
    /// schema up to date.
    ///
    /// @param file on a local disk: SQLite's locks are not safe on a network folder
    /// @throws HoneException if it cannot be used: no rights, no SQLite file, locked, or written by a newer
    ///     Hone
    public static Store open(Path file) {
        return new Store(Database.open(file));
    }

    /// Starts a run, with a folder of its own.
    ///
    /// @param listener told of everything that happens, on the thread on which it happens
    /// @param stop asked at safe places; true ends the run there, to be resumed
    public RecordedRun start(RunPlan plan, Consumer<RunEvent> listener, BooleanSupplier stop) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        RunTable.Row row = write(writer -> runs.insert(writer, plan, now));
        return begin(row, listener, stop);
    }

    /// Goes on with a run that was stopped, failed or killed, with the settings that it was started with.
    ///
    /// @throws HoneException if it is done, or a living process works on it
    public RecordedRun resume(String id, Consumer<RunEvent> listener, BooleanSupplier stop) {
        RunTable.Row row = read(reader -> runs.find(reader, id));
        refuseIfDone(row.run());
        return begin(row, listener, stop);
    }

    private static void refuseIfDone(RunRecord run) {
        if (run.status() instanceof RunStatus.Done(Instant at)) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "run \"" + run.id() + "\" was finished at " + at.truncatedTo(ChronoUnit.SECONDS)
                            + "; only a run that was stopped, failed or killed can be resumed; \"hone runs show "
                            + run.id()
                            + "\" shows its result, \"hone improve\" starts another");
        }
    }

    private RecordedRun begin(RunTable.Row row, Consumer<RunEvent> listener, BooleanSupplier stop) {
        RunLock lock = lock(row.run());
        try {
            RunTable.Row current = write(writer -> {
                // Another process may have finished it before this one got the lock.
                refuseIfDone(runs.find(writer, row.run().id()).run());
                RunTable.running(writer, row.key(), Instant.now());
                return runs.find(writer, row.run().id());
            });
            return new RecordedRun(current, new Ledger(database, current), lock, listener, stop);
        } catch (HoneException e) {
            giveBack(lock, e);
            throw e;
        }
    }

    private static RunLock lock(RunRecord run) {
        try {
            Optional<RunLock> lock = RunLock.take(run.folder());
            return lock.orElseThrow(() -> new HoneException(
                    Kind.STORAGE,
                    "run \"" + run.id() + "\" is being worked on" + byWhom(run.status())
                            + "; one process at a time can; wait until it ends, or stop it first"));
        } catch (IOException e) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the folder \"" + run.folder() + "\" of run \"" + run.id() + "\" cannot be written to (" + e
                            + "); a run keeps its models there; change its rights, or move the store",
                    e);
        }
    }

    private static String byWhom(RunStatus status) {
        return status instanceof RunStatus.Running(long pid, Instant _) ? " by process " + pid : "";
    }

    private static void giveBack(RunLock lock, HoneException reason) {
        try {
            lock.close();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    /// All runs, the oldest first.
    public List<RunRecord> runs() {
        return read(runs::all);
    }

    /// @throws HoneException if there is none, naming the nearest
    public RunRecord run(String id) {
        return read(reader -> runs.find(reader, id)).run();
    }

    /// Every sample of a run as of now, right or wrong, with all verdicts and decisions, in the order in
    /// which they were drawn. Read as it is consumed; to be closed.
    public Stream<RecordedSample> samples(String id) {
        return SampleStream.open(database, reader -> runs.find(reader, id).key());
    }

    /// How many samples each step drew, how many were right and how many kept; steps in the order of their
    /// first row.
    public List<StepCount> counts(String id) {
        return about(id, Readings::counts);
    }

    /// How many samples and tokens each step of the method drew; what was drawn to measure is not among them.
    public List<DrawnStep> drawn(String id) {
        return about(id, Readings::drawn);
    }

    /// The reports of all finished exams.
    public List<ExaminedStep> reports(String id) {
        return about(id, (reader, run) -> new ReportTable(run).all(reader));
    }

    /// The health figures of each round, by name.
    public SortedMap<Integer, SortedMap<String, Double>> health(String id) {
        return about(id, Readings::health);
    }

    /// What was noted, in order.
    public List<RunEvent.Note> notes(String id) {
        return about(id, Readings::notes);
    }

    /// The models that the method offered, by round.
    public List<RunEvent.Offered> offered(String id) {
        return models(id, ModelTable::offered);
    }

    /// The verifiers that the method offered, in its order.
    public List<RunEvent.OfferedVerifier> verifiers(String id) {
        return models(id, (table, reader) -> new VerifierTable(table).all(reader));
    }

    /// What each finished learning step gave, with its losses.
    public List<LearnedStep> learned(String id) {
        return models(id, ModelTable::learned);
    }

    /// The seconds that a run's work took, over all its starts.
    public Map<Phase, Double> phaseSeconds(String id) {
        return about(id, Readings::phaseSeconds);
    }

    /// The most memory that the process held in each phase, over all starts; without the phases of which
    /// the system told nothing.
    public Map<Phase, PeakMemory> phaseMemory(String id) {
        return about(id, Readings::phaseMemory);
    }

    /// SHA-256 over all samples, verdicts and decisions in the order of the samples' ids; times, the run's
    /// id and the order of work play no part. Runs that went the same way have the same digest.
    public String digest(String id) {
        return about(id, Readings::digest);
    }

    /// A question about one run.
    @FunctionalInterface
    private interface Question<T> {
        T ask(Handle reader, long run) throws SQLException;
    }

    private <T> T about(String id, Question<T> question) {
        return read(reader -> question.ask(reader, runs.find(reader, id).key()));
    }

    private <T> T models(String id, BiFunction<ModelTable, Handle, T> question) {
        return read(reader -> {
            RunTable.Row row = runs.find(reader, id);
            return question.apply(new ModelTable(row.key(), row.run().folder()), reader);
        });
    }

    private <T> T read(Database.Work<T> work) {
        return database.read(work);
    }

    private <T> T write(Database.Work<T> work) {
        try (Handle writer = database.writer()) {
            return database.write(writer, work);
        }
    }
}
