package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Others' programs that read what Hone wrote: a Python with transformers and PEFT. `HONE_PEERS` names its
/// virtual environment.
final class Peers {
    private static final Path SCRIPT = Path.of("..", "interop", "check.py");
    private static final int SECONDS = 300;

    private Peers() {}

    /// What the script said of some folders.
    record Said(int exitCode, String text) {}

    /// Skips a test where they are not installed.
    static void assumeThere() {
        Optional<String> peers = Optional.ofNullable(System.getenv("HONE_PEERS"));
        assumeTrue(
                peers.isPresent(),
                "HONE_PEERS is not set; set it to a Python virtual environment with transformers and PEFT to load with them what "
                        + "Hone wrote");
        assertThat(python()).as("HONE_PEERS is " + peers.get()).isExecutable();
    }

    private static Path python() {
        return Path.of(System.getenv("HONE_PEERS")).resolve("bin").resolve("python");
    }

    /// @param folders of models, each with a `hone.json` that says what to expect
    /// @param log takes what is said
    static Said check(List<Path> folders, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(python().toString(), SCRIPT.toString()));
        folders.forEach(each -> command.add(each.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(ended).as("%s within %d s: %s", SCRIPT, SECONDS, said).isTrue();
        return new Said(process.exitValue(), said);
    }
}
