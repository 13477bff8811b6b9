package dev.hone.store;

import dev.hone.data.Cost;
import dev.hone.data.Figure;
import dev.hone.data.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// The rows of `exam`, `figure` and `per_problem`.
record ReportTable(long run) {

    Optional<Report> find(Handle handle, String step, int round) {
        return all(handle).stream()
                .filter(each -> each.step().equals(step) && each.round() == round)
                .map(ExaminedStep::report)
                .findFirst();
    }

    List<ExaminedStep> all(Handle handle) {
        return handle.createQuery("""
                        SELECT e.*, s.name AS step, s.round AS round FROM exam e JOIN step s ON s.id = e.step_id
                        WHERE s.run_id = :run ORDER BY s.id""")
                .bind("run", run)
                .map((row, _) -> new ExaminedStep(row.getString("step"), row.getInt("round"), report(handle, row)))
                .list();
    }

    private static Report report(Handle handle, ResultSet row) throws SQLException {
        long step = row.getLong("step_id");
        List<Figure> figures = handle.createQuery("SELECT * FROM figure WHERE step_id = :step ORDER BY position")
                .bind("step", step)
                .map((figure, _) -> new Figure(
                        figure.getString("name"),
                        number(figure, "value"),
                        number(figure, "low"),
                        number(figure, "high"),
                        figure.getInt("n")))
                .list();
        Map<String, List<Double>> perProblem = handle
                .createQuery("SELECT * FROM per_problem WHERE step_id = :step")
                .bind("step", step)
                .map((values, _) ->
                        Map.entry(values.getString("figure"), TokenBlobs.doubles(values.getBytes("values"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Cost cost = new Cost(
                row.getLong("questions"),
                row.getLong("samples"),
                row.getLong("calls"),
                row.getLong("generated_tokens"));
        return new Report(row.getString("name"), row.getString("model"), figures, new TreeMap<>(perProblem), cost);
    }

    /// SQLite keeps what is not a number as NULL.
    static double number(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    void insert(Handle writer, long step, Report report) {
        writer.createUpdate("""
                        INSERT INTO exam (step_id, name, model, questions, samples, calls, generated_tokens)
                        VALUES (:step, :name, :model, :questions, :samples, :calls, :generatedTokens)""")
                .bind("step", step)
                .bind("name", report.exam())
                .bind("model", report.model())
                .bind("questions", report.cost().questions())
                .bind("samples", report.cost().samples())
                .bind("calls", report.cost().calls())
                .bind("generatedTokens", report.cost().generatedTokens())
                .execute();
        int position = 0;
        for (Figure figure : report.figures()) {
            writer.createUpdate("""
                            INSERT INTO figure (step_id, position, name, value, low, high, n)
                            VALUES (:step, :position, :name, :value, :low, :high, :n)""")
                    .bind("step", step)
                    .bind("position", position++)
                    .bind("name", figure.name())
                    .bind("value", figure.value())
                    .bind("low", figure.low())
                    .bind("high", figure.high())
                    .bind("n", figure.n())
                    .execute();
        }
        report.perProblem()
                .forEach((figure, values) -> writer.createUpdate(
                                "INSERT INTO per_problem (step_id, figure, \"values\") VALUES (:step, :figure, :values)")
                        .bind("step", step)
                        .bind("figure", figure)
                        .bind("values", TokenBlobs.doubles(values))
                        .execute());
    }
}
