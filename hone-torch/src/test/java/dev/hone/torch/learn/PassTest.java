package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Clip;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import dev.hone.torch.Tiny;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.OneRollout;
import dev.hone.torch.objective.Pairs;
import dev.hone.torch.objective.Part;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The way back against differences of the way there.
class PassTest {
    private static final ModelDirectory MODEL = ModelDirectory.open(Tiny.resource("/parity/llama"));

    static SequencedMap<String, Weight> weights() {
        SequencedMap<String, Weight> weights = MODEL.weights();
        float[] head = new float[48];
        for (int i = 0; i < head.length; i++) {
            head[i] = 0.02f * (i % 7 - 3);
        }
        weights.put(HeadKind.WEIGHT, new Weight(List.of(1, 48), head));
        return weights;
    }

    static TrainingDecoder decoder(SequencedMap<String, Weight> weights) {
        return new TrainingDecoder(MODEL.config(), new Parameters(Map.of(), weights, Tiny.device(), Dtype.FLOAT32), 1);
    }

    private static double loss(SequencedMap<String, Weight> weights, List<Part> parts) {
        try (var decoder = decoder(weights)) {
            return new Trainer(new AdamW(0.9, 0.999, 1e-8, 0), 1, 100, 1, Activations.KEPT).loss(decoder, parts);
        }
    }

    private static void agree(List<Part> parts, Activations activations) {
        List<Text> texts = parts.stream().flatMap(part -> part.texts().stream()).toList();
        var sums = new TrainingState(weights());
        try (var decoder = decoder(weights());
                var _ = new PointerScope()) {
            Pass pass = new Pass(decoder, texts, Noise.none(), activations);
            List<Readout> slopes =
                    texts.stream().map(text -> Readout.zero(text, 1)).toList();
            Trainer.loss(parts, pass.read(), slopes);
            try (Gradients gradients = pass.gradients(slopes)) {
                sums.weights.keySet().forEach(name -> gradients.addTo(name, sums.gradient(name)));
            }
        }
        var random = new SplittableRandom(2);
        for (String name : List.of(
                "model.embed_tokens.weight",
                "model.layers.0.self_attn.k_proj.weight",
                "model.layers.1.mlp.down_proj.weight",
                "model.layers.2.input_layernorm.weight",
                "model.norm.weight",
                HeadKind.WEIGHT)) {
            float[] gradient = sums.gradient(name);
            // along a random direction of the whole parameter, so that one difference sees all of it
            float[] direction = new float[gradient.length];
            double expected = 0;
            for (int i = 0; i < direction.length; i++) {
                direction[i] = random.nextBoolean() ? 1 : -1;
                expected += direction[i] * gradient[i];
            }
            float small = 2e-4f;
            double difference =
                    (loss(moved(name, direction, small), parts) - loss(moved(name, direction, -small), parts))
                            / (2 * small);
            assertThat(difference).as(name).isCloseTo(expected, within(0.01 * Math.abs(expected) + 5e-3));
        }
    }

    private static SequencedMap<String, Weight> moved(String name, float[] direction, float by) {
        SequencedMap<String, Weight> weights = weights();
        float[] values = Objects.requireNonNull(weights.get(name)).values();
        for (int i = 0; i < values.length; i++) {
            values[i] += by * direction[i];
        }
        return weights;
    }

    @ParameterizedTest
    @EnumSource
    void of_a_preference_loss(Activations activations) {
        var dpo = new Objective.Dpo(new Contrast.Sigmoid(), 0.1, new ChosenLikelihood(0.5, ChosenLikelihood.Mean.PAIR));
        var pair = new Pairs.Pair(
                Text.completing(new int[] {5, 6, 7, 8, 9}, 3, 1),
                Text.completing(new int[] {5, 6, 17, 18, 19, 20}, 4, 1),
                -12,
                -14);
        agree(Pairs.dpo(dpo, List.of(pair)).parts(List.of(0), none -> List.of()), activations);
    }

    @ParameterizedTest
    @EnumSource
    void of_a_policy_with_a_value_head(Activations activations) {
        var ppo = new Objective.Ppo(0.1, 1, 0.95, 1, new Clip(1, 20), 20);
        Text text = new Text(new int[] {5, 6, 7, 8, 9}, new float[] {0, 0, 1, 1, 1}, new int[] {1, 2, 3}, 0.7);
        var old = new Readout(new double[] {-5, -4, -6}, new double[] {0.1, 0.2, -0.1});
        var rollout = OneRollout.ppo(ppo, text, 1, old, new double[] {-5, -5, -5});
        agree(rollout.parts(List.of(0), none -> List.of()), activations);
    }

    @ParameterizedTest
    @EnumSource
    void logits_in_chunks_are_logits_at_once(Dtype dtype) {
        var numbers = dtype == Dtype.BFLOAT16 ? torch.ScalarType.BFloat16 : torch.ScalarType.Float;
        double bound = dtype == Dtype.BFLOAT16 ? 0.1 : 1e-5; // numbers up to 8, which are 1/32 apart, doubled
        try (var _ = new PointerScope()) {
            torch.manual_seed(4);
            var transfer = new Transfer(Tiny.device());
            Tensor states = transfer.put(torch.randn(10, 6), numbers);
            Tensor matrix = transfer.put(torch.randn(13, 6), numbers);
            long[] targets = {0, 12, 3, 4, 5, 6, 7, 8, 9, 1};
            float[] sharpness = {1, 1, 1, 2, 2, 2, 2, 0.5f, 0.5f, 0.5f};
            float[] slopes = {1, -1, 0.5f, 2, 3, -2, 1, 1, 0.1f, 4};
            var once = new TokenHead(transfer, states, matrix, targets, sharpness, 10 * 13);
            var chunks = new TokenHead(transfer, states, matrix, targets, sharpness, 3 * 13);
            float[] all = once.logProbs();
            float[] pieces = chunks.logProbs();
            Tensor onceStates = once.back(slopes, true);
            Tensor chunksStates = chunks.back(slopes, true);
            Tensor onceMatrix = once.matrixSlopes();
            Tensor chunksMatrix = chunks.matrixSlopes();
            for (int i = 0; i < all.length; i++) {
                assertThat(pieces[i]).isCloseTo(all[i], within(dtype == Dtype.BFLOAT16 ? 0.1f : 1e-6f));
            }
            assertThat(onceStates.sub(chunksStates).abs().max().item_double()).isLessThan(bound);
            assertThat(onceMatrix.sub(chunksMatrix).abs().max().item_double()).isLessThan(bound);
            assertThat(onceMatrix.abs().max().item_double()).isGreaterThan(0.1);
        }
    }
}
