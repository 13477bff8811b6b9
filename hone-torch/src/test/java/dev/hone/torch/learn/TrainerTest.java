package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Weight;
import dev.hone.torch.objective.Part;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Trainer TRAINER = new Trainer(new AdamW(0.9, 0.999, 1e-8, 0), 1, 4, 2, Activations.KEPT);

    /// A text whose loss is 1 with the slopes that it is given.
    private record Given(List<Text> texts, Supplier<Double> slope) implements Part {
        static Given of(int first, Supplier<Double> slope) {
            return new Given(List.of(Text.completing(new int[] {first, 6, 7, 8}, 2, 1)), slope);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double each = slope.get();
            slopes.forEach(readout -> Arrays.fill(readout.logProbs(), each));
            return 1;
        }
    }

    private static SequencedMap<String, Weight> copy(SequencedMap<String, Weight> weights) {
        SequencedMap<String, Weight> copy = new LinkedHashMap<>();
        weights.forEach((name, weight) ->
                copy.put(name, new Weight(weight.shape(), weight.values().clone())));
        return copy;
    }

    @Test
    void a_gradient_that_is_not_finite_is_refused_before_any_weight_changes() {
        var state = new TrainingState(PassTest.weights());
        SequencedMap<String, Weight> before = copy(state.weights());
        try (TrainingDecoder decoder = PassTest.decoder(state.weights())) {
            assertThatThrownBy(() ->
                            TRAINER.step(decoder, state, List.of(Given.of(5, () -> Double.NaN)), Noise.none(), 0.1))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining("the gradient's norm is NaN at step 1");
        }
        before.forEach((name, weight) -> assertThat(state.weight(name)).containsExactly(weight.values()));
        assertThat(state.step()).isZero();
        assertThat(state.optimizerStep).isZero();
    }

    @Test
    void a_piece_that_fails_leaves_no_gradients_of_the_others() {
        var state = new TrainingState(PassTest.weights());
        Part fine = Given.of(9, () -> -1.0);
        Part broken = Given.of(5, () -> {
            throw new IllegalStateException("broken");
        });
        try (TrainingDecoder decoder = PassTest.decoder(state.weights())) {
            TRAINER.step(decoder, state, List.of(fine), Noise.none(), 0.1);
            long before = Pointer.totalCount();
            assertThatThrownBy(() -> TRAINER.step(decoder, state, List.of(broken, fine), Noise.none(), 0.1))
                    .hasMessage("broken");
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void parameters_that_cannot_be_copied_leave_none_of_the_others() {
        SequencedMap<String, Weight> weights = PassTest.weights();
        Weight good = Objects.requireNonNull(weights.firstEntry()).getValue();
        PassTest.decoder(weights).close();
        long before = Pointer.totalCount();
        var broken = new LinkedHashMap<String, Weight>();
        broken.put("good", good);
        broken.put("bad", new Weight(List.of(-1, -1), new float[1])); // the library knows no such size
        assertThatThrownBy(() -> PassTest.decoder(broken)).isInstanceOf(RuntimeException.class);
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
}
