package dev.hone.store;

import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.run.RunEvent;
import java.net.URI;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of `model`, `learned` and `offered`. A model in the run's folder is stored relative to it, so that the
/// folder can be moved.
///
/// @param folder of the run
record ModelTable(long run, Path folder) {
    private static final String MODEL = """
            m.name AS model, m.location AS location, m.origin AS origin, m.parent AS parent, m.run AS run,
            m.step AS model_step, m.round AS model_round
            """;

    /// What a finished learning step was asked, and what it gave.
    ///
    /// @param isReleased whether the model's files may be gone
    @SuppressWarnings("ArrayRecordComponent") // compared by isFor only
    record Finished(byte[] asked, Learned learned, boolean isReleased) {
        boolean isFor(byte[] question) {
            return Arrays.equals(asked, question);
        }
    }

    Optional<Finished> learned(Handle handle, String step, int round) {
        return handle.createQuery(
                        "SELECT l.asked AS asked, l.losses AS losses, l.tokens AS tokens, m.released AS released, "
                                + MODEL + """
                         FROM learned l JOIN step s ON s.id = l.step_id JOIN model m ON m.id = l.model_id
                        WHERE s.run_id = :run AND s.name = :step AND s.round = :round""")
                .bind("run", run)
                .bind("step", step)
                .bind("round", round)
                .map((row, _) -> new Finished(row.getBytes("asked"), learned(row), row.getBoolean("released")))
                .findOne();
    }

    List<LearnedStep> learned(Handle handle) {
        return handle.createQuery("SELECT s.name AS step, s.round AS round, l.losses AS losses, l.tokens AS tokens, "
                        + MODEL + """
                         FROM learned l JOIN step s ON s.id = l.step_id JOIN model m ON m.id = l.model_id
                        WHERE s.run_id = :run ORDER BY s.id""")
                .bind("run", run)
                .map((row, _) -> new LearnedStep(row.getString("step"), row.getInt("round"), learned(row)))
                .list();
    }

    List<RunEvent.Offered> offered(Handle handle) {
        return handle.createQuery("SELECT o.round AS round, " + MODEL + """
                         FROM offered o JOIN model m ON m.id = o.model_id WHERE o.run_id = :run ORDER BY o.round""")
                .bind("run", run)
                .map((row, _) -> new RunEvent.Offered(row.getInt("round"), model(row)))
                .list();
    }

    void insertLearned(Handle writer, long step, byte[] asked, Learned learned) {
        writer.createUpdate("""
                        INSERT INTO learned (step_id, model_id, asked, losses, tokens)
                        VALUES (:step, :model, :asked, :losses, :tokens)""")
                .bind("step", step)
                .bind("model", insert(writer, learned.model()))
                .bind("asked", asked)
                .bind("losses", TokenBlobs.doubles(learned.losses()))
                .bind("tokens", learned.tokens())
                .execute();
    }

    void insertOffered(Handle writer, int round, Model model) {
        writer.createUpdate("INSERT INTO offered (run_id, round, model_id) VALUES (:run, :round, :model)")
                .bind("run", run)
                .bind("round", round)
                .bind("model", insert(writer, model))
                .execute();
    }

    /// Marks a model that this run learned in one step and did not hand over.
    ///
    /// @return whether it is marked, now or before
    boolean release(Handle writer, Model model) {
        return writer.createUpdate("""
                        UPDATE model SET released = 1
                         WHERE run = :id AND name = :name
                           AND id IN (SELECT model_id FROM learned l JOIN step s ON s.id = l.step_id
                                       WHERE s.run_id = :run)
                           AND 1 = (SELECT count(*) FROM model other
                                     WHERE other.run = model.run AND other.name = model.name)""")
                        .bind("id", model.lineage() instanceof Lineage.Learned made ? made.run() : "")
                        .bind("name", model.id())
                        .bind("run", run)
                        .execute()
                == 1;
    }

    Model byKey(Handle handle, long key) {
        return handle.createQuery("SELECT " + MODEL + " FROM model m WHERE m.id = :key")
                .bind("key", key)
                .map((row, _) -> model(row))
                .one();
    }

    /// @return its key
    long insert(Handle writer, Model model) {
        var row = writer.createUpdate("""
                        INSERT INTO model (name, location, origin, parent, run, step, round)
                        VALUES (:name, :location, :origin, :parent, :run, :step, :round)""")
                .bind("name", model.id())
                .bind("location", root().relativize(model.location()).toString());
        return (switch (model.lineage()) {
                    case Lineage.Given(String by) ->
                        row.bind("origin", "given")
                                .bind("parent", by)
                                .bind("run", "")
                                .bind("step", "")
                                .bind("round", 0);
                    case Lineage.Learned(String parent, String from, String step, int round) ->
                        row.bind("origin", "learned")
                                .bind("parent", parent)
                                .bind("run", from)
                                .bind("step", step)
                                .bind("round", round);
                })
                .executeAndReturnGeneratedKeys("id")
                .mapTo(Long.class)
                .one();
    }

    private Learned learned(ResultSet row) throws SQLException {
        return new Learned(model(row), TokenBlobs.doubles(row.getBytes("losses")), row.getLong("tokens"));
    }

    private Model model(ResultSet row) throws SQLException {
        Lineage lineage = row.getString("origin").equals("given")
                ? new Lineage.Given(row.getString("parent"))
                : new Lineage.Learned(
                        row.getString("parent"),
                        row.getString("run"),
                        row.getString("model_step"),
                        row.getInt("model_round"));
        return new Model(row.getString("model"), root().resolve(row.getString("location")), lineage);
    }

    /// Ends in a slash whether the folder is there or not.
    private URI root() {
        String folderUri = folder.toUri().toString();
        return URI.create(folderUri.endsWith("/") ? folderUri : folderUri + "/");
    }
}
