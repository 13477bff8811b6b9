package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PlainDecoder;
import dev.hone.torch.model.RandomWeights;
import dev.hone.torch.tokenizer.CharacterVocabulary;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The form with texts, of a tiny model, its figures from the plain twin.
class TextParityTest {
    private static final List<String> TEXTS = List.of("1+2=3\n", "T 907*(4-5)/6", "((((8))))=8");
    private static final int DRAWN = 9;

    @TempDir
    Path folder;

    private Model handle = new Model("", Path.of("").toUri(), new Lineage.Given("nothing yet"));
    private final ObjectNode root = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void a_model_and_what_it_computes() {
        DecoderConfig config = Tiny.config();
        var weights = RandomWeights.of(config, new Seed(3));
        weights.replaceAll((name, weight) -> weight.shape().size() == 1 ? weight : larger(weight));
        ModelDirectory model = ModelDirectory.write(folder, texts(config), weights);
        handle = LocalModels.handle(model, new Lineage.Given("a test"));
        var twin = new PlainDecoder(config, model.tensors());
        try (TextTokenizer tokenizer = model.tokenizer()) {
            for (String text : TEXTS) {
                int[] ids = tokenizer.encode(text);
                ObjectNode tokens = root.withArray("tokenize").addObject();
                tokens.put("text", text).put("decoded", text).set("ids", array(ids));
                root.withArray("logprobs").add(scored(ids, twin.logits(ids)));
                ObjectNode chat = root.withArray("chat").addObject();
                chat.withArray("messages").addObject().put("role", "user").put("content", text);
                chat.put("text", text).set("ids", array(ids));
                root.withArray("greedy")
                        .addObject()
                        .set("ids", array(greedy(twin, ids, model.ends().getFirst())));
            }
        }
    }

    /// With a template that writes the messages one after the other.
    private static Map<String, String> texts(DecoderConfig config) {
        var texts = new HashMap<>(ModelDirectory.texts(config, CharacterVocabulary.of(Tiny.CHARACTERS)));
        texts.put("chat_template.jinja", "{% for message in messages %}{{ message.content }}{% endfor %}");
        return texts;
    }

    /// So that distributions are far from even.
    private static Weight larger(Weight weight) {
        float[] values = weight.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= 12;
        }
        return new Weight(weight.shape(), values);
    }

    private static ArrayNode array(int[] ids) {
        ArrayNode array = JsonMapper.shared().createArrayNode();
        for (int id : ids) {
            array.add(id);
        }
        return array;
    }

    private static double logProb(double[] logits, int token) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        return logits[token] - Math.log(sum);
    }

    private static ObjectNode scored(int[] ids, double[][] logits) {
        ObjectNode scored = JsonMapper.shared().createObjectNode();
        scored.set("ids", array(ids));
        for (int i = 0; i + 1 < ids.length; i++) {
            scored.withArray("logprobs").add(logProb(logits[i], ids[i + 1]));
        }
        for (int token : new int[] {3, 9}) {
            scored.withArray("top5").addArray().add(token).add(logProb(logits[ids.length - 1], token));
        }
        return scored;
    }

    private static int[] greedy(PlainDecoder twin, int[] prompt, int end) {
        List<Integer> drawn = new ArrayList<>();
        int[] ids = prompt;
        while (drawn.size() < DRAWN && (drawn.isEmpty() || drawn.getLast() != end)) {
            double[] logits = twin.logits(ids)[ids.length - 1];
            int best = 0;
            for (int token = 1; token < logits.length; token++) {
                best = logits[token] > logits[best] ? token : best;
            }
            drawn.add(best);
            ids = LoadedModel.join(ids, new int[] {best});
        }
        return drawn.stream().mapToInt(Integer::intValue).toArray();
    }

    private List<Parity.Line> lines() throws IOException {
        return Parity.of(handle, Files.writeString(folder.resolve("expected.json"), root.toString()), Tiny.device());
    }

    @Test
    void all_is_within_its_bound() throws IOException {
        assertThat(lines()).hasSize(9).allMatch(Parity.Line::within);
    }

    @ParameterizedTest
    @CsvSource({
        "tokenize/1/ids/0, texts of 3 whose token ids differ;texts of 3 that differ when decoded",
        "tokenize/1/decoded, texts of 3 that differ when decoded",
        "logprobs/2/top5/1/1, 'log-probabilities of the likeliest next tokens, worst'",
        "chat/2/ids/1, 'chats of 3 whose token ids differ;greedy tokens of 3 chats that differ'",
        "chat/1/text, chats of 3 whose text differs;chats of 3 whose token ids differ",
        "chat/1/messages/0/content, chats of 3 whose text differs",
        "greedy/0/ids/0, greedy tokens of 3 chats that differ"
    })
    void a_figure_that_is_off_is_over_its_bound_and_no_other(String path, String over) throws IOException {
        spoil(path);
        assertThat(lines().stream().filter(line -> !line.within()).map(Parity.Line::name))
                .containsExactly(over.split(";"));
    }

    @Test
    void log_probabilities_are_held_to_the_file_in_all_ways_of_computing_them() throws IOException {
        spoil("logprobs/0/logprobs/3");
        assertThat(lines().stream().filter(line -> !line.within()).map(Parity.Line::name))
                .containsExactly(
                        "log-probabilities of the tokens, worst",
                        "log-probabilities of the sampler in float32, worst",
                        "log-probabilities of the sampler in bfloat16, root mean square");
    }

    /// Another text, the next token id, or 2 nats more.
    private void spoil(String path) {
        String[] names = path.split("/", -1);
        JsonNode parent = root;
        for (int i = 0; i + 1 < names.length; i++) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(names[i])) : parent.get(names[i]);
        }
        String last = names[names.length - 1];
        if (parent instanceof ObjectNode object) {
            object.put(last, "9=9");
        } else {
            ArrayNode array = (ArrayNode) parent;
            int at = Integer.parseInt(last);
            JsonNode old = array.get(at);
            if (old.isIntegralNumber()) {
                array.set(at, array.numberNode(old.asInt() % 20 + 3));
            } else {
                array.set(at, array.numberNode(old.asDouble() + 2));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"logprobs": [{"ids": [1]}], "tokenize": [], "chat": []}                                            | has 0 numbers for 1 tokens
        {"logprobs": [{"ids": [1, 2], "logprobs": ["x"]}], "tokenize": [], "chat": []}                      | where a number is needed
        {"logprobs": [{"ids": [1, 2], "logprobs": [-1], "top5": [[99, 0]]}], "tokenize": [], "chat": []}    | where a token id and a number
        {"logprobs": [{"ids": [1, 2], "logprobs": [-1]}]}                                       | "tokenize" is missing
        {"logprobs": [{"ids": [1, 2], "logprobs": [-1]}], "tokenize": [], "chat": [], "greedy": [{"ids": [1]}]} | "greedy" has 1 entries and "chat" 0
        {"logprobs": [{"ids": [1, 2], "logprobs": [-1]}], "tokenize": [], "chat": [{"ids": []}], "greedy": []} | without a list of "messages"
        {"logprobs": [{"ids": [1, 2], "logprobs": [-1]}], "tokenize": [], "chat": [{"messages": [7], "ids": []}], "greedy": []} | messages [7] that cannot be rendered
        {"logprobs": [{"ids": [1, 2], "logprobs": [-1]}], "tokenize": [], "chat": [{"messages": [], "ids": []}], "greedy": [{"ids": [1]}]} | a prompt of 0 tokens
        """)
    void expectations_that_do_not_fit_are_refused(String json, String hint) throws IOException {
        Path file = Files.writeString(folder.resolve("expected.json"), json);
        assertThatThrownBy(() -> Parity.of(handle, file, Tiny.device()))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("expected.json")
                .hasMessageContaining(hint);
    }

    @Test
    void a_text_that_is_longer_than_the_context_is_refused() throws IOException {
        ArrayNode ids = root.withArray("logprobs").get(0).withArray("ids");
        while (ids.size() < 65) {
            ids.add(5);
        }
        assertThatThrownBy(this::lines)
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("a text of 65 tokens, and the model's context is 64");
    }
}
