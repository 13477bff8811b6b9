package dev.hone.store;

import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Where the recorded roles of one run write: its connection, its keys, its clock.
///
/// The lock protects the connection and the keys below; it is never held while a role works.
final class Ledger implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Database database;
    private final Handle handle;
    private final long run;
    private final String id;
    private final Path folder;
    private final SampleTable samples;
    private final Map<Place, Long> steps = new HashMap<>();
    private final Map<Place, Step> open = new LinkedHashMap<>();
    private final ResidentMemory memory = ResidentMemory.ofThisProcess();
    private long spent; // nanoseconds, by all roles

    private record Place(String name, int round) {}

    Ledger(Database database, RunTable.Row run) {
        this.database = database;
        this.handle = database.writer();
        this.run = run.key();
        this.id = run.run().id();
        this.folder = run.run().folder();
        this.samples = new SampleTable(this.run, this.id);
    }

    long run() {
        return run;
    }

    Path folder() {
        return folder;
    }

    SampleTable samples() {
        return samples;
    }

    /// All of `work` or nothing; what it puts on record survives the death of the process.
    <T> T commit(Database.Work<T> work) {
        lock.lock();
        boolean done = false;
        try {
            T result = database.write(handle, writer -> {
                T written = work.with(writer);
                RunTable.heartbeat(writer, run, Instant.now());
                return written;
            });
            done = true;
            return result;
        } finally {
            if (!done) { // keys of rows that are not there after all
                steps.clear();
                samples.forget();
            }
            lock.unlock();
        }
    }

    <T> T read(Database.Work<T> work) {
        lock.lock();
        try {
            return work.with(handle);
        } catch (SQLException | JdbiException e) {
            throw database.explained(e);
        } finally {
            lock.unlock();
        }
    }

    /// What was committed before survives the loss of power.
    void sync() {
        lock.lock();
        try {
            database.sync(handle, writer -> {
                RunTable.heartbeat(writer, run, Instant.now());
                return run;
            });
        } finally {
            lock.unlock();
        }
    }

    /// The key of a step, made if need be; only inside [#commit].
    long key(Handle writer, Step step) {
        return steps.computeIfAbsent(new Place(step.name(), step.round()), place -> {
            writer.createUpdate("INSERT OR IGNORE INTO step (run_id, name, round) VALUES (:run, :name, :round)")
                    .bind("run", run)
                    .bind("name", place.name())
                    .bind("round", place.round())
                    .execute();
            return writer.createQuery("SELECT id FROM step WHERE run_id = :run AND name = :name AND round = :round")
                    .bind("run", run)
                    .bind("name", place.name())
                    .bind("round", place.round())
                    .mapTo(Long.class)
                    .one();
        });
    }

    /// @throws IllegalArgumentException if the step is another run's
    void enter(Step step) {
        if (!step.run().equals(id)) {
            throw new IllegalArgumentException("a role recorded by run \"" + id + "\" was given a step of run \""
                    + step.run() + "\"; record the role with the run that uses it");
        }
        lock.lock();
        try {
            open.put(new Place(step.name(), step.round()), step);
        } finally {
            lock.unlock();
        }
    }

    /// Tells of the steps worked on since the last time that they are done.
    void leave() {
        Map<Place, Step> left;
        lock.lock();
        try {
            left = new LinkedHashMap<>(open);
            open.clear();
        } finally {
            lock.unlock();
        }
        left.values()
                .forEach(step -> step.events()
                        .accept(new RunEvent.StepDone(
                                step.name(), step.round(), read(reader -> seconds(reader, step)))));
    }

    private double seconds(Handle reader, Step step) {
        return reader.createQuery("""
                        SELECT coalesce(sum(seconds), 0.0) FROM spent JOIN step ON step.id = step_id
                        WHERE run_id = :run AND name = :name AND round = :round""")
                .bind("run", run)
                .bind("name", step.name())
                .bind("round", step.round())
                .mapTo(Double.class)
                .one();
    }

    /// Starts to count time, and to watch memory.
    Stint stint(Phase phase) {
        lock.lock();
        try {
            return new Stint(phase);
        } finally {
            lock.unlock();
        }
    }

    /// A stretch of time that one role works. What recorded roles inside it take is theirs.
    final class Stint {
        private final Phase phase;
        private long since;
        private long spentBefore;

        private Stint(Phase phase) {
            this.phase = phase;
            restart();
        }

        private void restart() {
            since = System.nanoTime();
            spentBefore = spent;
            memory.restart();
        }

        /// Adds the time since the start, or the last call, to the step, with the most memory that was held
        /// since the last stint began or was put on record; only inside [#commit].
        void spend(Handle writer, long step) {
            long nanos = Math.max(0, System.nanoTime() - since - (spent - spentBefore));
            writer.createUpdate("""
                            INSERT INTO spent (step_id, phase, seconds, resident, heap)
                            VALUES (:step, :phase, :seconds, :resident, :heap)
                            ON CONFLICT (step_id, phase) DO UPDATE SET seconds = seconds + excluded.seconds,
                              heap = iif(excluded.resident > resident, excluded.heap, heap),
                              resident = max(resident, excluded.resident)""")
                    .bind("step", step)
                    .bind("phase", phase.word())
                    .bind("seconds", nanos / 1e9)
                    .bind("resident", memory.peak())
                    .bind("heap", Runtime.getRuntime().totalMemory())
                    .execute();
            spent += nanos;
            restart();
        }

        /// Whether it is time to put the time spent on record.
        boolean isLong() {
            return System.nanoTime() - since > 2_000_000_000L;
        }
    }

    @Override
    public void close() {
        handle.close();
    }
}
