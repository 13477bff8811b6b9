package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int hone(String... args) {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Hone.run(console, Workplace.local(), args);
    }

    @Test
    void says_what_it_did_and_draws_memory() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux tells resident memory");
        Path plot = folder.resolve("memory.png");
        // as much as takes seconds; whether memory is flat is seen in a process of its own and over hours
        int code = hone(
                "soak",
                "--model",
                "embedded",
                "--sequences",
                "64",
                "--steps",
                "8",
                "--rounds",
                "4",
                "--plot",
                plot + "");
        Matcher told = Pattern.compile("64 sequences and 8 steps in 4 rounds .*\\R"
                        + "resident memory at most [\\d,]+ MB in round 2, [\\d,]+ MB in round 4: ([+-][\\d.]+)%\\R")
                .matcher(out.toString(StandardCharsets.UTF_8));
        assertThat(told.matches()).as(out.toString(StandardCharsets.UTF_8)).isTrue();
        assertThat(code).isEqualTo(Double.parseDouble(told.group(1)) > MemoryCourse.FLAT_PERCENT ? 4 : 0);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("round 4: 64 sequences, 8 steps");
        assertThat(Files.readAllBytes(plot)).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void too_few_rounds_are_refused() {
        assertThat(hone("soak", "--model", "embedded", "--rounds", "3")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--rounds must be at least 4 but was 3");
    }

    @Test
    void too_little_work_is_refused() {
        assertThat(hone("soak", "--model", "embedded", "--sequences", "8")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("8 sequences", "ask for more");
        assertThat(hone("soak", "--model", "embedded", "--sequences", "1001")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("1001 sequences", "in fours");
    }

    @Test
    void a_picture_that_cannot_be_written_is_named() {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/status")), "only Linux tells resident memory");
        Path nowhere = folder.resolve("nowhere").resolve("memory.png");
        int code = hone(
                "soak",
                "--model",
                "embedded",
                "--sequences",
                "16",
                "--steps",
                "4",
                "--rounds",
                "4",
                "--plot",
                nowhere + "");
        assertThat(code).isEqualTo(6);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("cannot write " + nowhere, "folder that is there");
    }
}
