package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PlainDecoder;
import dev.hone.torch.model.RandomWeights;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class BatchDecoderTest {

    private static void close(JsonNode expected, float[] actual, double relative) {
        assertThat(actual).hasSize(expected.size());
        for (int i = 0; i < actual.length; i++) {
            double value = expected.get(i).asDouble();
            assertThat((double) actual[i]).as("value %d", i).isCloseTo(value, within(relative * (1 + Math.abs(value))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama31-rope", "mistral", "qwen2", "qwen3"})
    void token_by_token_the_logits_are_those_of_transformers(String name) {
        Path folder = Tiny.resource("/parity/" + name);
        ModelDirectory model = ModelDirectory.open(folder);
        JsonNode expected = Json.object(SafeFiles.text(folder.resolve("expected.json")), "expected.json");
        int[] ids = expected.path("long_input_ids")
                .valueStream()
                .mapToInt(JsonNode::asInt)
                .toArray();
        float[] last = new float[model.config().vocabulary()];
        try (var gang = new Gang(2);
                var weights = BatchWeights.of(model.config(), model.tensors(), Dtype.FLOAT32, gang);
                var decoder = weights.decoder(gang, 64, 1, ids.length)) {
            var sequence = decoder.pages().sequence();
            for (int i = 0; i < ids.length; i++) {
                decoder.add(sequence, ids[i], i == ids.length - 1);
                if (decoder.free() == 0 || i == ids.length - 1) {
                    System.arraycopy(decoder.step(), 0, last, 0, last.length);
                }
            }
        }
        close(expected.path("long_logits_last"), last, 1e-4);
    }

    /// Heads of which 3, 4 (in two parts), 2, 1, 1, 4 (in two parts), and 1 key heads are multiplied at once.
    @ParameterizedTest
    @CsvSource({"9, 3", "16, 8", "14, 2", "8, 1", "10, 5", "8, 8", "40, 2"})
    void logits_are_those_of_the_plain_twin_however_many_heads_share_a_key_head(int heads, int keyValueHeads) {
        DecoderConfig config = Tiny.config(heads, keyValueHeads, 4, 128);
        Map<String, Weight> weights = RandomWeights.of(config, new Seed(5));
        weights.replaceAll((_, weight) -> times(weight, weight.shape().size() == 1 ? 1 : 8));
        int[] trunk = tokens(Pages.SIZE * 2, 0);
        List<int[]> branches =
                IntStream.rangeClosed(1, 6).mapToObj(i -> tokens(4, i)).toList();

        List<float[]> together = drawn(config, weights, trunk, branches);

        var twin = new PlainDecoder(config, Tensors.of(weights));
        for (int i = 0; i < branches.size(); i++) {
            int[] ids = IntStream.concat(IntStream.of(trunk), IntStream.of(branches.get(i)))
                    .toArray();
            double[] expected = twin.logits(ids)[ids.length - 1];
            float[] actual = together.get(i);
            for (int j = 0; j < expected.length; j++) {
                assertThat((double) actual[j]).isCloseTo(expected[j], within(1e-4 * (1 + Math.abs(expected[j]))));
            }
            assertThat(drawn(config, weights, trunk, List.of(branches.get(i))).getFirst())
                    .as("alone")
                    .isEqualTo(actual);
        }
    }

    /// Logits after each branch, one sequence each.
    private static List<float[]> drawn(
            DecoderConfig config, Map<String, Weight> parameters, int[] trunk, List<int[]> branches) {
        try (var gang = new Gang(2);
                var weights = BatchWeights.of(config, Tensors.of(parameters), Dtype.FLOAT32, gang);
                var decoder = weights.decoder(gang, trunk.length, branches.size(), config.context())) {
            Pages.Sequence begun = decoder.pages().sequence();
            IntStream.of(trunk).forEach(token -> decoder.add(begun, token, false));
            decoder.step();
            List<Pages.Sequence> sequences =
                    branches.stream().map(_ -> begun.fork(trunk.length)).toList();
            float[] logits = {};
            for (int at = 0; at < branches.getFirst().length; at++) {
                for (int i = 0; i < branches.size(); i++) {
                    decoder.add(sequences.get(i), branches.get(i)[at], true);
                }
                logits = decoder.step();
            }
            float[] all = logits;
            int vocabulary = config.vocabulary();
            return IntStream.range(0, branches.size())
                    .mapToObj(i -> Arrays.copyOfRange(all, i * vocabulary, (i + 1) * vocabulary))
                    .toList();
        }
    }

    private static int[] tokens(int count, int seed) {
        return new Random(seed).ints(count, 3, Tiny.config().vocabulary()).toArray();
    }

    private static Weight times(Weight weight, float factor) {
        float[] values = weight.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
        return new Weight(weight.shape(), values);
    }
}
