package dev.hone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Figure;
import dev.hone.run.Seed;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BootstrapTest {

    @Test
    void equal_values_have_an_interval_of_no_width() {
        Figure figure = Bootstrap.mean("greedy", Collections.nCopies(10, 0.25));
        assertThat(figure).isEqualTo(new Figure("greedy", 0.25, 0.25, 0.25, 10));
    }

    @Test
    void for_a_coin_it_is_close_to_the_normal_interval() {
        List<Double> coin = Stream.iterate(0, i -> i + 1)
                .limit(1000)
                .map(i -> i % 4 == 0 ? 1.0 : 0.0)
                .toList();
        Figure figure = Bootstrap.mean("coin", coin);
        double half = 1.96 * Math.sqrt(0.25 * 0.75 / 1000);
        assertThat(figure.value()).isEqualTo(0.25);
        assertThat(figure.low()).isCloseTo(0.25 - half, Offset.offset(0.003));
        assertThat(figure.high()).isCloseTo(0.25 + half, Offset.offset(0.003));
    }

    @Test
    void about_nineteen_in_twenty_intervals_hold_the_truth() {
        int held = 0;
        for (int trial = 0; trial < 200; trial++) {
            SplittableRandom random = new Seed(trial).random();
            List<Double> values = Stream.generate(() -> random.nextDouble() < 0.3 ? 1.0 : 0.0)
                    .limit(200)
                    .toList();
            Figure figure = Bootstrap.mean("trial " + trial, values);
            held += figure.low() <= 0.3 && 0.3 <= figure.high() ? 1 : 0;
        }
        assertThat(held).isBetween(180, 199);
    }

    @Test
    void a_change_is_paired_by_problem() {
        // each problem gains 0.1, however different they are: no doubt about the mean gain
        List<Double> before = List.of(0.0, 0.3, 0.9, 0.5);
        List<Double> after = before.stream().map(value -> value + 0.125).toList();
        Figure change = Bootstrap.change("pass@1", before, after);
        assertThat(change.value()).isCloseTo(0.125, Offset.offset(1e-12));
        assertThat(change.high() - change.low()).isLessThan(1e-12);
        assertThatThrownBy(() -> Bootstrap.change("pass@1", before, List.of(1.0)))
                .hasMessageContaining("the same ones");
    }

    @Test
    void seeds_that_say_the_same_have_the_interval_of_one() {
        List<Double> values = Stream.iterate(0.0, i -> i + 1).limit(50).toList();

        Figure one = Bootstrap.mean("x", values);
        Figure three = Bootstrap.overSeeds("x", List.of(values, values, values));

        assertThat(three).isEqualTo(one);
    }

    @Test
    void seeds_that_differ_make_the_interval_wider() {
        List<Double> low = Collections.nCopies(100, 0.2);
        List<Double> high = Collections.nCopies(100, 0.8);

        Figure figure = Bootstrap.overSeeds("x", List.of(low, high, high));

        assertThat(figure.value()).isCloseTo(0.6, Offset.offset(1e-12));
        assertThat(figure.low()).isCloseTo(0.2, Offset.offset(1e-12)); // all three draws the first: 1 of 27
        assertThat(figure.high()).isCloseTo(0.8, Offset.offset(1e-12));
    }

    @Test
    void a_change_over_seeds_is_paired_by_seed_and_problem() {
        List<List<Double>> before = List.of(List.of(0.0, 0.5), List.of(0.4, 0.1));
        List<List<Double>> after = List.of(List.of(0.25, 0.75), List.of(0.65, 0.35));

        Figure change = Bootstrap.changeOverSeeds("x", before, after);

        assertThat(change.value()).isCloseTo(0.25, Offset.offset(1e-12));
        assertThat(change.low()).isCloseTo(0.25, Offset.offset(1e-12));
        assertThat(change.high()).isCloseTo(0.25, Offset.offset(1e-12));
        assertThatThrownBy(() -> Bootstrap.changeOverSeeds("x", before, after.subList(0, 1)))
                .hasMessageContaining("2 seeds before and 1 after");
    }

    @Test
    void problems_without_a_value_are_left_out_and_not_counted() {
        assertThat(Bootstrap.mean("x", List.of(0.5, Double.NaN, 1.0, Double.NaN)))
                .satisfies(mean -> assertThat(mean.value()).isEqualTo(0.75))
                .satisfies(mean -> assertThat(mean.n()).isEqualTo(2))
                .satisfies(mean -> assertThat(mean.low()).isEqualTo(0.5))
                .satisfies(mean -> assertThat(mean.high()).isEqualTo(1));
        Figure none = Bootstrap.mean("x", List.of(Double.NaN, Double.NaN));
        assertThat(none.n()).isZero();
        assertThat(none.value()).isNaN();
    }

    // only the first problem has a value on both sides
    @Test
    void a_change_is_over_problems_with_a_value_on_both_sides() {
        Figure change = Bootstrap.change("x", List.of(0.5, Double.NaN, 1.0), List.of(1.0, 1.0, Double.NaN));
        assertThat(change.value()).isEqualTo(0.5);
        assertThat(change.n()).isEqualTo(1);
        Figure seeds = Bootstrap.changeOverSeeds(
                "x",
                List.of(List.of(0.5, Double.NaN), List.of(0.5, Double.NaN)),
                List.of(List.of(1.0, 1.0), List.of(Double.NaN, 1.0)));
        assertThat(seeds.value()).isEqualTo(0.5);
        assertThat(seeds.n()).isEqualTo(1);
    }

    @Test
    void nothing_cannot_be_averaged() {
        assertThatThrownBy(() -> Bootstrap.mean("greedy", List.of())).hasMessageContaining("no problems");
    }
}
