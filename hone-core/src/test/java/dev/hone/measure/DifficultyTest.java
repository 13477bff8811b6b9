package dev.hone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Figure;
import dev.hone.measure.TailNarrowing.Item;
import dev.hone.measure.subset.PassAtK;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// [DifficultyHistogram], [TailNarrowing], [Coverage].
class DifficultyTest {

    @Test
    void the_bins_are_five_equal_ones_and_exact_at_their_edges() {
        assertThat(List.of(5, 4, 3, 2, 1, 0))
                .extracting(right -> DifficultyHistogram.level(new RightCount(right, 5)))
                .containsExactly(1, 1, 2, 3, 4, 5);
        // 0.6 * 5 is 3 exactly, but 0.6 as a double is not 3/5
        assertThat(DifficultyHistogram.level(new RightCount(30, 50))).isEqualTo(2);
        assertThat(DifficultyHistogram.level(new RightCount(29, 50))).isEqualTo(3);
        assertThat(DifficultyHistogram.level(new RightCount(Integer.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo(1);
    }

    @Test
    void coverage_is_the_share_of_problems_with_a_right_sample_and_pass_at_all_of_them() {
        List<RightCount> problems = List.of(new RightCount(8, 8), new RightCount(0, 8), new RightCount(1, 8));
        assertThat(Coverage.of("coverage", problems)).isEqualTo(Bootstrap.mean("coverage", List.of(1.0, 0.0, 1.0)));
        assertThat(problems.stream()
                        .mapToDouble(each -> PassAtK.estimate(8, each.right(), 8))
                        .average())
                .hasValue(Coverage.of("coverage", problems).value());
    }

    // the figure of the paper as the card reads it, of 1,000 examples: 0.31 - 0.08
    @Test
    void the_tail_narrows_by_what_the_hardest_level_loses() {
        DifficultyHistogram human = new DifficultyHistogram(List.of(75, 180, 210, 225, 310));
        DifficultyHistogram own = new DifficultyHistogram(List.of(230, 320, 230, 140, 80));
        assertThat(TailNarrowing.between(human, own)).isCloseTo(0.23, within(1e-12));
        assertThat(TailNarrowing.between(own, human)).isCloseTo(-0.23, within(1e-12));
    }

    // two easy problems with 4 kept samples each, two hard ones with 1 and 0: 2/4 - 1/9
    @Test
    void each_example_counts_and_problems_are_drawn_with_all_theirs() {
        List<Item> items = List.of(new Item(1, 1, 4), new Item(1, 1, 4), new Item(5, 1, 1), new Item(5, 1, 0));
        Figure figure = TailNarrowing.figure("narrowing", items).orElseThrow();
        assertThat(figure.value()).isCloseTo(2 / 4.0 - 1 / 9.0, within(1e-12));
        assertThat(figure.low()).isLessThan(figure.value());
        assertThat(figure.high()).isGreaterThan(figure.value());
        assertThat(figure.n()).isEqualTo(4);
        assertThat(TailNarrowing.figure("narrowing", items)).hasValue(figure);
    }

    // 200 problems, half of them hard; an easy one keeps 4 samples, a hard one 1 in 4 times, so that the hard
    // share of what is kept is 0.25 / 4.25; the interval holds the truth about 19 times in 20
    @Test
    void its_interval_holds_the_truth_as_often_as_it_says() {
        double truth = 0.5 - 0.25 / 4.25;
        int held = 0;
        for (int trial = 0; trial < 60; trial++) {
            SplittableRandom random = new Seed(trial).random();
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                boolean hard = random.nextBoolean();
                items.add(hard ? new Item(5, 1, random.nextInt(4) == 0 ? 1 : 0) : new Item(1, 1, 4));
            }
            Figure figure = TailNarrowing.figure("narrowing " + trial, items).orElseThrow();
            held += figure.low() <= truth && truth <= figure.high() ? 1 : 0;
        }
        assertThat(held).isBetween(52, 60);
    }

    @Test
    void a_round_that_keeps_nothing_has_no_tail() {
        assertThat(TailNarrowing.figure("narrowing", List.of(new Item(5, 1, 0))))
                .isEmpty();
        // one problem of ten keeps anything: resamples without it are drawn again
        List<Item> items = new ArrayList<>(java.util.Collections.nCopies(9, new Item(5, 1, 0)));
        items.add(new Item(1, 1, 1));
        assertThat(TailNarrowing.figure("narrowing", items).orElseThrow().value())
                .isCloseTo(0.9, within(1e-12));
    }

    @Test
    void what_cannot_be_is_refused_with_what_can() {
        assertThatThrownBy(() -> new RightCount(3, 2)).hasMessageContaining("were 3 of 2");
        assertThatThrownBy(() -> new RightCount(-1, 2)).hasMessageContaining("were -1 of 2");
        assertThatThrownBy(() -> new RightCount(0, 0)).hasMessageContaining("leave out a problem without samples");
        assertThatThrownBy(() -> new Item(6, 1, 1)).hasMessageContaining("to 5 but was 6");
        assertThatThrownBy(() -> new Item(5, 1, -1)).hasMessageContaining("were 1 before and -1 after");
        assertThatThrownBy(() -> new DifficultyHistogram(List.of(1, 2))).hasMessageContaining("5 counts");
        assertThatThrownBy(() -> new DifficultyHistogram(List.of(0, 0, 0, 0, 0)))
                .hasMessageContaining("at least one problem");
        assertThatThrownBy(() -> Coverage.of("coverage", List.of())).hasMessageContaining("no problems");
        assertThatThrownBy(() -> TailNarrowing.figure("narrowing", List.of())).hasMessageContaining("no problems");
        assertThatThrownBy(() -> new DifficultyHistogram(List.of(1, 0, 0, 0, 0)).share(0))
                .hasMessageContaining("was 0");
    }
}
