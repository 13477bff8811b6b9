package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What transformers 5 computed on the same files, in float32 on a CPU (`expected.json`).
class ParityTest {
    private static final String LLAMA = "llama";
    private static final String SCALED = "llama31-rope";
    private static final String MISTRAL = "mistral";
    private static final String QWEN2 = "qwen2";
    private static final String QWEN3 = "qwen3";

    private static ModelDirectory model(String name) {
        return ModelDirectory.open(Tiny.resource("/parity/" + name));
    }

    private static JsonNode expected(String name) {
        return Json.object(SafeFiles.text(Tiny.resource("/parity/" + name + "/expected.json")), name);
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

    private static void close(JsonNode expected, float[] actual, double relative) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            double value = expected.get(i).asDouble();
            assertThat((double) actual[i]).as("value %d", i).isCloseTo(value, within(relative * (1 + Math.abs(value))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void logits_and_log_probabilities_agree(String name) {
        ModelDirectory model = model(name);
        JsonNode expected = expected(name);
        List<Text> texts = texts(expected.path("input_ids"), 1);
        List<Text> one = List.of(Text.completing(ids(expected.path("long_input_ids")), 1, 1f));
        try (var decoder = new TrainingDecoder(model.config(), model.weights());
                var _ = new PointerScope()) {
            List<float[]> scored = new Scoring(1).logProbs(decoder, texts);
            Packing packing = Packing.of(texts);
            for (int i = 0; i < texts.size(); i++) {
                close(expected.path("token_logprobs").get(i), scored.get(i), 1e-4);
                float[] last = decoder.logits(packing, new long[] {packing.places()[i] + 19})[0];
                close(expected.path("logits_last").get(i), last, 1e-4);
            }
            close(expected.path("long_logits_last"), decoder.logits(Packing.of(one), new long[] {199})[0], 1e-4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL})
    void the_row_decoder_gives_the_same_logits(String name) {
        ModelDirectory model = model(name);
        JsonNode expected = expected(name);
        var decoder = new RowDecoder(RowWeights.of(model.config(), model.weights()), 64, 256);
        int[] longOne = ids(expected.path("long_input_ids"));
        int[] tokens = new int[64];
        float[] last = new float[model.config().vocabulary()];
        for (int j = 0; j < longOne.length; j++) {
            for (int row = 0; row < 64; row++) {
                if (row != 5 || j == 0) {
                    decoder.start(row);
                }
            }
            tokens[5] = longOne[j];
            float[][] logits = decoder.step(tokens, RowDecoder.Head.COMPUTED);
            for (int v = 0; v < last.length; v++) {
                last[v] = logits[v][5];
            }
        }
        close(expected.path("long_logits_last"), last, 1e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL})
    void greedy_continuations_are_equal(String name) {
        ModelDirectory model = model(name);
        JsonNode expected = expected(name);
        List<Sampler.Request> requests = new ArrayList<>();
        expected.path("prompts")
                .forEach(prompt -> requests.add(new Sampler.Request(ids(prompt), new long[] {0}, 0, 24, -1)));
        var drawn = new Sampler(RowWeights.of(model.config(), model.weights()), 64, 1).draw(requests, done -> {});
        for (int i = 0; i < requests.size(); i++) {
            assertThat(drawn.get(i).getFirst().tokens())
                    .isEqualTo(ids(expected.path("greedy").get(i)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void gradients_agree(String name) {
        ModelDirectory model = model(name);
        JsonNode sft = expected(name).path("sft");
        List<Text> texts = texts(expected(name).path("input_ids"), 8);
        try (var decoder = new TrainingDecoder(model.config(), model.weights())) {
            List<float[]> gradients;
            try (var _ = new PointerScope()) {
                Tensor loss = decoder.logProbs(Packing.of(texts)).mean().mul(new Scalar(-1f));
                gradients = decoder.gradients(loss);
                assertThat((double) loss.item_float())
                        .isCloseTo(sft.path("loss").asDouble(), within(1e-5));
            }
            double squares = 0;
            int at = 0;
            for (String parameter : model.config().parameters().keySet()) {
                double norm = norm(gradients.get(at++));
                squares += norm * norm;
                double value = sft.path("grad_norms").path(parameter).asDouble();
                assertThat(norm).as(parameter).isCloseTo(value, within(1e-3 * value));
            }
            assertThat(Math.sqrt(squares)).isCloseTo(sft.path("grad_norm").asDouble(), within(1e-3));
        }
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    @ParameterizedTest
    @ValueSource(strings = {LLAMA, SCALED, MISTRAL, QWEN2, QWEN3})
    void three_steps_of_adamw_agree_whole_and_in_pieces(String name) {
        ModelDirectory model = model(name);
        JsonNode run = expected(name).path("sft_adamw");
        List<Text> texts = texts(expected(name).path("input_ids"), 8);
        for (int placesPerPiece : new int[] {1000, 20}) {
            var trainer = new Trainer(new AdamW(0.9, 0.999, 1e-8, 0.01), 1.0, placesPerPiece, 1);
            var state = new TrainingState(model.config(), model.weights());
            try (var decoder = new TrainingDecoder(model.config(), state.weights)) {
                for (int i = 0; i < 3; i++) {
                    double loss = trainer.step(decoder, state, texts, 1e-3);
                    assertThat(loss).isCloseTo(run.path("losses").get(i).asDouble(), within(1e-4));
                }
                double sum = 0;
                for (float[] each : new Scoring(1).logProbs(decoder, texts)) {
                    for (float logProb : each) {
                        sum -= logProb;
                    }
                }
                assertThat(sum / 36).isCloseTo(run.path("final_loss").asDouble(), within(1e-4));
            }
            assertThat(state.tokens).isEqualTo(3 * 36);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void the_number_of_threads_changes_no_bit_of_what_is_learned(int threads) {
        assertThat(afterTwoSteps(threads)).isEqualTo(afterTwoSteps(1));
    }

    private static List<List<Float>> afterTwoSteps(int threads) {
        ModelDirectory model = model(LLAMA);
        var trainer = new Trainer(new AdamW(0.9, 0.999, 1e-8, 0.01), 1.0, 20, threads);
        var state = new TrainingState(model.config(), model.weights());
        try (var decoder = new TrainingDecoder(model.config(), state.weights)) {
            for (int i = 0; i < 2; i++) {
                trainer.step(decoder, state, texts(expected(LLAMA).path("input_ids"), 8), 1e-3);
            }
        }
        List<List<Float>> weights = new ArrayList<>();
        for (Weight weight : state.weights.values()) {
            List<Float> values = new ArrayList<>();
            for (float value : weight.values()) {
                values.add(value);
            }
            weights.add(values);
        }
        return weights;
    }
}
