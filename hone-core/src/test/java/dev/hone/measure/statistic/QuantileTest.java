package dev.hone.measure.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantileTest {

    // 4 values have the ranks 0 to 3; a share of 0.5 is rank 1.5, of 0.9 rank 2.7
    @Test
    void it_is_linear_between_the_nearest_ranks() {
        List<Double> values = List.of(10.0, 1.0, 4.0, 2.0);
        assertThat(Quantile.of(values, 0.5)).isEqualTo(3);
        assertThat(Quantile.of(values, 0.9)).isCloseTo(4 + 0.7 * 6, within(1e-12));
        assertThat(Quantile.of(values, 0)).isEqualTo(1);
        assertThat(Quantile.of(values, 1)).isEqualTo(10);
        assertThat(Quantile.of(List.of(7.0), 0.3)).isEqualTo(7);
    }

    @Test
    void equal_values_are_their_quantile_exactly_infinite_ones_too() {
        double odd = 0.1 + 0.2;
        assertThat(Quantile.of(Collections.nCopies(7, odd), 0.37)).isEqualTo(odd);
        assertThat(Quantile.of(List.of(1.0, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY), 0.8))
                .isInfinite();
        assertThat(Quantile.of(List.of(1.0, 2.0, Double.POSITIVE_INFINITY), 0.5))
                .isEqualTo(2);
    }

    @Test
    void what_has_no_quantile_is_refused() {
        assertThatThrownBy(() -> Quantile.of(List.of(), 0.5)).hasMessageContaining("at least one value");
        assertThatThrownBy(() -> Quantile.of(List.of(1.0, Double.NaN), 0.5)).hasMessageContaining("not a number");
        assertThatThrownBy(() -> Quantile.of(List.of(1.0), 1.5)).hasMessageContaining("[0, 1] but was 1.5");
    }
}
