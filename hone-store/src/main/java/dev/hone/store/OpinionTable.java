package dev.hone.store;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The rows of `verdict` and `decision`: what is said of samples. One row a sample, step and role.
///
/// @param role the name that the judge or selector was recorded under
record OpinionTable(Ledger ledger, String role) {
    private static final String INSERT_VERDICT = """
            INSERT INTO verdict (sample_id, step_id, judge_id, kind, value, because)
            SELECT id, ?, ?, ?, ?, ? FROM sample WHERE run_id = ? AND name = ? AND text = ?
            ON CONFLICT (sample_id, step_id, judge_id) DO UPDATE
            SET kind = excluded.kind, value = excluded.value, because = excluded.because""";

    private static final String INSERT_DECISION = """
            INSERT INTO decision (sample_id, step_id, role, kept, because)
            SELECT id, ?, ?, ?, ? FROM sample WHERE run_id = ? AND name = ? AND text = ?
            ON CONFLICT (sample_id, step_id, role) DO UPDATE
            SET kept = excluded.kept, because = excluded.because""";

    private static final String VERDICTS = """
            SELECT s.name AS name, j.name AS judge, v.kind AS kind, v.value AS value, v.because AS because
            FROM step p CROSS JOIN sample s CROSS JOIN verdict v ON v.sample_id = s.id AND v.step_id = p.id
            CROSS JOIN judge j ON j.id = v.judge_id
            WHERE p.run_id = ? AND p.name = ? AND p.round = ? AND j.role = ? AND s.run_id = p.run_id AND s.name IN\s""";

    private static final String DECISIONS = """
            SELECT s.name AS name, d.kept AS kept, d.because AS because
            FROM step p CROSS JOIN sample s CROSS JOIN decision d ON d.sample_id = s.id AND d.step_id = p.id
            WHERE p.run_id = ? AND p.name = ? AND p.round = ? AND d.role = ? AND s.run_id = p.run_id AND s.name IN\s""";

    /// Fills in one row of a batch.
    @FunctionalInterface
    private interface RowWriter<T> {
        void write(PreparedStatement row, T value) throws SQLException;
    }

    /// @return a verdict for each sample in order, or nothing unless there is one for all of them
    List<Judged> verdicts(Step step, List<Sample> samples) {
        record Said(String judge, Verdict verdict) {}
        Map<String, Said> said = new HashMap<>();
        read(
                VERDICTS,
                step,
                samples,
                row -> said.put(row.getString("name"), new Said(row.getString("judge"), verdict(row))));
        if (samples.stream().anyMatch(sample -> !said.containsKey(sample.id()))) {
            return List.of();
        }
        List<Judged> judged = new ArrayList<>(samples.size());
        for (Sample sample : samples) {
            Said each = said.get(sample.id());
            if (each != null) {
                judged.add(new Judged(sample, each.judge(), each.verdict()));
            }
        }
        return judged;
    }

    /// @return a decision for each in order, or nothing unless there is one for all of them
    List<Decision> decisions(Step step, List<Judged> judged) {
        record Made(Fate fate, String because) {}
        Map<String, Made> made = new HashMap<>();
        read(
                DECISIONS,
                step,
                judged.stream().map(Judged::sample).toList(),
                row -> made.put(row.getString("name"), new Made(fate(row), row.getString("because"))));
        if (judged.stream().anyMatch(each -> !made.containsKey(each.sample().id()))) {
            return List.of();
        }
        List<Decision> decisions = new ArrayList<>(judged.size());
        for (Judged each : judged) {
            Made one = made.get(each.sample().id());
            if (one != null) {
                decisions.add(new Decision(each, one.fate(), one.because()));
            }
        }
        return decisions;
    }

    private void read(String sql, Step step, List<Sample> samples, SampleTable.RowReader reader) {
        List<Object> parameters = List.of(ledger.run(), step.name(), step.round(), role);
        List<String> names = samples.stream().map(Sample::id).distinct().toList();
        ledger.read(handle -> {
            // Mostly there is none at all, which the first sample tells.
            int[] rows = new int[1];
            SampleTable.byName(handle, sql, parameters, names.subList(0, Math.min(1, names.size())), _ -> rows[0]++);
            if (rows[0] > 0) {
                SampleTable.byName(handle, sql, parameters, names, reader);
            }
            return rows[0];
        });
    }

    /// Only inside [Ledger#commit].
    void insertVerdicts(Handle writer, long step, List<Judged> judged) throws SQLException {
        Map<String, Long> judges = new HashMap<>();
        for (Judged each : judged) {
            judges.computeIfAbsent(each.judge(), name -> judge(writer, name));
        }
        insert(writer, step, INSERT_VERDICT, judged, Judged::sample, (row, each) -> {
            row.setLong(1, step);
            row.setObject(2, judges.get(each.judge()));
            switch (each.verdict()) {
                case Verdict.Scored(double value, String _) -> {
                    row.setString(3, "scored");
                    row.setDouble(4, value);
                }
                case Verdict.Rewarded(double logit, String _) -> {
                    row.setString(3, "rewarded");
                    row.setDouble(4, logit);
                }
                case Verdict.Stepwise(List<Double> steps, String _) -> {
                    row.setString(3, "stepwise");
                    row.setString(
                            4,
                            steps.stream().map(value -> Double.toString(value)).collect(Collectors.joining(" ")));
                }
                case Verdict.Unjudged _ -> {
                    row.setString(3, "unjudged");
                    row.setNull(4, Types.DOUBLE);
                }
            }
            row.setString(5, each.verdict().because());
            about(row, 6, each.sample());
        });
    }

    /// Only inside [Ledger#commit].
    void insertDecisions(Handle writer, long step, List<Decision> decisions) throws SQLException {
        insert(writer, step, INSERT_DECISION, decisions, each -> each.judged().sample(), (row, each) -> {
            row.setLong(1, step);
            row.setString(2, role);
            row.setInt(3, each.isKept() ? 1 : 0);
            row.setString(4, each.because());
            about(row, 5, each.judged().sample());
        });
    }

    private void about(PreparedStatement row, int column, Sample sample) throws SQLException {
        row.setLong(column, ledger.run());
        row.setString(column + 1, sample.id());
        SampleTable.text(row, column + 2, sample.text());
    }

    /// Samples that no recorded generator drew (made by a method out of others) are put on record first.
    private <T> void insert(
            Handle writer, long step, String sql, List<T> values, Function<T, Sample> sample, RowWriter<T> rowWriter)
            throws SQLException {
        List<T> left = tryInsert(writer, sql, values, rowWriter);
        if (left.isEmpty()) {
            return;
        }
        Map<String, Sample> unknown = new LinkedHashMap<>();
        left.forEach(value -> unknown.putIfAbsent(sample.apply(value).id(), sample.apply(value)));
        SampleTable.byName(
                writer,
                "SELECT name, text FROM sample WHERE run_id = ? AND name IN ",
                List.of(ledger.run()),
                List.copyOf(unknown.keySet()),
                row -> {
                    throw Misfit.of(
                            ledger.samples().runId(), row.getString("name"), "text", SampleTable.text(row, "text"));
                });
        ledger.samples().insert(writer, step, List.copyOf(unknown.values()));
        tryInsert(writer, sql, left, rowWriter);
    }

    private static <T> List<T> tryInsert(Handle writer, String sql, List<T> values, RowWriter<T> rowWriter)
            throws SQLException {
        List<T> left = new ArrayList<>();
        try (PreparedStatement rows = writer.getConnection().prepareStatement(sql)) {
            for (T value : values) {
                rowWriter.write(rows, value);
                if (rows.executeUpdate() == 0) {
                    left.add(value);
                }
            }
        }
        return left;
    }

    private long judge(Handle writer, String name) {
        writer.createUpdate("INSERT OR IGNORE INTO judge (run_id, role, name) VALUES (:run, :role, :name)")
                .bind("run", ledger.run())
                .bind("role", role)
                .bind("name", name)
                .execute();
        return writer.createQuery("SELECT id FROM judge WHERE run_id = :run AND role = :role AND name = :name")
                .bind("run", ledger.run())
                .bind("role", role)
                .bind("name", name)
                .mapTo(Long.class)
                .one();
    }

    static Verdict verdict(ResultSet row) throws SQLException {
        String because = row.getString("because");
        String kind = row.getString("kind");
        return switch (kind) {
            case "scored" -> new Verdict.Scored(row.getDouble("value"), because);
            case "rewarded" -> new Verdict.Rewarded(row.getDouble("value"), because);
            case "stepwise" ->
                new Verdict.Stepwise(
                        Arrays.stream(row.getString("value").split(" ", -1))
                                .map(Double::valueOf)
                                .toList(),
                        because);
            case "unjudged" -> new Verdict.Unjudged(because);
            default -> throw new IllegalStateException("the schema allows no verdict of kind \"" + kind + "\"");
        };
    }

    static Fate fate(ResultSet row) throws SQLException {
        return row.getInt("kept") == 1 ? Fate.KEPT : Fate.DROPPED;
    }
}
