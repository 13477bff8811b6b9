package dev.hone.store;

import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The rows of `sample` and of what they point to, of one run. Written through plain JDBC: they are by far
/// the most.
final class SampleTable {
    /// How many names one statement asks for.
    private static final int NAMES = 500;
    /// What [#sample] reads.
    static final String COLUMNS = """
            s.id AS id, s.name AS name, s.problem_id AS problem_id, s.text AS text, s.ids AS ids,
            s.log_probs AS log_probs, s.authors AS authors, s.finish AS finish, s.detail AS detail,
            g.model AS model, g.temperature AS temperature, g.max_tokens AS max_tokens,
            g.sampling_more AS sampling_more, g.hint AS hint,
            """ + AskedRows.COLUMNS;

    static final String TABLES = "sample s JOIN setting g ON g.id = s.setting_id " + AskedRows.TABLES;

    private final long run;
    private final String id;
    private final Map<Problem, Long> problems = new HashMap<>();
    private final Map<Setting, Long> settings = new HashMap<>();

    private record Setting(String model, Sampling sampling, String hint) {}

    /// Takes one row.
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    SampleTable(long run, String id) {
        this.run = run;
        this.id = id;
    }

    void forget() {
        problems.clear();
        settings.clear();
    }

    String runId() {
        return id;
    }

    /// Writes samples that are not there yet; only inside [Ledger#commit].
    void insert(Handle writer, long step, List<Sample> samples) throws SQLException {
        // The transaction holds the write lock, so the next key is nobody else's.
        long key = writer.createQuery("SELECT coalesce(max(id), 0) FROM sample")
                .mapTo(Long.class)
                .one();
        try (PreparedStatement rows = writer.getConnection().prepareStatement("""
                        INSERT INTO sample (id, run_id, step_id, problem_id, setting_id, name, text, ids, log_probs,
                                            authors, finish, detail)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
                AskedRows asked = new AskedRows(writer.getConnection())) {
            for (Sample sample : samples) {
                key++;
                rows.setLong(1, key);
                rows.setLong(2, run);
                rows.setLong(3, step);
                rows.setLong(4, problem(writer, sample.problem()));
                rows.setLong(5, setting(writer, sample));
                rows.setString(6, sample.id());
                text(rows, 7, sample.text());
                tokens(rows, 8, TokenBlobs.of(sample.tokens()));
                finish(rows, 11, sample.finish());
                rows.addBatch();
                asked.add(key, sample);
            }
            rows.executeBatch();
            asked.write();
        }
    }

    /// Text that ends in half a surrogate pair (a remote model cut in the middle of an emoji) is not UTF-8;
    /// it is kept as UTF-16 bytes, so that it comes back as it was.
    static void text(PreparedStatement row, int column, String text) throws SQLException {
        if (isUnicode(text)) {
            row.setString(column, text);
        } else {
            row.setBytes(column, utf16(text));
        }
    }

    static String text(ResultSet row, String column) throws SQLException {
        return row.getObject(column) instanceof byte[] bytes ? utf16(bytes) : row.getString(column);
    }

    private static boolean isUnicode(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }

    /// Not by a charset, which would replace what is no character.
    private static byte[] utf16(String text) {
        byte[] bytes = new byte[Character.BYTES * text.length()];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(text);
        return bytes;
    }

    private static String utf16(byte[] bytes) {
        CharBuffer chars = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer();
        return chars.toString();
    }

    static void tokens(PreparedStatement row, int column, TokenBlobs blobs) throws SQLException {
        row.setBytes(column, blobs.ids());
        row.setBytes(column + 1, blobs.logProbs());
        row.setBytes(column + 2, blobs.authors());
    }

    private static void finish(PreparedStatement row, int column, Finish finish) throws SQLException {
        switch (finish) {
            case Finish.Stopped() -> {
                row.setString(column, "stopped");
                row.setNull(column + 1, Types.INTEGER);
            }
            case Finish.Truncated(int maxTokens) -> {
                row.setString(column, "truncated");
                row.setInt(column + 1, maxTokens);
            }
            case Finish.Failed(String because) -> {
                row.setString(column, "failed");
                row.setString(column + 1, because);
            }
        }
    }

    private static Finish finish(ResultSet row) throws SQLException {
        return switch (row.getString("finish")) {
            case "stopped" -> new Finish.Stopped();
            case "truncated" -> new Finish.Truncated(row.getInt("detail"));
            default -> new Finish.Failed(row.getString("detail"));
        };
    }

    /// The key of a problem, whether it is on record or not yet.
    private long problem(Handle writer, Problem problem) {
        Long known = problems.get(problem);
        if (known != null) {
            return known;
        }
        String body = ProblemJson.write(problem);
        byte[] hash = new Sha256().add(body).bytes();
        writer.createUpdate(
                        "INSERT OR IGNORE INTO problem (run_id, name, hash, body) VALUES (:run, :name, :hash, :body)")
                .bind("run", run)
                .bind("name", problem.id())
                .bind("hash", hash)
                .bind("body", body)
                .execute();
        long key = problemKey(writer, problem, hash).orElseThrow();
        problems.put(problem, key);
        return key;
    }

    private Optional<Long> problemKey(Handle handle, Problem problem, byte[] hash) {
        return handle.createQuery("SELECT id FROM problem WHERE run_id = :run AND name = :name AND hash = :hash")
                .bind("run", run)
                .bind("name", problem.id())
                .bind("hash", hash)
                .mapTo(Long.class)
                .findOne();
    }

    /// @return empty if the run has not asked this very problem yet
    private Optional<Long> known(Handle handle, Problem problem) {
        Long known = problems.get(problem);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Long> found = problemKey(
                handle, problem, new Sha256().add(ProblemJson.write(problem)).bytes());
        found.ifPresent(key -> problems.put(problem, key));
        return found;
    }

    private long setting(Handle writer, Sample sample) {
        String hint = sample.hint() instanceof Hint.Shown ? "shown" : "none";
        return settings.computeIfAbsent(new Setting(sample.model(), sample.sampling(), hint), setting -> {
            writer.createUpdate("""
                            INSERT OR IGNORE INTO setting (run_id, model, temperature, max_tokens, sampling_more, hint)
                            VALUES (:run, :model, :temperature, :maxTokens, :more, :hint)""")
                    .bind("run", run)
                    .bind("model", setting.model())
                    .bind("temperature", setting.sampling().temperature())
                    .bind("maxTokens", setting.sampling().maxTokens())
                    .bind("more", SamplingJson.write(setting.sampling()))
                    .bind("hint", setting.hint())
                    .execute();
            return writer.createQuery("""
                            SELECT id FROM setting WHERE run_id = :run AND model = :model
                              AND temperature = :temperature AND max_tokens = :maxTokens
                              AND sampling_more = :more AND hint = :hint""")
                    .bind("run", run)
                    .bind("model", setting.model())
                    .bind("temperature", setting.sampling().temperature())
                    .bind("maxTokens", setting.sampling().maxTokens())
                    .bind("more", SamplingJson.write(setting.sampling()))
                    .bind("hint", setting.hint())
                    .mapTo(Long.class)
                    .one();
        });
    }

    /// The samples that are on record.
    ///
    /// @param expected names, with the problem that each should be of
    /// @return by name, with the problem instances of `expected`
    /// @throws dev.hone.run.HoneException if one is of another problem
    Map<String, Sample> find(Handle handle, Map<String, Problem> expected) throws SQLException {
        Map<String, Sample> found = new HashMap<>();
        String sql = "SELECT " + COLUMNS + " FROM " + TABLES + " WHERE s.run_id = ? AND s.name IN ";
        byName(handle, sql, List.of(run), List.copyOf(expected.keySet()), row -> {
            String name = row.getString("name");
            Problem problem = expected.get(name);
            if (problem == null || known(handle, problem).orElse(0L) != row.getLong("problem_id")) {
                throw Misfit.of(id, name, "problem", "another text or reference");
            }
            found.put(name, sample(row, problem));
        });
        return found;
    }

    /// Runs `sql`, which ends in `IN`, for so many names at a time.
    static void byName(Handle handle, String sql, List<?> parameters, List<String> names, RowReader reader)
            throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        int size = Math.min(NAMES, names.size());
        String marks = "(" + String.join(",", Collections.nCopies(size, "?")) + ")";
        try (PreparedStatement query = handle.getConnection().prepareStatement(sql + marks)) {
            for (int from = 0; from < names.size(); from += size) {
                for (int i = 0; i < parameters.size(); i++) {
                    query.setObject(i + 1, parameters.get(i));
                }
                for (int i = 0; i < size; i++) { // the last statement repeats its last name
                    query.setString(parameters.size() + i + 1, names.get(Math.min(from + i, names.size() - 1)));
                }
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        reader.read(rows);
                    }
                }
            }
        }
    }

    static Sample sample(ResultSet row, Problem problem) throws SQLException {
        return new Sample(
                row.getString("name"),
                problem,
                text(row, "text"),
                new TokenBlobs(row.getBytes("ids"), row.getBytes("log_probs"), row.getBytes("authors")).tokens(),
                finish(row),
                SamplingJson.read(
                        row.getDouble("temperature"), row.getInt("max_tokens"), row.getString("sampling_more")),
                row.getString("model"),
                AskedRows.origin(row),
                AskedRows.hint(row, problem));
    }
}
