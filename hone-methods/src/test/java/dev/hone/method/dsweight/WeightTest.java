package dev.hone.method.dsweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightTest {

    // human answers have a mean loss of 2 nats a token
    @Test
    void a_sample_twice_as_likely_and_one_half_as_likely_are_shifted_alike() {
        assertThat(Weight.naive(2, 1)).isEqualTo(2);
        assertThat(Weight.naive(2, 4)).isEqualTo(0.5);
        assertThat(Weight.shift(2, 1)).isEqualTo(2);
        assertThat(Weight.shift(2, 4)).isEqualTo(2);
        assertThat(Weight.shift(2, 2)).isEqualTo(1);
    }

    /// Moment matching: the mean loss of the human answers is the weighted loss of the sample.
    @Test
    void the_naive_weight_times_the_loss_is_the_mean_loss_of_the_human_answers() {
        for (double loss : new double[] {0.01, 0.7, 3, 40}) {
            assertThat(Weight.naive(1.7, loss) * loss).isCloseTo(1.7, within(1e-12));
        }
    }

    @Test
    void a_text_without_any_loss_has_a_weight_still() {
        assertThat(Weight.shift(2, 0)).isFinite().isGreaterThan(1e8);
        assertThat(Weight.shift(0, 2)).isFinite().isGreaterThan(1e8);
        assertThat(Weight.shift(0, 0)).isEqualTo(1);
    }
}
