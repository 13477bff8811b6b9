package dev.hone.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The right to work on a run: a lock of the operating system on a file in the run's folder, which ends with the
/// process, however it ends.
final class RunLock implements AutoCloseable {
    /// The folders locked by this process. The one static collection of this package, because the lock itself
    /// belongs to the process: closing any other channel on the file would give it up.
    private static final Set<Path> HELD = new HashSet<>();

    private final Path folder;
    private final FileChannel channel;

    private RunLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /// @return empty if this or another process has it
    static Optional<RunLock> take(Path folder) throws IOException {
        Files.createDirectories(folder);
        synchronized (HELD) {
            if (HELD.contains(folder)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(file(folder), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                HELD.add(folder);
                return Optional.of(new RunLock(folder, channel));
            }
            channel.close();
            return Optional.empty();
        }
    }

    /// Asks a few times: [#isTaken] of another process holds the lock for a moment.
    private static boolean locked(FileChannel channel) throws IOException {
        for (int i = 0; i < 5; i++) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return true;
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /// Whether a living process has it.
    static boolean isTaken(Path folder) throws IOException {
        synchronized (HELD) {
            if (HELD.contains(folder)) {
                return true;
            }
            if (!Files.exists(file(folder))) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file(folder), StandardOpenOption.READ);
                    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
                return lock == null;
            }
        }
    }

    private static Path file(Path folder) {
        return folder.resolve("lock");
    }

    @Override
    public void close() throws IOException {
        synchronized (HELD) {
            channel.close();
            HELD.remove(folder);
        }
    }
}
