package dev.hone.store;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The SQLite file: opens it, brings its schema up to date, and says in words what went wrong with it.
///
/// It is in WAL mode, so that readers see the last commit while a writer works. With `synchronous = NORMAL`
/// a commit is in the operating system's hands when it returns (it survives the death of the process) and
/// on the disk from the next checkpoint or [#sync] on (it survives the loss of power).
///
/// The file is only ever opened by SQLite: closing another descriptor on it would drop SQLite's locks.
final class Database {
    /// Of the schema; the highest migration.
    static final int VERSION = 9;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Path file;
    private final Jdbi writing;
    private final Jdbi reading;

    /// Work on an open connection.
    @FunctionalInterface
    interface Work<T> {
        T with(Handle handle) throws SQLException;
    }

    private Database(Path file, Duration patience) {
        this.file = file;
        this.writing = Jdbi.create(source(file, writer(patience)));
        this.reading = Jdbi.create(source(file, reader(patience)));
    }

    static Database open(Path file) {
        return open(file, PATIENCE);
    }

    /// @param patience how long to wait for another process's lock
    static Database open(Path file, Duration patience) {
        Database database = new Database(real(file), patience);
        database.upgrade();
        return database;
    }

    private static Path real(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (folder == null || name == null || Files.isDirectory(absolute)) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the store \"" + absolute + "\" is a folder; a store is one file; add a file name, such as "
                            + absolute.resolve("hone.db"));
        }
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            if (!Files.isWritable(real)) {
                throw unusable(folder, new AccessDeniedException("read-only for this user"));
            }
            return real.resolve(name);
        } catch (IOException e) {
            throw unusable(folder, e);
        }
    }

    private static HoneException unusable(Path folder, IOException cause) {
        return new HoneException(
                Kind.STORAGE,
                "the folder \"" + folder + "\" cannot be written to (" + cause
                        + "); a store needs a folder of its own user; change its rights or choose another folder",
                cause);
    }

    private static SQLiteDataSource source(Path file, SQLiteConfig config) {
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static SQLiteConfig writer(Duration patience) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        config.enforceForeignKeys(true);
        return config;
    }

    private static SQLiteConfig reader(Duration patience) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        return config;
    }

    Path folder() {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalStateException("an absolute path of a file has a folder");
        }
        return folder;
    }

    /// A connection for a writer; the caller closes it and uses it from one thread at a time.
    Handle writer() {
        try {
            return writing.open();
        } catch (JdbiException e) {
            throw explained(e);
        }
    }

    /// A connection for a reader, in a transaction: it sees one state of the store until it is closed.
    Handle reader() {
        try {
            return reading.open().begin();
        } catch (JdbiException e) {
            throw explained(e);
        }
    }

    <T> T read(Work<T> work) {
        try {
            return reading.inTransaction(work::with);
        } catch (SQLException | JdbiException e) {
            throw explained(e);
        }
    }

    /// All of `work` or nothing.
    <T> T write(Handle writer, Work<T> work) {
        try {
            // A transaction that begins with a read could not be made to wait for another writer later on.
            writer.execute("BEGIN IMMEDIATE");
        } catch (JdbiException e) {
            throw explained(e);
        }
        boolean done = false;
        try {
            T result = work.with(writer);
            writer.execute("COMMIT");
            done = true;
            return result;
        } catch (SQLException | JdbiException e) {
            throw explained(e);
        } finally {
            if (!done) {
                rollBack(writer);
            }
        }
    }

    private static void rollBack(Handle writer) {
        try {
            writer.execute("ROLLBACK");
        } catch (JdbiException _) {
            // A full disk and the like make SQLite roll back by itself; what went wrong is told already.
        }
    }

    /// After this, all that was committed survives the loss of power.
    ///
    /// @param last something to commit: what is committed before reaches the disk with it, whoever reads meanwhile
    void sync(Handle writer, Work<?> last) {
        try {
            writer.execute("PRAGMA synchronous = FULL");
            write(writer, last);
        } catch (JdbiException e) {
            throw explained(e);
        } finally {
            writer.execute("PRAGMA synchronous = NORMAL");
        }
    }

    private void upgrade() {
        int found = read(Database::version);
        if (found > VERSION) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the store \"" + file + "\" has schema version " + found + "; this Hone knows versions up to "
                            + VERSION + "; run the newer Hone that wrote it, or give this one another store file");
        }
        if (found == VERSION) {
            return;
        }
        Path lock = file.resolveSibling(file.getFileName() + ".upgrade");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = waitFor(channel)) {
            if (read(Database::version) < VERSION) {
                migrate();
            }
        } catch (IOException e) {
            throw unusable(folder(), e);
        }
    }

    /// Two threads of one process cannot wait for a file lock, so they ask again.
    private static FileLock waitFor(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException _) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new HoneException(
                            Kind.STOPPED, "interrupted while another thread creates the store; start again", e);
                }
            }
        }
    }

    /// Without foreign keys, or a table that others point to could not be replaced.
    private void migrate() {
        SQLiteConfig config = writer(PATIENCE);
        config.enforceForeignKeys(false);
        try {
            Flyway.configure()
                    .dataSource(source(file, config))
                    .locations("classpath:dev/hone/store/schema")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw explained(e);
        }
    }

    /// 0 for an empty file.
    private static int version(Handle handle) {
        boolean known = handle.createQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'flyway_schema_history'")
                        .mapTo(Integer.class)
                        .one()
                > 0;
        if (known) {
            return handle.createQuery(
                            "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM flyway_schema_history WHERE success")
                    .mapTo(Integer.class)
                    .one();
        }
        int tables = handle.createQuery("SELECT count(*) FROM sqlite_schema")
                .mapTo(Integer.class)
                .one();
        if (tables > 0) {
            throw new HoneException(
                    Kind.STORAGE,
                    "the store file is a SQLite database of another program, with " + tables
                            + " tables and indexes; Hone needs a file of its own; give another file name");
        }
        return 0;
    }

    /// Says what went wrong, what is needed and what to do.
    HoneException explained(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof HoneException told) {
                return told;
            }
            if (cause instanceof SQLiteException sqlite) {
                return new HoneException(Kind.STORAGE, message(sqlite), failure);
            }
        }
        return new HoneException(
                Kind.STORAGE,
                "the store \"" + file + "\" failed: " + failure.getMessage()
                        + "; nothing that was committed is lost; resume the run, and report this if it happens again",
                failure);
    }

    private String message(SQLiteException failure) {
        String store = "the store \"" + file + "\" ";
        SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(failure.getResultCode().code & 0xff);
        return switch (code) {
            case SQLITE_FULL ->
                "the disk that holds " + store.strip()
                        + " is full; a run needs room for its samples and models; free some and resume the run, nothing"
                        + " that was committed is lost";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                store
                        + "is locked by another process; a writer may hold it for seconds only; end the program that holds"
                        + " it (a database browser, a backup) and try again";
            case SQLITE_NOTADB ->
                store + "is not a SQLite database; a store is a file that Hone made; give another file name, or put the"
                        + " right file back";
            case SQLITE_CORRUPT ->
                store + "is damaged (" + failure.getMessage()
                        + "); SQLite cannot read all of it; restore a copy, or save" + " what is left with \"sqlite3 "
                        + file + " .recover\"";
            case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                store + "cannot be written (" + failure.getMessage()
                        + "); Hone needs the right to write the file and its"
                        + " folder; change the rights or choose another folder";
            case SQLITE_IOERR ->
                store + "could not be read or written (" + failure.getMessage()
                        + "); the disk must be there and must not be a network folder; check it and resume the run, nothing"
                        + " that was committed is lost";
            default ->
                store + "failed: " + failure.getMessage()
                        + "; nothing that was committed is lost; resume the run, and report this if it happens again";
        };
    }
}
