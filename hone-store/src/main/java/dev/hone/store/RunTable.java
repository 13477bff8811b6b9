package dev.hone.store;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;

/// The rows of `run`.
///
/// @param folder of the store; the runs' folders lie in it
record RunTable(Path folder) {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    /// Without those that are taken for one another.
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    /// A run and its key.
    record Row(long key, RunRecord run) {}

    Row insert(Handle handle, RunPlan plan, Instant now) {
        String id = STAMP.format(now) + "-" + letters();
        handle.createUpdate("""
                        INSERT INTO run (name, method, seed, settings, settings_version, hone_version, folder, started,
                                         status, ended, pid, heartbeat)
                        VALUES (:name, :method, :seed, :settings, :settingsVersion, :honeVersion, :name, :now,
                                'running', :now, :pid, :now)""")
                .bind("name", id)
                .bind("method", plan.method())
                .bind("seed", plan.seed())
                .bind("settings", plan.settings())
                .bind("settingsVersion", plan.settingsVersion())
                .bind("honeVersion", plan.honeVersion())
                .bind("now", now.toEpochMilli())
                .bind("pid", ProcessHandle.current().pid())
                .execute();
        return find(handle, id);
    }

    private static String letters() {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            letters.append(LETTERS.charAt(ThreadLocalRandom.current().nextInt(LETTERS.length())));
        }
        return letters.toString();
    }

    List<RunRecord> all(Handle handle) {
        return handle.createQuery("SELECT * FROM run ORDER BY name")
                .map((row, _) -> row(row).run())
                .list();
    }

    /// @throws HoneException if there is none, naming the nearest
    Row find(Handle handle, String id) {
        Optional<Row> row = handle.createQuery("SELECT * FROM run WHERE name = :name")
                .bind("name", id)
                .map((found, _) -> row(found))
                .findOne();
        return row.orElseThrow(() -> unknown(handle, id));
    }

    private static HoneException unknown(Handle handle, String id) {
        List<String> known =
                handle.createQuery("SELECT name FROM run").mapTo(String.class).list();
        String nearest = known.stream()
                .min(Comparator.comparingInt(
                                (String name) -> !id.isEmpty() && name.contains(id) ? 0 : distance(id, name))
                        .thenComparing(Comparator.reverseOrder()))
                .map(name -> "; did you mean \"" + name + "\"?")
                .orElse("; there are no runs yet, \"hone improve\" starts one;");
        return new HoneException(
                Kind.SETTINGS, "unknown run \"" + id + "\"" + nearest + " \"hone runs\" lists all " + known.size());
    }

    /// How many characters have to be put in, taken out or changed (Levenshtein).
    private static int distance(String from, String to) {
        int[] costs = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            costs[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = costs[0];
            costs[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.min(change, 1 + Math.min(costs[j], costs[j - 1]));
            }
        }
        return costs[to.length()];
    }

    private Row row(ResultSet row) throws SQLException {
        Path runFolder = folder.resolve(row.getString("folder"));
        RunPlan plan = new RunPlan(
                row.getString("method"),
                row.getLong("seed"),
                row.getString("settings"),
                row.getInt("settings_version"),
                row.getString("hone_version"));
        return new Row(
                row.getLong("id"),
                new RunRecord(
                        row.getString("name"),
                        plan,
                        runFolder,
                        Instant.ofEpochMilli(row.getLong("started")),
                        status(row, runFolder),
                        row.getString("headline")));
    }

    /// A run whose process was killed still says `running`; the lock tells.
    private static RunStatus status(ResultSet row, Path runFolder) throws SQLException {
        Instant ended = Instant.ofEpochMilli(row.getLong("ended"));
        String because = row.getString("because");
        return switch (row.getString("status")) {
            case "running" -> {
                Instant heartbeat = Instant.ofEpochMilli(row.getLong("heartbeat"));
                yield isAlive(runFolder)
                        ? new RunStatus.Running(row.getLong("pid"), heartbeat)
                        : new RunStatus.Stopped(heartbeat, "its process ended without a word");
            }
            case "stopped" -> new RunStatus.Stopped(ended, because);
            case "done" -> new RunStatus.Done(ended);
            case "failed" -> new RunStatus.Failed(ended, because);
            case String other ->
                throw new IllegalArgumentException("status \"" + other
                        + "\" is unknown; running, stopped, done and failed are known; the row was written by a newer"
                        + " Hone");
        };
    }

    private static boolean isAlive(Path runFolder) {
        try {
            return RunLock.isTaken(runFolder);
        } catch (IOException e) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the lock in \"" + runFolder + "\" cannot be read (" + e
                            + "); it tells whether a process works on the run; change the folder's rights",
                    e);
        }
    }

    static void running(Handle handle, long run, Instant now) {
        status(handle, run, "running", "", now);
        handle.createUpdate("UPDATE run SET pid = :pid, heartbeat = :now WHERE id = :run")
                .bind("pid", ProcessHandle.current().pid())
                .bind("now", now.toEpochMilli())
                .bind("run", run)
                .execute();
    }

    static void status(Handle handle, long run, String status, String because, Instant now) {
        handle.createUpdate("UPDATE run SET status = :status, because = :because, ended = :now WHERE id = :run")
                .bind("status", status)
                .bind("because", because)
                .bind("now", now.toEpochMilli())
                .bind("run", run)
                .execute();
    }

    static void headline(Handle handle, long run, String headline) {
        handle.createUpdate("UPDATE run SET headline = :headline WHERE id = :run")
                .bind("headline", headline)
                .bind("run", run)
                .execute();
    }

    static void heartbeat(Handle handle, long run, Instant now) {
        handle.createUpdate("UPDATE run SET heartbeat = :now WHERE id = :run")
                .bind("now", now.toEpochMilli())
                .bind("run", run)
                .execute();
    }
}
