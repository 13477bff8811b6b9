package dev.hone.measure.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BestOfKTest {
    private static final Candidate RIGHT = new Candidate(0.5, true);
    private static final Candidate WRONG = new Candidate(0.5, false);

    // N = 4, k = 2, in descending order wrong, right, wrong, right:
    // (C(2, 1) + C(0, 1)) / C(4, 2) = (2 + 0) / 6
    @Test
    void it_is_equation_3_of_the_paper() {
        List<Candidate> candidates = List.of(
                new Candidate(-4, true), new Candidate(-1, false), new Candidate(-2, true), new Candidate(-3, false));
        assertThat(BestOfK.estimate(candidates, 2)).isCloseTo(2 / 6.0, within(1e-12));
        assertThat(BestOfK.estimate(candidates, 1)).isCloseTo(0.5, within(1e-12));
        assertThat(BestOfK.estimate(candidates, 4)).isEqualTo(0);
    }

    @Test
    void equal_scores_count_as_the_mean_over_their_orders() {
        assertThat(BestOfK.estimate(List.of(RIGHT, WRONG, WRONG, WRONG), 3)).isCloseTo(0.25, within(1e-12));
        // the best of all is one of two equal ones, of which one is right
        List<Candidate> candidates = List.of(new Candidate(0.1, true), RIGHT, WRONG);
        assertThat(BestOfK.estimate(candidates, 3)).isCloseTo(0.5, within(1e-12));
        // zero and minus zero are equal
        assertThat(BestOfK.estimate(List.of(new Candidate(0.0, true), new Candidate(-0.0, false)), 2))
                .isEqualTo(0.5);
    }

    @Test
    void it_is_the_mean_over_all_subsets_of_eight() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 200; trial++) {
            List<Candidate> candidates = candidates(8, 1 + random.nextInt(8), random);
            for (int k = 1; k <= 8; k++) {
                double twin = Subsets.mean(candidates, k, subset -> {
                    double best =
                            subset.stream().mapToDouble(Candidate::score).max().orElseThrow();
                    return subset.stream()
                            .filter(each -> each.score() == best)
                            .mapToDouble(each -> each.right() ? 1 : 0)
                            .average()
                            .orElseThrow();
                });
                assertThat(BestOfK.estimate(candidates, k)).isCloseTo(twin, within(1e-12));
            }
        }
    }

    @Test
    void a_verifier_that_knows_gives_pass_at_k_and_one_that_knows_nothing_the_share_of_right_samples() {
        SplittableRandom random = new Seed(2).random();
        for (int trial = 0; trial < 100; trial++) {
            int n = random.nextInt(1, 1_001);
            int k = random.nextInt(1, n + 1);
            int right = random.nextInt(n + 1);
            List<Candidate> knowing = IntStream.range(0, n)
                    .mapToObj(i -> new Candidate(i < right ? 1 : 0, i < right))
                    .toList();
            assertThat(BestOfK.estimate(knowing, k)).isCloseTo(PassAtK.estimate(n, right, k), within(1e-10));
            List<Candidate> indifferent =
                    knowing.stream().map(each -> new Candidate(0, each.right())).toList();
            assertThat(BestOfK.estimate(indifferent, k)).isCloseTo((double) right / n, within(1e-10));
        }
    }

    // equation 3 by log-binomials, as the card computes it
    @Test
    void for_a_thousand_candidates_it_agrees_with_log_binomials() {
        double[] logFactorial = new double[1_001];
        for (int i = 1; i <= 1_000; i++) {
            logFactorial[i] = logFactorial[i - 1] + Math.log(i);
        }
        SplittableRandom random = new Seed(3).random();
        List<Candidate> candidates = IntStream.range(0, 1_000)
                .mapToObj(i -> new Candidate(-i, random.nextInt(3) == 0))
                .toList();
        for (int k : new int[] {1, 2, 64, 500, 999, 1_000}) {
            double sum = 0;
            for (int i = 0; i <= 1_000 - k; i++) {
                double log = logFactorial[999 - i]
                        - logFactorial[k - 1]
                        - logFactorial[1_000 - i - k]
                        - (logFactorial[1_000] - logFactorial[k] - logFactorial[1_000 - k]);
                sum += candidates.get(i).right() ? Math.exp(log) : 0;
            }
            assertThat(BestOfK.estimate(candidates, k)).as("k = " + k).isCloseTo(sum, within(1e-9));
        }
    }

    @Test
    void what_cannot_be_is_refused_with_what_can() {
        assertThatThrownBy(() -> BestOfK.estimate(List.of(RIGHT), 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("best-of-4 needs at least 4 samples a problem but there are 1");
        assertThatThrownBy(() -> BestOfK.estimate(List.of(), 1)).hasMessageContaining("there are 0");
        assertThatThrownBy(() -> BestOfK.estimate(List.of(RIGHT), -1)).hasMessageContaining("of at least 1");
        assertThatThrownBy(() -> new Candidate(Double.NaN, true)).hasMessageContaining("was NaN");
    }

    static List<Candidate> candidates(int n, int scores, SplittableRandom random) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            candidates.add(new Candidate(random.nextInt(scores), random.nextBoolean()));
        }
        return candidates;
    }
}
