package dev.hone.measure.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PassAtKSTest {

    // samples a a b x: of the six pairs, ab, ab hold two different right solutions; aa, ax, ax, bx do not
    @Test
    void equal_solutions_count_once() {
        assertThat(PassAtKS.estimate(4, List.of(2, 1), 2, 2)).isCloseTo(2 / 6.0, within(1e-12));
        assertThat(PassAtKS.estimate(4, List.of(1, 1, 1), 2, 2)).isCloseTo(3 / 6.0, within(1e-12));
        assertThat(PassAtKS.estimate(4, List.of(3), 2, 2)).isEqualTo(0);
    }

    @Test
    void with_all_samples_drawn_it_is_whether_there_are_enough_solutions() {
        assertThat(PassAtKS.estimate(5, List.of(1, 3), 5, 2)).isEqualTo(1);
        assertThat(PassAtKS.estimate(5, List.of(1, 3), 5, 3)).isEqualTo(0);
        assertThat(PassAtKS.estimate(5, List.of(), 5, 1)).isEqualTo(0);
    }

    @Test
    void it_is_the_mean_over_all_subsets_of_eight() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 60; trial++) {
            List<String> samples = new ArrayList<>(); // a to d are right, x is not
            for (int i = 0; i < 8; i++) {
                samples.add(
                        random.nextInt(3) == 0
                                ? "x"
                                : "abcd".substring(random.nextInt(4)).substring(0, 1));
            }
            List<Integer> classes = PassAtKS.classes(
                    samples.stream().filter(each -> !each.equals("x")).toList());
            for (int k = 1; k <= 8; k++) {
                for (int s = 1; s <= k; s++) {
                    int needed = s;
                    double twin = Subsets.mean(samples, k, subset -> {
                        HashSet<String> different = new HashSet<>(subset);
                        different.remove("x");
                        return different.size() >= needed ? 1 : 0;
                    });
                    assertThat(PassAtKS.estimate(8, classes, k, s))
                            .as(samples + " k " + k + " s " + s)
                            .isCloseTo(twin, within(1e-12));
                }
            }
        }
    }

    @Test
    void one_solution_is_pass_at_k() {
        SplittableRandom random = new Seed(2).random();
        for (int trial = 0; trial < 200; trial++) {
            int n = random.nextInt(1, 300);
            int k = random.nextInt(1, n + 1);
            int right = random.nextInt(n + 1);
            List<Integer> classes = split(right, random);
            assertThat(PassAtKS.estimate(n, classes, k, 1)).isCloseTo(PassAtK.estimate(n, right, k), within(1e-10));
        }
    }

    @Test
    void more_solutions_are_harder_more_samples_easier_and_merging_solutions_never_helps() {
        SplittableRandom random = new Seed(3).random();
        for (int trial = 0; trial < 200; trial++) {
            int n = random.nextInt(10, 129);
            int k = random.nextInt(4, n);
            List<Integer> classes = split(random.nextInt(2, n + 1), random);
            double value = PassAtKS.estimate(n, classes, k, 3);
            assertThat(value).isBetween(0.0, 1.0);
            assertThat(PassAtKS.estimate(n, classes, k, 4)).isLessThanOrEqualTo(value + 1e-12);
            assertThat(PassAtKS.estimate(n, classes, k + 1, 3)).isGreaterThanOrEqualTo(value - 1e-12);
            if (classes.size() > 1) {
                List<Integer> merged = new ArrayList<>(classes.subList(2, classes.size()));
                merged.add(classes.get(0) + classes.get(1));
                assertThat(PassAtKS.estimate(n, merged, k, 3)).isLessThanOrEqualTo(value + 1e-12);
            }
        }
    }

    // 1,000 samples, all right and different: any 500 hold 500 solutions; nothing overflows on the way
    @Test
    void a_thousand_samples_overflow_nothing() {
        List<Integer> single = java.util.Collections.nCopies(1_000, 1);
        assertThat(PassAtKS.estimate(1_000, single, 500, 4)).isCloseTo(1, within(1e-9));
        // 4 of 1,000 right and different: C(996, 496) / C(1000, 500) = 500*499*498*497 / (1000*999*998*997)
        double all = 500.0 * 499 * 498 * 497 / (1000.0 * 999 * 998 * 997);
        assertThat(PassAtKS.estimate(1_000, List.of(1, 1, 1, 1), 500, 4)).isCloseTo(all, within(1e-12));
    }

    @Test
    void equal_texts_are_one_class() {
        assertThat(PassAtKS.classes(List.of("a", "b", "a", "a", "c"))).containsExactly(1, 1, 3);
        assertThat(PassAtKS.classes(List.of())).isEmpty();
    }

    @Test
    void what_cannot_be_is_refused_with_what_can() {
        assertThatThrownBy(() -> PassAtKS.estimate(4, List.of(1), 8, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pass@8-2 needs at least 8 samples a problem but there are 4; draw more samples or ask for"
                        + " a smaller k of at least 1");
        assertThatThrownBy(() -> PassAtKS.estimate(4, List.of(1), 2, 3))
                .hasMessage("pass@2-3 asks for 3 of 2 samples; ask for at least 1 and at most 2, or for a larger k");
        assertThatThrownBy(() -> PassAtKS.estimate(4, List.of(1), 2, 0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> PassAtKS.estimate(4, List.of(3, 2), 2, 1)).hasMessageContaining("hold 5");
        assertThatThrownBy(() -> PassAtKS.estimate(4, List.of(2, -1), 2, 1)).hasMessageContaining("one has -1");
        assertThatThrownBy(() -> PassAtKS.estimate(0, List.of(), 1, 1)).hasMessageContaining("there are 0");
    }

    private static List<Integer> split(int right, SplittableRandom random) {
        List<Integer> classes = new ArrayList<>();
        for (int left = right; left > 0; left -= classes.getLast()) {
            classes.add(random.nextInt(1, Math.min(left, 20) + 1));
        }
        return classes;
    }
}
