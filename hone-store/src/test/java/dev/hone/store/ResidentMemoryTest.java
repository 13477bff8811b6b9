package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
    @TempDir
    private Path folder;

    @Test
    void the_peak_is_read_where_it_can_be_restarted_and_else_what_is_held() throws IOException {
        Files.writeString(folder.resolve("status"), "Name:\tjava\nVmHWM:\t  300 kB\nVmRSS:\t  200 kB\n");
        var memory = new ResidentMemory(folder);
        memory.restart();
        assertThat(memory.peak()).isEqualTo(200 * 1024);
        Files.createFile(folder.resolve("clear_refs"));
        memory.restart();
        assertThat(folder.resolve("clear_refs")).hasContent("5");
        assertThat(memory.peak()).isEqualTo(300 * 1024);
    }

    @Test
    void elsewhere_nothing_is_known() throws IOException {
        var memory = new ResidentMemory(folder);
        memory.restart();
        assertThat(memory.peak()).isZero();
        Files.writeString(folder.resolve("status"), "VmRSS:\tmuch\n");
        assertThat(memory.peak()).isZero();
    }

    /// Mapped, because an allocator may keep what it is given back.
    @Test
    void memory_that_was_given_back_counts_until_the_peak_starts_anew() throws IOException {
        assumeThat(Path.of("/proc/self/clear_refs"))
                .as("only Linux lets the peak start anew")
                .isWritable();
        var memory = ResidentMemory.ofThisProcess();
        memory.restart();
        long before = memory.peak();
        try (FileChannel file = FileChannel.open(
                        folder.resolve("empty"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                Arena arena = Arena.ofConfined()) {
            file.map(FileChannel.MapMode.PRIVATE, 0, 200_000_000, arena).fill((byte) 1);
        }
        assertThat(memory.peak()).isGreaterThan(before + 150_000_000);
        memory.restart();
        assertThat(memory.peak()).isLessThan(before + 100_000_000);
    }
}
