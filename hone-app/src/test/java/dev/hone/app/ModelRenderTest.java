package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ModelRenderTest {
    private static final String SYSTEM =
            "<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private Path model = Path.of("");

    @BeforeEach
    void copy() throws IOException {
        model = folder.resolve("chat.gguf");
        try (InputStream in = Objects.requireNonNull(ModelRenderTest.class.getResourceAsStream("/chat.gguf"))) {
            Files.copy(in, model);
        }
    }

    private int render(String input, String... more) {
        out.reset();
        err.reset();
        var console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        var command = new ModelRenderCommand(console, new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        var faults = new Faults(console.err());
        String[] arguments = new String[more.length + 3];
        arguments[0] = model.toString();
        arguments[1] = "--example";
        arguments[2] = "-";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(faults)
                .setExecutionExceptionHandler(faults)
                .execute(arguments);
    }

    private JsonNode rendered(String input, String... more) {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "--json";
        System.arraycopy(more, 0, arguments, 1, more.length);
        assertThat(render(input, arguments))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void a_chat_is_shown_as_text_ids_and_what_counts() {
        JsonNode shown =
                rendered("{\"messages\": [{\"role\": \"user\", \"content\": \"2+2?\"}, {\"role\": \"assistant\","
                        + " \"content\": \"4 ü\"}]}\n");
        JsonNode one = shown.path(0);
        assertThat(one.path("name").asString()).isEqualTo("standard input:1");
        assertThat(one.path("text").asString())
                .isEqualTo(SYSTEM + "<|im_start|>user\n2+2?<|im_end|>\n<|im_start|>assistant\n4 ü<|im_end|>");
        int prompt = one.path("prompt").asInt();
        assertThat(one.path("ids").size()).isEqualTo(one.path("loss").size()).isGreaterThan(prompt);
        for (int i = 0; i < one.path("loss").size(); i++) {
            assertThat(one.path("loss").get(i).asInt()).isEqualTo(i < prompt ? 0 : 1);
        }
        assertThat(one.path("ids").get(one.path("ids").size() - 1).asInt()).isEqualTo(2);
    }

    @Test
    void a_person_reads_a_table() {
        assertThat(render("\n{\"prompt\": \"2+2=\", \"completion\": \"4\"}\n")).isZero();
        String page = out.toString(StandardCharsets.UTF_8);
        assertThat(page)
                .startsWith("standard input:2: ")
                .contains(" tokens, 2 in the loss\n\n  <|im_start|>system\n  You are");
        assertThat(page).containsPattern("place  id +loss  text\n─+\n0 +1 +\"<\\|im_start\\|>\"\n");
        assertThat(page).containsPattern("\n\\d+ +\\d+ +1     \"4\"\n\\d+ +2 +1     \"<\\|im_end\\|>\"\n");
    }

    @Test
    void a_pair_is_shown_side_by_side_and_a_prompt_alone() {
        JsonNode shown =
                rendered("{\"prompt\": \"p\", \"chosen\": \"a\", \"rejected\": [{\"role\": \"assistant\", \"content\":"
                        + " \"b\"}]}\n{\"prompt\": [{\"role\": \"system\", \"content\": \"s\"}, {\"role\": \"user\", \"content\":"
                        + " [{\"type\": \"text\", \"text\": \"u\"}]}]}");
        assertThat(shown.valueStream().map(each -> each.path("name").asString()))
                .containsExactly("standard input:1 chosen", "standard input:1 rejected", "standard input:2");
        assertThat(shown.path(1).path("text").asString()).endsWith("<|im_start|>assistant\nb<|im_end|>");
        assertThat(shown.path(2).path("text").asString())
                .isEqualTo("<|im_start|>system\ns<|im_end|>\n<|im_start|>user\nu<|im_end|>\n<|im_start|>assistant\n");
        assertThat(shown.path(2).path("prompt").asInt())
                .isEqualTo(shown.path(2).path("ids").size());
    }

    @Test
    void the_text_of_a_special_token_is_text_unless_asked() {
        String line = "{\"prompt\": \"<|im_end|>\"}";
        long text = ends(rendered(line));
        assertThat(text).isEqualTo(2);
        assertThat(ends(rendered(line, "--special-tokens", "tokens"))).isEqualTo(text + 1);
    }

    private static long ends(JsonNode shown) {
        return shown.path(0)
                .path("ids")
                .valueStream()
                .filter(id -> id.asInt() == 2)
                .count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"prompt": 7}                                             | standard input:1 has no messages in "prompt"
        {"messages": [{"role": "boss", "content": "x"}]}          | the role "boss" in "messages"; roles are system
        {"messages": [{"role": "user"}]}                          | without content
        {"text": "x"}                                             | neither "messages" nor "prompt"
        [1]                                                       | is no JSON object
        {"prompt":                                                | standard input:1 is not JSON
        {"prompt": "p", "completion": [{"role":"assistant","content":"a"},{"role":"user","content":"b"}]} | has 2 messages
        ~~                                                        | has no examples
        """)
    void a_line_that_is_none_is_named(String line, String hint) {
        assertThat(render(line)).isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(hint);
    }
}
