package dev.hone.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How much of the machine's memory a process holds, by the account that Linux gives. Where the peak cannot
/// be made to start anew, what is held at the moment stands for it; on other systems nothing is known.
///
/// One thread at a time.
public final class ResidentMemory {
    /// What `clear_refs` takes for the peak of the resident set; see proc_pid_clear_refs(5).
    private static final String PEAK = "5";

    private final Path process;
    private boolean isFresh;

    /// @param process its folder below `/proc`
    ResidentMemory(Path process) {
        this.process = process;
    }

    public static ResidentMemory ofThisProcess() {
        return new ResidentMemory(Path.of("/proc/self"));
    }

    /// From here on the peak counts.
    public void restart() {
        try {
            Files.writeString(process.resolve("clear_refs"), PEAK, StandardOpenOption.WRITE);
            isFresh = true;
        } catch (IOException _) { // not Linux, or no right to: see above
            isFresh = false;
        }
    }

    /// Bytes at most since the last [#restart]; 0 if nothing is known.
    public long peak() {
        return bytes(isFresh ? "VmHWM:" : "VmRSS:");
    }

    /// Bytes at the moment; 0 if nothing is known.
    public long now() {
        return bytes("VmRSS:");
    }

    /// Bytes at most since the process began, or whoever looks at it last had the peak start anew; 0 if nothing is
    /// known.
    public long highest() {
        return bytes("VmHWM:");
    }

    private long bytes(String wanted) {
        try {
            for (String line : Files.readAllLines(process.resolve("status"))) {
                if (line.startsWith(wanted)) {
                    return 1024 * Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException | NumberFormatException _) { // not Linux
            return 0;
        }
        return 0;
    }
}
