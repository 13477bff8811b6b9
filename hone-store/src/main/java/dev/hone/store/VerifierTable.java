package dev.hone.store;

import dev.hone.data.Verifier;
import dev.hone.run.RunEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The rows of `verifier`.
record VerifierTable(ModelTable models) {

    /// In the order in which they were offered.
    List<RunEvent.OfferedVerifier> all(Handle handle) {
        return handle.createQuery("SELECT * FROM verifier WHERE run_id = :run ORDER BY id")
                .bind("run", models.run())
                .map((row, _) ->
                        new RunEvent.OfferedVerifier(row.getInt("round"), row.getString("name"), verifier(handle, row)))
                .list();
    }

    private Verifier verifier(Handle handle, ResultSet row) throws SQLException {
        var model = models.byKey(handle, row.getLong("model_id"));
        String kind = row.getString("kind");
        return switch (kind) {
            case "preferring" -> new Verifier.Preferring(model, models.byKey(handle, row.getLong("reference_id")));
            case "grading" -> new Verifier.Grading(model);
            default -> throw new IllegalStateException("the schema allows no verifier of kind \"" + kind + "\"");
        };
    }

    void insert(Handle writer, RunEvent.OfferedVerifier offered) {
        var row = writer.createUpdate("""
                        INSERT INTO verifier (run_id, round, name, kind, model_id, reference_id)
                        VALUES (:run, :round, :name, :kind, :model, :reference)""")
                .bind("run", models.run())
                .bind("round", offered.round())
                .bind("name", offered.name())
                .bind("model", models.insert(writer, offered.verifier().model()));
        (switch (offered.verifier()) {
                    case Verifier.Preferring(var _, var reference) ->
                        row.bind("kind", "preferring").bind("reference", models.insert(writer, reference));
                    case Verifier.Grading _ -> row.bind("kind", "grading").bindNull("reference", Types.INTEGER);
                })
                .execute();
    }

    /// What tells two verifiers apart.
    static String identity(Verifier verifier) {
        return switch (verifier) {
            case Verifier.Preferring(var model, var reference) -> model.id() + " beside " + reference.id();
            case Verifier.Grading(var model) -> model.id();
        };
    }
}
