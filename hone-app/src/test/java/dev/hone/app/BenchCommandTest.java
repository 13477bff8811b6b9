package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BenchCommandTest {
    private static final Path LLAMA = Rooms.home().resolve("hone-torch/src/test/resources/parity/llama");
    private static final String LINE =
            "{\"prompt_ids\": [5, 1, 60], \"completions\": [[1, 2], [3, 4, 5], [6], [7, 8, 9, 10]]}\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    /// @param prompts lines of the workload
    /// @param terminal whether a person watches
    private int bench(String what, int prompts, boolean terminal, String... more) throws IOException {
        Path workload = Files.writeString(folder.resolve("workload.jsonl"), LINE.repeat(prompts));
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        String[] args = {
            "bench", what, "--model", LLAMA.toString(), "--workload", workload.toString(), "--precision", "float32"
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Hone.run(console, Workplace.local(), all);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// Of a prompt: drawn are 2 + 3 + 1 + 4 tokens; learned from are these and 3 of the prompt before each.
    @ParameterizedTest
    @CsvSource({"sample, 5, 30", "sft, 8, 66", "dpo, 4, 66"})
    void json_is_one_line_of_what_the_peers_print_and_nothing_else(String what, int batch, int tokens)
            throws IOException {
        assertThat(bench(what, 3, false, "--rows", "5", "--json")).as(err()).isZero();
        assertThat(out()).endsWith("}\n").containsOnlyOnce("\n");
        JsonNode line = JsonMapper.shared().readTree(out());
        assertThat(line.propertyNames())
                .containsExactly("peer", "batch", "useful_tokens", "seconds", "tokens_per_s", "peak_mb");
        assertThat(line.get("peer").asString()).isEqualTo("hone " + what + " (float32)");
        assertThat(line.get("batch").asInt()).isEqualTo(batch);
        assertThat(line.get("useful_tokens").asInt()).isEqualTo(tokens);
        assertThat(line.get("seconds").isNumber()).isTrue();
        assertThat(line.get("tokens_per_s").isNumber()).isTrue();
        assertThat(line.get("peak_mb").asLong()).isNotZero();
    }

    @Test
    void a_person_sees_how_far_it_is_on_standard_error_and_the_result_alone_on_standard_output() throws IOException {
        assertThat(bench("sft", 300, true)).as(err()).isZero(); // 150 steps take longer than the meter's tenth
        assertThat(out()).matches("hone sft \\(float32\\), 8 at a time: 6,600 tokens in [^\\n]*\\n");
        assertThat(err()).contains("sft       ", "/150 steps").endsWith("\r\u001b[K");
    }

    @Test
    void a_gpu_that_is_not_there_is_said_with_what_to_do() throws IOException {
        assertThat(bench("sample", 1, false, "--device", "cuda")).isEqualTo(2);
        assertThat(err())
                .contains("cannot compute on a GPU: libtorch for CUDA is not on the class path", "HONE_CUDA=1");
    }

    @Test
    void what_cannot_be_timed_is_said() throws IOException {
        assertThat(bench("sample", 0, false, "--json")).isEqualTo(3);
        assertThat(err()).contains("workload.jsonl is empty");
        assertThat(out()).isEmpty();
    }
}
