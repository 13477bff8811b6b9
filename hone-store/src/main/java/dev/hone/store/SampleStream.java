package dev.hone.store;

import dev.hone.data.Problem;
import dev.hone.run.HoneException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Reads a run's samples step by step, with what was said of them: three cursors in the order of the samples' keys,
/// so that memory does not grow with the run.
final class SampleStream implements Iterator<RecordedSample>, AutoCloseable {
    private static final String SAMPLES =
            "SELECT " + SampleTable.COLUMNS + " FROM " + SampleTable.TABLES + " WHERE s.step_id = ? ORDER BY s.id";

    private static final String VERDICTS = """
            SELECT v.sample_id AS sample_id, t.name AS step, t.round AS round, j.role AS role, j.name AS judge,
                   v.kind AS kind, v.value AS value, v.because AS because
            FROM sample s CROSS JOIN verdict v ON v.sample_id = s.id CROSS JOIN step t ON t.id = v.step_id
            CROSS JOIN judge j ON j.id = v.judge_id
            WHERE s.step_id = ? ORDER BY s.id, v.step_id, v.judge_id""";

    private static final String DECISIONS = """
            SELECT d.sample_id AS sample_id, t.name AS step, t.round AS round, d.role AS role, d.kept AS kept,
                   d.because AS because
            FROM sample s CROSS JOIN decision d ON d.sample_id = s.id CROSS JOIN step t ON t.id = d.step_id
            WHERE s.step_id = ? ORDER BY s.id, d.step_id, d.role""";

    private final Database database;
    private final Handle handle;
    private final Map<Long, Problem> problems;
    private final Deque<Place> places;
    private final Deque<OpenStep> open = new ArrayDeque<>(); // at most one

    private record Place(long key, String step, int round) {}

    private SampleStream(Database database, Handle handle, long run) {
        this.database = database;
        this.handle = handle;
        this.problems = Readings.problems(handle, run);
        this.places =
                new ArrayDeque<>(handle.createQuery("SELECT id, name, round FROM step WHERE run_id = :run ORDER BY id")
                        .bind("run", run)
                        .map((row, _) -> new Place(row.getLong("id"), row.getString("name"), row.getInt("round")))
                        .list());
    }

    /// The samples of a run at this moment; to be closed.
    static Stream<RecordedSample> open(Database database, ToLongFunction<Handle> run) {
        Handle handle = database.reader();
        try {
            SampleStream samples = new SampleStream(database, handle, run.applyAsLong(handle));
            return StreamSupport.stream(
                            Spliterators.spliteratorUnknownSize(samples, Spliterator.ORDERED | Spliterator.NONNULL),
                            false)
                    .onClose(samples::close);
        } catch (HoneException e) {
            handle.rollback().close();
            throw e;
        } catch (JdbiException e) {
            handle.close();
            throw database.explained(e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            while (true) {
                OpenStep step = open.peek();
                if (step != null) {
                    if (step.samples.isThere()) {
                        return true;
                    }
                    open.pop().close();
                }
                Place next = places.poll();
                if (next == null) {
                    return false;
                }
                open.push(new OpenStep(next));
            }
        } catch (SQLException e) {
            throw database.explained(e);
        }
    }

    @Override
    public RecordedSample next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the run has no more samples");
        }
        try {
            return open.getFirst().next();
        } catch (SQLException e) {
            throw database.explained(e);
        }
    }

    @Override
    public void close() {
        try {
            while (!open.isEmpty()) {
                open.pop().close();
            }
            handle.rollback().close();
        } catch (SQLException | JdbiException e) {
            throw database.explained(e);
        }
    }

    /// Rows in the order of their samples' keys.
    private static final class Cursor {
        private final PreparedStatement query;
        private final ResultSet rows;
        private boolean there;

        Cursor(Handle handle, String sql, long step) throws SQLException {
            query = handle.getConnection().prepareStatement(sql);
            query.setLong(1, step);
            rows = query.executeQuery();
            there = rows.next();
        }

        boolean isThere() {
            return there;
        }

        boolean isAbout(long sample) throws SQLException {
            return there && rows.getLong("sample_id") == sample;
        }

        void advance() throws SQLException {
            there = rows.next();
        }

        void close() throws SQLException {
            query.close(); // its rows with it
        }
    }

    /// The cursors of one step.
    private final class OpenStep {
        private final Place place;
        private final Cursor samples;
        private final Cursor verdicts;
        private final Cursor decisions;

        OpenStep(Place place) throws SQLException {
            this.place = place;
            this.samples = new Cursor(handle, SAMPLES, place.key());
            this.verdicts = new Cursor(handle, VERDICTS, place.key());
            this.decisions = new Cursor(handle, DECISIONS, place.key());
        }

        RecordedSample next() throws SQLException {
            long key = samples.rows.getLong("id");
            Problem problem = problems.get(samples.rows.getLong("problem_id"));
            if (problem == null) {
                throw new IllegalStateException("a foreign key points to the problem of every sample");
            }
            RecordedSample next = new RecordedSample(
                    SampleTable.sample(samples.rows, problem),
                    place.step(),
                    place.round(),
                    judgements(key),
                    choices(key));
            samples.advance();
            return next;
        }

        private List<RecordedSample.Judgement> judgements(long sample) throws SQLException {
            List<RecordedSample.Judgement> judgements = new ArrayList<>();
            for (; verdicts.isAbout(sample); verdicts.advance()) {
                ResultSet row = verdicts.rows;
                judgements.add(new RecordedSample.Judgement(
                        row.getString("step"),
                        row.getInt("round"),
                        row.getString("role"),
                        row.getString("judge"),
                        OpinionTable.verdict(row)));
            }
            return judgements;
        }

        private List<RecordedSample.Choice> choices(long sample) throws SQLException {
            List<RecordedSample.Choice> choices = new ArrayList<>();
            for (; decisions.isAbout(sample); decisions.advance()) {
                ResultSet row = decisions.rows;
                choices.add(new RecordedSample.Choice(
                        row.getString("step"),
                        row.getInt("round"),
                        row.getString("role"),
                        OpinionTable.fate(row),
                        row.getString("because")));
            }
            return choices;
        }

        void close() throws SQLException {
            samples.close();
            verdicts.close();
            decisions.close();
        }
    }
}
