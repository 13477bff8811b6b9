package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.Seed;
import dev.hone.torch.Tiny;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.kernel.Brgemm;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.RandomWeights;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.LogitBlend;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LockStepTest {
    private final Gang gang = new Gang(1);
    private final List<DrawingWeights> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(DrawingWeights::close);
        gang.close();
    }

    /// Weights large enough that distributions are far from even.
    private DrawingWeights model(int seed, String characters, Dtype dtype) {
        DecoderConfig config = Tiny.config(characters);
        var weights = RandomWeights.of(config, new Seed(seed));
        weights.replaceAll((name, weight) -> {
            float[] values = weight.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= weight.shape().size() == 1 ? 1 : 12;
            }
            return new Weight(weight.shape(), values);
        });
        BatchWeights packed = BatchWeights.of(config, Tensors.of(weights), Brgemm.of(dtype), gang);
        opened.add(packed);
        return packed;
    }

    private DrawingWeights model(int seed, Dtype dtype) {
        return model(seed, Tiny.CHARACTERS, dtype);
    }

    private static List<Sampler.Request> requests() {
        return List.of(
                new Sampler.Request(new int[] {1, 5, 9}, new long[] {1, 2, 3, 4, 5}, 1, 20, new int[] {2}),
                new Sampler.Request(new int[] {7}, new long[] {6}, 0.7, 30, new int[] {2}),
                new Sampler.Request(new int[] {4, 4, 8, 10}, new long[] {7}, 0, 12, new int[0]));
    }

    private static String text(List<List<Sampler.Drawn>> drawn) {
        StringBuilder text = new StringBuilder();
        for (List<Sampler.Drawn> each : drawn) {
            for (Sampler.Drawn one : each) {
                for (int i = 0; i < one.tokens().length; i++) {
                    text.append(one.tokens()[i]).append(' ');
                    text.append(Float.floatToRawIntBits(one.logProbs()[i])).append(' ');
                }
                text.append(one.ending()).append('\n');
            }
        }
        return text.toString();
    }

    private String blended(List<DrawingWeights> models, int rows, double... weights) {
        return text(new LockStep(models, LogitBlend.weighted(weights), gang, rows).draw(requests(), done -> {}));
    }

    @Test
    void a_model_blended_with_itself_draws_what_it_draws_alone() {
        for (Dtype dtype : Dtype.values()) {
            DrawingWeights model = model(3, dtype);
            String alone = text(new Sampler(model, 8, 1).draw(requests(), done -> {}));
            assertThat(blended(List.of(model, model), 8, 0.5, 0.5)).isEqualTo(alone);
            assertThat(blended(List.of(model), 2, 1)).isEqualTo(alone);
        }
    }

    @Test
    void with_weights_1_and_0_the_first_model_draws_and_with_0_and_1_the_second() {
        DrawingWeights first = model(3, Dtype.FLOAT32);
        DrawingWeights second = model(4, Dtype.FLOAT32);
        List<DrawingWeights> both = List.of(first, second);
        assertThat(blended(both, 8, 1, 0)).isEqualTo(text(new Sampler(first, 8, 1).draw(requests(), done -> {})));
        assertThat(blended(both, 8, 0, 1)).isEqualTo(text(new Sampler(second, 8, 1).draw(requests(), done -> {})));
        assertThat(blended(both, 8, 0.5, 0.5))
                .isNotEqualTo(blended(both, 8, 1, 0))
                .isNotEqualTo(blended(both, 8, 0, 1));
    }

    @Test
    void a_completion_does_not_depend_on_the_rows() {
        List<DrawingWeights> both = List.of(model(3, Dtype.BFLOAT16), model(4, Dtype.BFLOAT16));
        assertThat(blended(both, 1, 1.5, -0.5)).isEqualTo(blended(both, 8, 1.5, -0.5));
    }

    @Test
    void other_vocabularies_are_refused() {
        List<DrawingWeights> both = List.of(model(3, Dtype.FLOAT32), model(4, "0123", Dtype.FLOAT32));
        assertThatThrownBy(() -> new LockStep(both, LogitBlend.weighted(1, 0), gang, 1))
                .hasMessageContaining("same vocabulary");
    }
}
