package dev.hone.store;

import dev.hone.run.Step;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The rows of `step_figure`.
record StepFigureTable(long run) {

    /// @return nothing if none are on record
    SortedMap<String, Double> find(Handle handle, Step step, String what) {
        SortedMap<String, Double> figures = new TreeMap<>();
        handle.createQuery("""
                        SELECT f.name AS name, f.value AS value FROM step_figure f JOIN step s ON s.id = f.step_id
                        WHERE s.run_id = :run AND s.name = :name AND s.round = :round AND f.what = :what""")
                .bind("run", run)
                .bind("name", step.name())
                .bind("round", step.round())
                .bind("what", what)
                .map((row, _) -> figures.put(row.getString("name"), ReportTable.number(row, "value")))
                .list();
        return figures;
    }

    void insert(Handle writer, long step, String what, SortedMap<String, Double> figures) {
        figures.forEach((name, value) -> writer.createUpdate(
                        "INSERT INTO step_figure (step_id, what, name, value) VALUES (:step, :what, :name, :value)")
                .bind("step", step)
                .bind("what", what)
                .bind("name", name)
                .bind("value", value)
                .execute());
    }
}
