package dev.hone.app.external;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The command that a process of Hone started, which outlives it where that was killed.
///
/// @param file which says which process it is: its number and when it started, since numbers are given anew
record Survivor(Path file) {
    private static final Duration GRACE = Duration.ofSeconds(10);

    void note(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + started(process));
    }

    /// Ends the one that was noted last, if it is still there.
    void end() throws IOException {
        String noted;
        try {
            noted = Files.readString(file);
        } catch (NoSuchFileException _) {
            return;
        }
        ProcessHandle.allProcesses()
                .filter(each -> noted.equals(each.pid() + " " + started(each)))
                .forEach(Survivor::end);
    }

    private static Instant started(ProcessHandle process) {
        return process.info().startInstant().orElse(Instant.EPOCH);
    }

    /// Ends a process if it is still there, and what it has started: asks them, and after a while does not ask it.
    static void end(ProcessHandle process) {
        if (!process.isAlive()) {
            return;
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (ExecutionException | TimeoutException stubborn) {
            process.destroyForcibly();
        }
    }
}
