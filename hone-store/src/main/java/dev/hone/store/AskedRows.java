package dev.hone.store;

import dev.hone.data.Hint;
import dev.hone.data.Message;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/// The rows of `fork` and `hint`: where a sample begins, and what the model saw, where that is not simply after the
/// problem's own prompt.
final class AskedRows implements AutoCloseable {
    /// What [#origin] and [#hint] read, besides `hint` of the settings.
    static final String COLUMNS = """
            f.parent AS parent, f.ids AS kept_ids, f.log_probs AS kept_log_probs, f.authors AS kept_authors,
            f.text AS kept_text, h.messages AS messages
            """;

    static final String TABLES = "LEFT JOIN fork f ON f.sample_id = s.id LEFT JOIN hint h ON h.sample_id = s.id";

    private final PreparedStatement forks;
    private final PreparedStatement hints;

    AskedRows(Connection connection) throws SQLException {
        forks = connection.prepareStatement(
                "INSERT INTO fork (sample_id, parent, ids, log_probs, authors, text) VALUES (?, ?, ?, ?, ?, ?)");
        hints = connection.prepareStatement("INSERT INTO hint (sample_id, messages) VALUES (?, ?)");
    }

    /// @param key of the sample's row
    void add(long key, Sample sample) throws SQLException {
        switch (sample.origin()) {
            case Origin.Fresh() -> {}
            case Origin.Forked(String parent, Tokens kept) -> {
                forks.setObject(6, null);
                fork(key, parent, kept);
            }
            case Origin.Begun(String parent, String text) -> {
                SampleTable.text(forks, 6, text);
                fork(key, parent, Tokens.empty());
            }
        }
        if (sample.hint() instanceof Hint.Shown(List<Message> messages)) {
            hints.setLong(1, key);
            hints.setString(2, MessagesJson.write(messages));
            hints.addBatch();
        }
    }

    private void fork(long key, String parent, Tokens kept) throws SQLException {
        forks.setLong(1, key);
        forks.setString(2, parent);
        SampleTable.tokens(forks, 3, TokenBlobs.of(kept));
        forks.addBatch();
    }

    void write() throws SQLException {
        forks.executeBatch();
        hints.executeBatch();
    }

    @Override
    public void close() throws SQLException {
        try (forks;
                hints) {}
    }

    static Origin origin(ResultSet row) throws SQLException {
        String parent = row.getString("parent");
        if (parent == null) {
            return new Origin.Fresh();
        }
        if (row.getObject("kept_text") != null) {
            return new Origin.Begun(parent, SampleTable.text(row, "kept_text"));
        }
        return new Origin.Forked(
                parent,
                new TokenBlobs(row.getBytes("kept_ids"), row.getBytes("kept_log_probs"), row.getBytes("kept_authors"))
                        .tokens());
    }

    static Hint hint(ResultSet row, Problem problem) throws SQLException {
        if (row.getString("hint").equals("none")) {
            return Hint.NONE;
        }
        String messages = row.getString("messages");
        return new Hint.Shown(messages == null ? problem.prompt() : MessagesJson.read(messages));
    }
}
