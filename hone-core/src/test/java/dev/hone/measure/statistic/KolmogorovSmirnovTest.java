package dev.hone.measure.statistic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KolmogorovSmirnovTest {

    // at 2: 2/4 of one and 0/2 of the other; at 3: 3/4 and 1/2; at 9: 1 and 1/2
    @Test
    void it_is_the_largest_difference_of_the_shares() {
        assertThat(KolmogorovSmirnov.distance(List.of(1.0, 2.0, 3.0, 9.0), List.of(12.0, 3.0)))
                .isEqualTo(0.5);
    }

    @Test
    void the_same_values_are_not_apart_and_values_that_do_not_meet_are_wholly() {
        assertThat(KolmogorovSmirnov.distance(List.of(1.0, 2.0), List.of(2.0, 1.0, 1.0, 2.0)))
                .isZero();
        assertThat(KolmogorovSmirnov.distance(List.of(1.0, 2.0), List.of(3.0))).isOne();
        assertThat(KolmogorovSmirnov.distance(List.of(3.0), List.of(1.0, 2.0))).isOne();
    }

    @Test
    void it_agrees_with_looking_at_every_value() {
        SplittableRandom random = new Seed(4).random();
        for (int trial = 0; trial < 200; trial++) {
            List<Double> a = values(random);
            List<Double> b = values(random);
            double slow = Stream.concat(a.stream(), b.stream())
                    .mapToDouble(x -> Math.abs(share(a, x) - share(b, x)))
                    .max()
                    .orElseThrow();
            assertThat(KolmogorovSmirnov.distance(a, b)).isCloseTo(slow, within(1e-12));
        }
    }

    private static List<Double> values(SplittableRandom random) {
        return random.ints(random.nextInt(1, 12), 0, 8).asDoubleStream().boxed().toList();
    }

    private static double share(List<Double> values, double x) {
        return values.stream().filter(value -> value <= x).count() / (double) values.size();
    }

    @Test
    void nothing_is_not_apart_from_anything() {
        assertThatThrownBy(() -> KolmogorovSmirnov.distance(List.of(), List.of(1.0)))
                .hasMessageContaining("at least one value");
        assertThatThrownBy(() -> KolmogorovSmirnov.distance(List.of(Double.NaN), List.of(1.0)))
                .hasMessageContaining("not a number");
    }
}
