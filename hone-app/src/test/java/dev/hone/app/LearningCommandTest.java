package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Model;
import dev.hone.run.Seed;
import dev.hone.torch.LocalModels;
import dev.hone.torch.NewModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A run of the real engine in which a user's command learns.
class LearningCommandTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int hone(String... args) {
        said.reset();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return Hone.run(new Console(out, out, false), Workplace.local(), args);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    private Path model() {
        try (LocalModels models = new LocalModels(folder.resolve("made"))) {
            Model model = models.create(new NewModel("0123456789:ab", 32, 32, 1, 2, 16), new Seed(1));
            return Path.of(model.location());
        }
    }

    private Path study(String command) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            lines.add("{\"prompt\": \"" + i + ":\", \"answer\": \"a\", \"worked\": [\"a\"]}");
        }
        Path task = Files.write(folder.resolve("letters.jsonl"), lines);
        return Files.writeString(folder.resolve("study.yaml"), """
                hone: 1
                model: %s
                task: %s
                rounds: 1
                samples: 2
                sampling: {max-tokens: 4}
                warm-start: {problems: 5}
                learning: {command: "%s"}
                validation: {problems: 5}
                exam: {problems: 5, samples: 2}
                """.formatted(model(), task, command));
    }

    private String run() {
        return RunFolder.existing(folder.resolve("runs")).runs().getFirst().id();
    }

    @Test
    void a_command_of_the_settings_learns_and_its_failure_leaves_the_run_to_be_resumed() throws IOException {
        Path script = Files.writeString(folder.resolve("learn.sh"), """
                echo "$1" >> "%1$s/asked"
                if [ ! -e "%1$s/tried" ]; then touch "%1$s/tried"; echo the device is gone >&2; exit 7; fi
                cp "$1" "%1$s/rows"; cp "$3"/* "$2"
                """.formatted(folder));
        String study = study("sh '" + script + "' {examples} {out} {model}").toString();
        String runs = folder.resolve("runs").toString();

        assertThat(hone("improve", "--settings", study, "--out", runs))
                .as(said())
                .isEqualTo(4);
        assertThat(said())
                .contains("at most 2 times by sh", "ended with exit code 7", "the device is gone", "resume the run");
        assertThat(hone("resume", run(), "--out", runs)).as(said()).isZero();

        assertThat(Files.readAllLines(folder.resolve("asked")).getFirst()).endsWith("examples.jsonl");
        assertThat(Files.readAllLines(folder.resolve("rows")))
                .first()
                .asString()
                .contains("\"completion\":\"a\"");
        assertThat(said()).contains("warm start", "model   ");
        assertThat(folder.resolve("runs")).isNotEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "method: selfexplore",
                "method: sharpening\nsharpening: {algorithm: regression}",
                "method: sharpening\nsharpening: {algorithm: online}",
                "method: dsweight\ndsweight: {filter: iwsi_w}",
                "method: gsi\ngsi: {beginning: masked}",
                "star: {learned: any}",
                "method: bstar",
                "method: latro",
                "method: fourhabits"
            })
    void what_no_row_for_trainers_can_say_is_refused_before_a_run_begins(String method) throws IOException {
        Path study = Files.writeString(
                folder.resolve("unlearnable.yaml"),
                "hone: 1\n" + method + "\nlearning: {command: \"train {examples} {out}\"}\n");
        assertThat(hone("improve", "--settings", study.toString(), "--dry-run")).isEqualTo(2);
        assertThat(said()).containsPattern("learning.command (must be none when|means nothing to)");
    }

    @Test
    void a_command_that_cannot_work_is_refused_before_a_run_begins() throws IOException {
        String study = study("train {examples} {modle}").toString();
        assertThat(hone(
                        "improve",
                        "--settings",
                        study,
                        "--out",
                        folder.resolve("runs").toString()))
                .isEqualTo(2);
        assertThat(said()).contains("learning.command: the command for learning names [examples, modle]", "{out}");
        assertThat(folder.resolve("runs")).doesNotExist();
    }
}
