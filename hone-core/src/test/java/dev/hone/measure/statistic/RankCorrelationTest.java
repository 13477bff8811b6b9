package dev.hone.measure.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

    @Test
    void it_is_one_where_both_rise_together_whatever_the_curve() {
        List<Double> a = List.of(3.0, 1.0, 2.0, 10.0);
        assertThat(RankCorrelation.spearman(a, List.of(27.0, 1.0, 8.0, 1e9))).hasValue(1);
        assertThat(RankCorrelation.spearman(a, List.of(-3.0, -1.0, -2.0, -10.0)))
                .hasValue(-1);
    }

    // ranks 1 2 3 4 5 and 2 1 4 3 5: 1 - 6 * (1 + 1 + 1 + 1 + 0) / (5 * 24) = 0.8
    @Test
    void without_ties_it_is_one_less_the_squares_of_the_differences() {
        assertThat(RankCorrelation.spearman(List.of(1.0, 2.0, 3.0, 4.0, 5.0), List.of(2.0, 1.0, 4.0, 3.0, 5.0))
                        .orElseThrow())
                .isCloseTo(0.8, within(1e-12));
    }

    // ranks 1.5 1.5 3 and 1 2 3; deviations -0.5 -0.5 1 and -1 0 1: 1.5 / sqrt(1.5 * 2) = 0.8660
    @Test
    void equal_values_share_the_mean_of_their_ranks() {
        assertThat(RankCorrelation.spearman(List.of(5.0, 5.0, 6.0), List.of(1.0, 2.0, 3.0))
                        .orElseThrow())
                .isCloseTo(Math.sqrt(0.75), within(1e-12));
    }

    @Test
    void where_all_are_equal_there_is_none() {
        assertThat(RankCorrelation.spearman(List.of(1.0, 1.0), List.of(1.0, 2.0)))
                .isEmpty();
        assertThat(RankCorrelation.spearman(List.of(1.0), List.of(2.0))).isEmpty();
        assertThat(RankCorrelation.spearman(List.of(), List.of())).isEmpty();
        assertThatThrownBy(() -> RankCorrelation.spearman(List.of(1.0), List.of()))
                .hasMessageContaining("there are 1 and 0 values");
        assertThatThrownBy(() -> RankCorrelation.spearman(List.of(1.0, Double.NaN), List.of(1.0, 2.0)))
                .hasMessageContaining("leave the pair out");
    }
}
