package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.run.HoneException;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Weight;
import dev.hone.torch.learn.AdamW;
import dev.hone.torch.learn.Noise;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.Trainer;
import dev.hone.torch.learn.TrainingState;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PlainDecoder;
import dev.hone.torch.objective.Imitation;
import dev.hone.torch.objective.Part;
import dev.hone.torch.objective.Text;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What transformers 5 computed on the same files, in float32 on a CPU (`expected.json`).
class ParityTest {
    private static final String LLAMA = "llama";
    private static final String SCALED = "llama31-rope";
    private static final String MISTRAL = "mistral";
    private static final String QWEN2 = "qwen2";
    private static final String QWEN3 = "qwen3";

    private static Path folder(String name) {
        return Tiny.resource("/parity/" + name);
    }

    private static ModelDirectory model(String name) {
        return ModelDirectory.open(folder(name));
    }

    private static Model handle(String name) {
        return LocalModels.handle(model(name), new Lineage.Given("a fixture"));
    }

    private static JsonNode expected(String name) {
        Path file = folder(name).resolve("expected.json");
        return Json.object(SafeFiles.text(file), file.toString());
    }

    private static int[] ids(JsonNode array) {
        int[] ids = new int[array.size()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = array.get(i).asInt();
        }
        return ids;
    }

    private static List<Text> texts(JsonNode rows, int promptTokens) {
        List<Text> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(Text.completing(ids(row), row.size() - promptTokens, 1f)));
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void every_figure_of_transformers_is_met(String name) {
        List<Parity.Line> lines = Parity.of(handle(name), folder(name).resolve("expected.json"), Tiny.device());
        assertThat(lines).hasSize(20).allMatch(Parity.Line::within);
        assertThat(lines.stream().map(Parity.Line::bound).distinct())
                .containsExactlyInAnyOrder(0.0, 1e-5, 1e-4, 1e-3, 5e-2);
    }

    @Test
    void logits_are_held_to_the_file_in_all_three_ways_of_computing_them(@TempDir Path scratch) throws IOException {
        ObjectNode root = (ObjectNode) expected(LLAMA);
        ArrayNode first = (ArrayNode) root.get("logits_last").get(0);
        for (int i = 0; i < first.size(); i++) {
            first.set(i, root.numberNode(first.get(i).asDouble() * 1.2));
        }
        Path file = Files.writeString(scratch.resolve("expected.json"), root.toString());
        assertThat(Parity.of(handle(LLAMA), file, Tiny.device()).stream()
                        .filter(each -> !each.within())
                        .map(Parity.Line::name))
                .containsExactly(
                        "logits after the last token, relative",
                        "logits of the sampler in float32, relative",
                        "logits of the sampler in bfloat16, relative");
    }

    /// Which field is spoilt, and the line that must be over then.
    @ParameterizedTest
    @CsvSource({
        "token_logprobs, log-probabilities of the tokens",
        "long_logits_last, logits after 200 tokens",
        "greedy, greedy tokens",
        "sft/loss, loss",
        "sft/grad_norm, 'gradient norm, all'",
        "sft/grad_norms/model.norm.weight, 'gradient norm, worst: model.norm.weight'",
        "sft_adamw/losses, losses of 3 AdamW steps",
        "sft_adamw/final_loss, loss after them",
        "preference/chosen_logps_policy, 'chosen log-probabilities, policy'",
        "preference/rejected_logps_reference, 'rejected log-probabilities, reference'",
        "preference/dpo_sigmoid, loss dpo sigmoid",
        "preference/dpo_hinge, loss dpo hinge",
        "preference/dpo_ipo_length_normalised, loss dpo ipo",
        "preference/simpo_beta2_gamma1, loss simpo",
        "preference/orpo_log_odds, loss orpo"
    })
    void a_figure_that_is_off_is_over_its_bound_and_no_other(String field, String line, @TempDir Path scratch)
            throws IOException {
        ObjectNode root = (ObjectNode) expected(LLAMA);
        List<String> names = List.of(field.split("/", -1));
        ObjectNode parent = root;
        for (String name : names.subList(0, names.size() - 1)) {
            parent = (ObjectNode) parent.get(name);
        }
        parent.set(names.getLast(), spoilt(parent.get(names.getLast())));
        Path file = Files.writeString(scratch.resolve("expected.json"), root.toString());
        assertThat(Parity.of(handle(LLAMA), file, Tiny.device()).stream().filter(each -> !each.within()))
                .singleElement()
                .satisfies(over -> assertThat(over.name()).startsWith(line));
    }

    /// The first number of it is a hundredth larger, or the next token id.
    private static JsonNode spoilt(JsonNode node) {
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.deepCopy();
            copy.set(0, spoilt(copy.get(0)));
            return copy;
        }
        return node.isIntegralNumber()
                ? JsonMapper.shared().getNodeFactory().numberNode(node.asInt() % 96 + 1)
                : JsonMapper.shared().getNodeFactory().numberNode(node.asDouble() * 1.01 + 0.01);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                                               | neither "sft" nor "logprobs"
        {"sft": 1}                                                       | "input_ids" is missing
        {"sft": 1, "input_ids": []}                                      | "input_ids" is empty
        {"sft": 1, "input_ids": [[1]]}                                   | a row of 1 tokens
        {"sft": 1, "input_ids": [[1, 97]]}                               | holds 97 where a token id below 97
        {"sft": {"prompt_tokens": 2}, "input_ids": [[1, 2]]}             | "sft.prompt_tokens" is 2 of 2 tokens
        {"sft": {"prompt_tokens": "x"}, "input_ids": [[1, 2]]}           | where a number is needed
        {"sft": {"prompt_tokens": 1}, "input_ids": [[1, 2]], "logits_last": [[1, 2]]} | this model has 1 of 97
        """)
    void expectations_that_do_not_fit_are_refused(String json, String hint, @TempDir Path scratch) throws IOException {
        Path file = Files.writeString(scratch.resolve("expected.json"), json);
        assertThatThrownBy(() -> Parity.of(handle(LLAMA), file, Tiny.device()))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("expected.json")
                .hasMessageContaining(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void the_plain_twin_gives_the_same_logits(String name) {
        ModelDirectory model = model(name);
        JsonNode wanted = expected(name).path("long_logits_last");
        double[][] got = new PlainDecoder(model.config(), model.tensors())
                .logits(ids(expected(name).path("long_input_ids")));
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(got[199][i]).isCloseTo(wanted.get(i).asDouble(), within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void a_text_scores_the_same_alone_and_packed_with_others(String name) {
        ModelDirectory model = model(name);
        List<Text> texts = new ArrayList<>(texts(expected(name).path("input_ids"), 1));
        texts.add(Text.completing(ids(expected(name).path("long_input_ids")), 199, 1f));
        expected(name).path("prompts").forEach(prompt -> texts.add(Text.completing(ids(prompt), 2, 1f)));
        try (var decoder = Tiny.decoder(model.config(), model.weights())) {
            List<float[]> packed = new Scoring(1).logProbs(decoder, texts);
            for (int i = 0; i < texts.size(); i++) {
                float[] alone =
                        new Scoring(1).logProbs(decoder, List.of(texts.get(i))).getFirst();
                assertThat(packed.get(i)).hasSameSizeAs(alone);
                for (int t = 0; t < alone.length; t++) {
                    assertThat(packed.get(i)[t]).isCloseTo(alone[t], within(2e-5f));
                }
            }
        }
    }

    /// Prompts of unequal length, drawn side by side, then scored in one packing and each alone.
    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void what_was_drawn_in_a_ragged_batch_has_the_same_log_probabilities_packed_and_alone(String name) {
        ModelDirectory model = model(name);
        List<Sampler.Request> requests = new ArrayList<>();
        expected(name)
                .path("prompts")
                .forEach(prompt -> requests.add(
                        new Sampler.Request(ids(prompt), new long[] {1, 2}, 1, new int[] {30, 7}, new int[] {2})));
        List<Text> texts = new ArrayList<>();
        List<float[]> drawn = new ArrayList<>();
        var completions = Sampler.once(model, Tiny.device(), Dtype.FLOAT32, requests);
        for (int i = 0; i < requests.size(); i++) {
            for (Sampler.Drawn each : completions.get(i)) {
                int[] whole = LoadedModel.join(requests.get(i).prompt(), each.tokens());
                texts.add(Text.completing(whole, each.tokens().length, 1f));
                drawn.add(each.logProbs());
            }
        }
        try (var decoder = Tiny.decoder(model.config(), model.weights())) {
            List<float[]> packed = new Scoring(1).logProbs(decoder, texts);
            for (int i = 0; i < texts.size(); i++) {
                float[] alone =
                        new Scoring(1).logProbs(decoder, List.of(texts.get(i))).getFirst();
                assertThat(alone).hasSameSizeAs(drawn.get(i));
                for (int t = 0; t < alone.length; t++) {
                    assertThat(drawn.get(i)[t]).isCloseTo(alone[t], within(1e-4f));
                    assertThat(packed.get(i)[t]).isCloseTo(alone[t], within(2e-5f));
                }
            }
        }
    }

    private static Trainer trainer(int threads, Activations activations) {
        return new Trainer(new AdamW(0.9, 0.999, 1e-8, 0.01), 1.0, 20, threads, activations);
    }

    @ParameterizedTest
    @CsvSource({"llama, KEPT", "qwen2, RECOMPUTED", "qwen3, KEPT", "llama31-rope, RECOMPUTED"})
    void steps_of_adamw_in_pieces_are_those_in_one(String name, Activations activations) {
        ModelDirectory model = model(name);
        JsonNode run = expected(name).path("sft_adamw");
        List<Text> texts = texts(expected(name).path("input_ids"), 8);
        var trainer = trainer(1, activations);
        var state = new TrainingState(model.weights());
        try (var decoder = Tiny.decoder(model.config(), state.weights())) {
            for (int i = 0; i < 3; i++) {
                double loss = trainer.step(decoder, state, Imitation.batch(texts), Noise.none(), 1e-3);
                assertThat(loss).isCloseTo(run.path("losses").get(i).asDouble(), within(1e-4));
            }
        }
        assertThat(state.tokens()).isEqualTo(3 * 36);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void the_number_of_threads_changes_no_bit_of_what_is_learned(int threads) {
        assertThat(afterTwoSteps(threads)).isEqualTo(afterTwoSteps(1));
    }

    private static List<List<Float>> afterTwoSteps(int threads) {
        ModelDirectory model = model(LLAMA);
        var trainer = trainer(threads, Activations.KEPT);
        var state = new TrainingState(model.weights());
        try (var decoder = Tiny.decoder(model.config(), state.weights())) {
            for (int i = 0; i < 2; i++) {
                List<Part> batch = Imitation.batch(texts(expected(LLAMA).path("input_ids"), 8));
                trainer.step(decoder, state, batch, Noise.none(), 1e-3);
            }
        }
        List<List<Float>> weights = new ArrayList<>();
        for (Weight weight : state.weights().values()) {
            List<Float> values = new ArrayList<>();
            for (float value : weight.values()) {
                values.add(value);
            }
            weights.add(values);
        }
        return weights;
    }
}
