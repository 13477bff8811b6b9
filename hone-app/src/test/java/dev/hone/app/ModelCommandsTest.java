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

class ModelCommandsTest {
    private static final Path FIXTURES = Rooms.home().resolve("hone-torch/src/test/resources/parity");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int hone(String... args) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Hone.run(console, Workplace.local(), args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static String fixture(String name) {
        return FIXTURES.resolve(name).toString();
    }

    @Test
    void info_says_what_the_embedded_model_is() {
        assertThat(hone("model", "info", "embedded")).as(err()).isZero();
        assertThat(out())
                .contains(
                        "family      llama (LlamaForCausalLM)\n",
                        "float32, head tied to the embedding\n",
                        "layers      4 of width 128, gated part 384\n",
                        "attention   4 heads of 32, 4 for keys and values\n",
                        "context     64 tokens\n",
                        "vocabulary  25\n",
                        "tokenizer   WordLevel, 25 tokens\n",
                        "begin       1 <s>\nend         2 </s>\npad         0 <pad>\n",
                        "chat        no template\n",
                        "weights in 1 file\n");
    }

    @Test
    void info_as_json_is_one_object() {
        assertThat(hone("model", "info", fixture("qwen3"), "--json")).as(err()).isZero();
        JsonNode facts = JsonMapper.shared().readTree(out());
        assertThat(facts.propertyNames())
                .containsExactly(
                        "id",
                        "folder",
                        "family",
                        "architecture",
                        "parameters",
                        "dtype",
                        "sizes",
                        "vocabulary",
                        "tokenizer",
                        "specials",
                        "chatTemplate",
                        "bytes",
                        "weightFiles");
        assertThat(facts.get("family").asString()).isEqualTo("qwen3");
        // a layer: q and o 96 x 48, k and v 32 x 48, gate, up and down 112 x 48, norms 48 + 48 + 16 + 16: 28,544
        // 3 layers, the embedding 97 x 48, the last norm 48
        assertThat(facts.get("parameters").asLong()).isEqualTo(3 * 28_544 + 97 * 48 + 48);
        assertThat(facts.get("sizes").get("headSize").asInt()).isEqualTo(16);
        assertThat(facts.get("tokenizer").get("kind").asString()).isEqualTo("none");
        assertThat(facts.get("specials").get(1).get("role").asString()).isEqualTo("end");
        assertThat(facts.get("chatTemplate").asBoolean()).isFalse();
    }

    @Test
    void convert_writes_a_model_that_parity_holds_for() {
        Path made = folder.resolve("made");
        assertThat(hone("model", "convert", fixture("mistral"), made.toString(), "--max-shard-size", "100KB"))
                .as(err())
                .isZero();
        assertThat(out()).contains("in float32", "weights in 4 files", "the same as before");
        assertThat(hone("model", "parity", made.toString())).as(err()).isZero();
        assertThat(out())
                .contains("figure  ", "off by", "bound", "greedy tokens that differ", "all 20 figures are within")
                .doesNotContain("OVER");
    }

    @Test
    void a_narrower_type_halves_the_file_and_parity_says_what_that_costs() {
        Path made = folder.resolve("made");
        assertThat(hone("model", "convert", fixture("llama"), made.toString(), "--dtype", "bfloat16"))
                .as(err())
                .isZero();
        assertThat(out()).contains("in bfloat16", "of their norm");
        assertThat(hone("model", "info", made.toString())).isZero();
        assertThat(out()).contains("bfloat16");
        assertThat(hone("model", "parity", made.toString())).isEqualTo(3);
        assertThat(out()).contains("OVER");
        assertThat(err()).contains("figures are over their bounds (logits after the last token, relative; ");
        assertThat(hone("model", "parity", made.toString(), "--json")).isEqualTo(3);
        JsonNode first = JsonMapper.shared().readTree(out()).get(0);
        assertThat(first.get("within").asBoolean()).isFalse();
        assertThat(first.get("off").asDouble()).isBetween(1e-3, 1e-1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        model info nowhere                                              | 3 | the model folder nowhere does not exist
        model parity embedded                                           | 3 | cannot read embedded/expected.json
        model parity {llama} --expected {llama}/config.json             | 3 | neither "sft" nor "logprobs"
        model parity {llama} --expected {qwen3}/expected.json           | 3 | figures are over their bounds
        model parity {qwen2} --expected {llama}/expected.json           | 3 | has no "model.layers.0.self_attn.q_proj.bias"
        model convert {llama} {llama}                                   | 2 | is not empty; give a new or an empty folder
        model convert {llama} {new} --dtype float64                     | 2 | unknown type of numbers "float64"; choose float32
        model convert {llama} {new} --max-shard-size big                | 2 | "big" is no size; give a whole number
        model convert {llama} {new} --max-shard-size 9999999999TB       | 2 | is no size
        model convert {llama} {new} --max-shard-size 0                  | 2 | a shard of 0 bytes
        model convert {llama}                                           | 2 | DIR
        model inof                                                      | 2 | did you mean "info"?
        """)
    void what_cannot_be_done_is_said(String command, int code, String hint) {
        String line = command.replace("{llama}", fixture("llama"))
                .replace("{qwen2}", fixture("qwen2"))
                .replace("{qwen3}", fixture("qwen3"))
                .replace("{new}", folder.resolve("new").toString());
        assertThat(hone(line.split(" +"))).isEqualTo(code);
        assertThat(err()).contains(hint).doesNotContain("\tat ");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    @Test
    void a_model_whose_file_is_cut_is_named() throws IOException {
        for (String name : new String[] {"config.json", "model.safetensors"}) {
            Files.copy(FIXTURES.resolve("llama").resolve(name), folder.resolve(name));
        }
        Path weights = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, java.util.Arrays.copyOf(whole, whole.length - 5));
        assertThat(hone("model", "info", folder.toString())).isEqualTo(3);
        assertThat(err()).contains("model.safetensors: ", "fetch the file again");
    }
}
