package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.hub.LocalHub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ModelPullTest {
    private static final Path LLAMA = Rooms.home().resolve("hone-torch/src/test/resources/parity/llama");

    private final LocalHub hub = new LocalHub();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path home = Path.of("");

    @AfterEach
    void close() {
        hub.close();
    }

    private Console console() {
        out.reset();
        err.reset();
        return new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
    }

    private int pull(String model, String... more) {
        Path made = home.resolve("made");
        String[] args = {"model", "pull", model, made.toString(), "--endpoint", hub.url()};
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Hone.run(console(), Workplace.local(), all);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private LocalHub withLlama() throws IOException {
        for (String name : new String[] {"config.json", "generation_config.json", "model.safetensors"}) {
            hub.with(name, Files.readAllBytes(LLAMA.resolve(name)));
        }
        return hub;
    }

    @Test
    void a_model_that_was_fetched_is_shown_and_can_be_used() throws IOException {
        withLlama();
        assertThat(pull("owner/name")).as(err()).isZero();
        assertThat(out())
                .contains("commit      0123456789abcdef", "fetched     3 files, 291,143 bytes, each with the hash")
                .contains("folder      " + home.resolve("made"), "family      llama (LlamaForCausalLM)");
        assertThat(pull("owner/name")).isZero();
        assertThat(out()).contains("complete    nothing to do", "family      llama");
        Files.copy(LLAMA.resolve("expected.json"), home.resolve("made/expected.json"));
        assertThat(Hone.run(
                        console(),
                        Workplace.local(),
                        "model",
                        "parity",
                        home.resolve("made").toString()))
                .as(err())
                .isZero();
    }

    @Test
    void the_environment_names_the_hub_and_a_model_lies_under_its_own_name() throws IOException {
        withLlama();
        var command =
                new CommandLine(new ModelPullCommand(console(), Map.of("HF_ENDPOINT", hub.url(), "HF_TOKEN", "")));
        assertThat(command.execute("owner/name", home.resolve("x").toString())).isZero();
        assertThat(home.resolve("x/config.json")).exists();
    }

    @Test
    void a_family_that_is_not_known_is_said_at_once_and_the_files_stay() {
        hub.with("config.json", "{\"model_type\": \"gpt2\"}".getBytes(StandardCharsets.UTF_8))
                .with("model.safetensors", new byte[100]);
        assertThat(pull("owner/name")).isEqualTo(3);
        assertThat(err()).contains("gpt2");
        assertThat(home.resolve("made/model.safetensors")).hasSize(100);
    }

    @Test
    void a_gguf_file_is_looked_at_without_converting_it() throws IOException {
        hub.with("chat.gguf", Files.readAllBytes(Rooms.home().resolve("hone-app/src/test/resources/chat.gguf")));
        assertThat(pull("owner/name/chat.gguf")).as(err()).isZero();
        assertThat(out()).contains("fetched     1 file, 33,664 bytes", "file        " + home.resolve("made/chat.gguf"));
        assertThat(out()).containsPattern("parameters  \\d");
    }

    @Test
    void what_cannot_be_fetched_is_said_without_a_trace() {
        assertThat(pull("owner")).isEqualTo(2);
        assertThat(err()).contains("\"owner\" is no model of a hub").doesNotContain("\tat ");
        assertThat(pull("owner/name")).isEqualTo(2);
        assertThat(err()).contains("has no config.json").doesNotContain("\tat ");
        assertThat(pull("owner/name@a", "--revision", "b")).isEqualTo(2);
        assertThat(home).isEmptyDirectory();
    }
}
