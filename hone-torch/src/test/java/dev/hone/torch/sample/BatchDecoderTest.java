package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.torch.Tiny;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
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
}
