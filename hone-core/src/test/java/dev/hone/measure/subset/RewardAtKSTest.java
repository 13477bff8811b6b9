package dev.hone.measure.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RewardAtKSTest {

    // in descending order right 1, right 2, wrong 3, right 4; the six pairs: 12 and 14 and 24 are all right
    // (s = 2); the best of the pair is right in 12, 13, 14, 23, 24 (s = 1)
    @Test
    void it_looks_at_the_best_s_of_each_subset() {
        List<Candidate> candidates = List.of(
                new Candidate(9, true), new Candidate(8, true), new Candidate(7, false), new Candidate(6, true));
        assertThat(RewardAtKS.estimate(candidates, 2, 2)).isCloseTo(3 / 6.0, within(1e-12));
        assertThat(RewardAtKS.estimate(candidates, 2, 1)).isCloseTo(5 / 6.0, within(1e-12));
        assertThat(RewardAtKS.estimate(candidates, 4, 2)).isEqualTo(1);
        assertThat(RewardAtKS.estimate(candidates, 4, 3)).isEqualTo(0);
    }

    // one above, right; then three equal ones of which two are right; the best two of all four: 2/3
    @Test
    void equal_rewards_count_as_the_mean_over_their_orders() {
        List<Candidate> candidates = List.of(
                new Candidate(2, true), new Candidate(1, true), new Candidate(1, true), new Candidate(1, false));
        assertThat(RewardAtKS.estimate(candidates, 4, 2)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(RewardAtKS.estimate(candidates, 4, 3)).isCloseTo(1 / 3.0, within(1e-12));
    }

    /// Each set of `s` than which nothing left out is better is as likely as any other.
    private static double twin(List<Candidate> subset, int s) {
        return Subsets.of(subset, s)
                .filter(best -> {
                    List<Candidate> others = new ArrayList<>(subset);
                    best.forEach(others::remove);
                    double lowest =
                            best.stream().mapToDouble(Candidate::score).min().orElseThrow();
                    return others.stream().allMatch(other -> other.score() <= lowest);
                })
                .mapToDouble(best -> best.stream().allMatch(Candidate::right) ? 1 : 0)
                .average()
                .orElseThrow();
    }

    @Test
    void it_is_the_mean_over_all_subsets_of_eight() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 40; trial++) {
            List<Candidate> candidates = BestOfKTest.candidates(8, 1 + random.nextInt(8), random);
            for (int k = 1; k <= 8; k++) {
                for (int s = 1; s <= k; s++) {
                    int best = s;
                    assertThat(RewardAtKS.estimate(candidates, k, s))
                            .as(candidates + " k " + k + " s " + s)
                            .isCloseTo(Subsets.mean(candidates, k, subset -> twin(subset, best)), within(1e-12));
                }
            }
        }
    }

    @Test
    void one_best_sample_is_best_of_k_and_more_are_harder() {
        SplittableRandom random = new Seed(2).random();
        for (int trial = 0; trial < 100; trial++) {
            int n = random.nextInt(2, 200);
            int k = random.nextInt(2, n + 1);
            List<Candidate> candidates = BestOfKTest.candidates(n, 1 + random.nextInt(n), random);
            double one = RewardAtKS.estimate(candidates, k, 1);
            assertThat(one).isCloseTo(BestOfK.estimate(candidates, k), within(1e-10));
            assertThat(RewardAtKS.estimate(candidates, k, 2)).isBetween(0.0, one + 1e-12);
        }
    }

    // 1,000 samples of one reward, half of them right: any four are right with chance C(500,4)/C(1000,4)
    @Test
    void a_thousand_samples_overflow_nothing() {
        List<Candidate> candidates = Stream.iterate(0, i -> i + 1)
                .limit(1_000)
                .map(i -> new Candidate(0, i < 500))
                .toList();
        double all = 500.0 * 499 * 498 * 497 / (1000.0 * 999 * 998 * 997);
        assertThat(RewardAtKS.estimate(candidates, 500, 4)).isCloseTo(all, within(1e-10));
    }

    @Test
    void what_cannot_be_is_refused_with_what_can() {
        List<Candidate> two = List.of(new Candidate(0, true), new Candidate(1, true));
        assertThatThrownBy(() -> RewardAtKS.estimate(two, 3, 1)).hasMessageContaining("reward@3-1 needs at least 3");
        assertThatThrownBy(() -> RewardAtKS.estimate(two, 2, 3)).hasMessageContaining("asks for 3 of 2 samples");
        assertThatThrownBy(() -> RewardAtKS.estimate(two, 2, 0)).hasMessageContaining("at least 1 and at most 2");
        assertThatThrownBy(() -> RewardAtKS.estimate(List.of(), 1, 1)).hasMessageContaining("there are 0");
    }
}
