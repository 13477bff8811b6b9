package dev.hone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.measure.diversity.DistinctEquations;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PartialMeanTest {
    private static final List<List<String>> HALF = List.of(List.of("a"), List.of("a"));
    private static final List<List<String>> WHOLE = List.of(List.of("a", "b"));
    private static final List<List<String>> NO_RIGHT_ANSWER = List.of();

    @Test
    void problems_without_a_value_are_left_out_and_counted() {
        PartialMean mean = PartialMean.of(
                "distinct equations", List.of(HALF, NO_RIGHT_ANSWER, WHOLE, NO_RIGHT_ANSWER), DistinctEquations::of);
        assertThat(mean).isEqualTo(new PartialMean.Known(Bootstrap.mean("distinct equations", List.of(0.5, 1.0)), 2));
        assertThat(PartialMean.of("distinct equations", List.of(NO_RIGHT_ANSWER), DistinctEquations::of))
                .isEqualTo(new PartialMean.Unknown("distinct equations", 1));
    }

    // only the first problem has a value on both sides: 1 - 0.5
    @Test
    void a_change_is_over_problems_with_a_value_on_both_sides() {
        PartialMean change = PartialMean.change(
                "distinct equations",
                List.of(HALF, NO_RIGHT_ANSWER, WHOLE),
                List.of(WHOLE, WHOLE, NO_RIGHT_ANSWER),
                DistinctEquations::of);
        switch (change) {
            case PartialMean.Unknown _ -> throw new AssertionError("the first problem has both values");
            case PartialMean.Known(var figure, int leftOut) -> {
                assertThat(figure.value()).isCloseTo(0.5, within(1e-12));
                assertThat(figure.n()).isEqualTo(1);
                assertThat(leftOut).isEqualTo(2);
            }
        }
    }

    @Test
    void no_problems_other_problems_and_no_numbers_are_refused() {
        assertThatThrownBy(() -> PartialMean.of("x", List.<Integer>of(), each -> OptionalDouble.of(each)))
                .hasMessageContaining("no problems");
        assertThatThrownBy(() -> PartialMean.change("x", List.of(1), List.of(1, 2), each -> OptionalDouble.of(each)))
                .hasMessageContaining("the same ones");
        assertThatThrownBy(() -> PartialMean.of("x", List.of(1), each -> OptionalDouble.of(Double.NaN)))
                .hasMessageContaining("was NaN; a metric gives a finite number");
    }
}
