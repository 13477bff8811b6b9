package dev.hone.store;

import dev.hone.data.Problem;
import dev.hone.run.RunEvent;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Questions about one run that need more than a table's rows.
final class Readings {
    private Readings() {}

    /// Every phase is there, with 0 if nothing was spent on it.
    static Map<Phase, Double> phaseSeconds(Handle handle, long run) {
        Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) {
            seconds.put(phase, 0.0);
        }
        handle.createQuery("""
                        SELECT phase, sum(seconds) AS seconds FROM spent JOIN step ON step.id = step_id
                        WHERE run_id = :run GROUP BY phase""")
                .bind("run", run)
                .map((row, _) -> Map.entry(Phase.of(row.getString("phase")), row.getDouble("seconds")))
                .forEach(entry -> seconds.put(entry.getKey(), entry.getValue()));
        return seconds;
    }

    /// The phases of which something is known. SQLite takes `heap` from the row with the largest
    /// `resident`.
    static Map<Phase, PeakMemory> phaseMemory(Handle handle, long run) {
        Map<Phase, PeakMemory> memory = new EnumMap<>(Phase.class);
        handle.createQuery("""
                        SELECT phase, max(resident) AS resident, heap FROM spent JOIN step ON step.id = step_id
                        WHERE run_id = :run AND resident > 0 GROUP BY phase""")
                .bind("run", run)
                .map((row, _) -> Map.entry(
                        Phase.of(row.getString("phase")), new PeakMemory(row.getLong("resident"), row.getLong("heap"))))
                .forEach(entry -> memory.put(entry.getKey(), entry.getValue()));
        return memory;
    }

    static List<StepCount> counts(Handle handle, long run) {
        return handle.createQuery("""
                        SELECT p.name AS step, p.round AS round, count(*) AS samples,
                               sum(EXISTS (SELECT 1 FROM verdict v JOIN judge j ON j.id = v.judge_id
                                           WHERE v.sample_id = s.id AND j.role IN ('judge', 'examiner')
                                           AND v.kind = 'scored' AND v.value = 1)) AS right,
                               sum(coalesce((SELECT min(kept) FROM decision d
                                             WHERE d.sample_id = s.id AND d.step_id = p.id),
                                            (SELECT max(kept) FROM decision d WHERE d.sample_id = s.id), 0)) AS kept
                        FROM step p JOIN sample s ON s.step_id = p.id
                        WHERE p.run_id = :run GROUP BY p.id ORDER BY p.id""")
                .bind("run", run)
                .map((row, _) -> new StepCount(
                        row.getString("step"),
                        row.getInt("round"),
                        row.getLong("samples"),
                        row.getLong("right"),
                        row.getLong("kept")))
                .list();
    }

    /// Of the steps that count as [Phase#SAMPLE].
    static List<DrawnStep> drawn(Handle handle, long run) {
        Map<String, DrawnStep> drawn = new LinkedHashMap<>();
        handle.createQuery("""
                        SELECT p.name AS step, p.round AS round, s.authors AS authors
                        FROM step p JOIN sample s ON s.step_id = p.id
                        WHERE p.run_id = :run
                          AND EXISTS (SELECT 1 FROM spent WHERE step_id = p.id AND phase = :phase)
                        ORDER BY p.id""")
                .bind("run", run)
                .bind("phase", Phase.SAMPLE.word())
                .map((row, _) -> new DrawnStep(
                        row.getString("step"), row.getInt("round"), 1, TokenBlobs.drawn(row.getBytes("authors"))))
                .forEach(one ->
                        drawn.merge(one.step() + "/" + one.round(), one, (sum, more) -> sum.plus(more.tokens())));
        return List.copyOf(drawn.values());
    }

    static SortedMap<Integer, SortedMap<String, Double>> health(Handle handle, long run) {
        SortedMap<Integer, SortedMap<String, Double>> health = new TreeMap<>();
        record Figure(int round, String name, double value) {}
        handle.createQuery("SELECT round, name, value FROM health WHERE run_id = :run")
                .bind("run", run)
                .map((row, _) ->
                        new Figure(row.getInt("round"), row.getString("name"), ReportTable.number(row, "value")))
                .forEach(figure -> health.computeIfAbsent(figure.round(), _ -> new TreeMap<>())
                        .put(figure.name(), figure.value()));
        return health;
    }

    static List<RunEvent.Note> notes(Handle handle, long run) {
        return handle.createQuery("SELECT round, text FROM note WHERE run_id = :run ORDER BY id")
                .bind("run", run)
                .map((row, _) -> new RunEvent.Note(row.getInt("round"), row.getString("text")))
                .list();
    }

    static Map<Long, Problem> problems(Handle handle, long run) {
        Map<Long, Problem> problems = new HashMap<>();
        handle.createQuery("SELECT id, name, body FROM problem WHERE run_id = :run")
                .bind("run", run)
                .map((row, _) ->
                        Map.entry(row.getLong("id"), ProblemJson.read(row.getString("name"), row.getString("body"))))
                .forEach(entry -> problems.put(entry.getKey(), entry.getValue()));
        return problems;
    }

    /// Over samples, verdicts and decisions, by sample id; keys and times play no part.
    static String digest(Handle handle, long run) throws SQLException {
        Sha256 hash = new Sha256();
        add(hash, handle, run, """
                SELECT s.name, p.name, s.text, s.ids, s.log_probs, s.authors, s.finish, s.detail,
                       t.name, t.round, g.model, g.temperature, g.max_tokens, g.hint || g.sampling_more || coalesce(h.messages, ''),
                       f.parent || coalesce(hex(f.text), ''), f.ids, f.log_probs, f.authors, p.body
                FROM sample s CROSS JOIN problem p ON p.id = s.problem_id CROSS JOIN step t ON t.id = s.step_id
                CROSS JOIN setting g ON g.id = s.setting_id
                LEFT JOIN fork f ON f.sample_id = s.id LEFT JOIN hint h ON h.sample_id = s.id
                WHERE s.run_id = ? ORDER BY s.name""");
        add(hash, handle, run, """
                SELECT s.name, t.name, t.round, j.role, j.name, v.kind, v.value, v.because
                FROM sample s CROSS JOIN verdict v ON v.sample_id = s.id CROSS JOIN step t ON t.id = v.step_id
                CROSS JOIN judge j ON j.id = v.judge_id
                WHERE s.run_id = ? ORDER BY s.name, t.name, t.round, j.role, j.name""");
        add(hash, handle, run, """
                SELECT s.name, t.name, t.round, d.role, d.kept, d.because
                FROM sample s CROSS JOIN decision d ON d.sample_id = s.id CROSS JOIN step t ON t.id = d.step_id
                WHERE s.run_id = ? ORDER BY s.name, t.name, t.round, d.role""");
        return hash.hex();
    }

    private static void add(Sha256 hash, Handle handle, long run, String sql) throws SQLException {
        try (PreparedStatement query = handle.getConnection().prepareStatement(sql)) {
            query.setLong(1, run);
            try (ResultSet rows = query.executeQuery()) {
                int columns = rows.getMetaData().getColumnCount();
                long count = 0;
                while (rows.next()) {
                    for (int i = 1; i <= columns; i++) {
                        switch (rows.getObject(i)) {
                            case null -> hash.add("null");
                            case byte[] bytes -> hash.add("bytes").add(bytes);
                            case Double number -> hash.add("double").add(number.doubleValue());
                            case Number number -> hash.add("integer").add(number.longValue());
                            case Object text -> hash.add("text").add(text.toString());
                        }
                    }
                    count++;
                }
                hash.add(count);
            }
        }
    }
}
