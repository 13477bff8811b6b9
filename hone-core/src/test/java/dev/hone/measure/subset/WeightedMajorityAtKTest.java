package dev.hone.measure.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedMajorityAtKTest {
    private static final Seed SEED = new Seed(7);

    private static Vote six(double weight) {
        return new Vote.Cast("6", true, weight);
    }

    private static Vote seven(double weight) {
        return new Vote.Cast("7", false, weight);
    }

    private static double value(int k, Vote... votes) {
        return WeightedMajorityAtK.estimate(List.of(votes), k, SEED).value();
    }

    @Test
    void weights_are_added_up() {
        assertThat(value(3, six(0.9), seven(0.4), seven(0.4))).isEqualTo(1);
        assertThat(value(3, six(0.7), seven(0.4), seven(0.4))).isEqualTo(0);
        // pairs: 6 against 0.4 wins twice, 0.4 with 0.4 loses
        assertThat(value(2, six(0.9), seven(0.4), seven(0.4))).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void sums_that_differ_by_rounding_only_share_the_place() {
        assertThat(0.1 + 0.2).isNotEqualTo(0.3);
        assertThat(value(3, six(0.1), six(0.2), seven(0.3))).isEqualTo(0.5);
    }

    @Test
    void weight_zero_is_no_vote() {
        assertThat(value(2, six(0), seven(0))).isEqualTo(0);
        assertThat(value(2, six(1), seven(0))).isEqualTo(1);
        assertThat(value(2, six(1), Vote.withheld())).isEqualTo(1);
    }

    @Test
    void of_eight_samples_it_is_the_mean_over_all_subsets() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 100; trial++) {
            List<Vote> votes = weighted(8, random);
            for (int k = 1; k <= 8; k++) {
                Expectation expectation = WeightedMajorityAtK.estimate(votes, k, SEED);
                assertThat(expectation).isInstanceOf(Expectation.Exact.class);
                assertThat(expectation.value()).isCloseTo(Subsets.mean(votes, k, MajorityAtKTest::twin), within(1e-12));
            }
        }
    }

    @Test
    void of_many_samples_it_says_how_many_subsets_it_drew_and_stays_within_their_error() {
        SplittableRandom random = new Seed(2).random();
        double rare = 3.0 / WeightedMajorityAtK.SUBSETS; // subsets that may be missed altogether
        int within = 0;
        for (int trial = 0; trial < 40; trial++) {
            List<Vote> votes = weighted(16, random);
            double exact = Subsets.mean(votes, 8, MajorityAtKTest::twin); // all 12,870
            switch (WeightedMajorityAtK.estimate(votes, 8, new Seed(trial))) {
                case Expectation.Exact _ -> throw new AssertionError("12,870 subsets are more than are looked at");
                case Expectation.Sampled(double value, double standardError, int subsets) -> {
                    assertThat(subsets).isEqualTo(WeightedMajorityAtK.SUBSETS);
                    assertThat(standardError).isLessThan(0.008);
                    assertThat(value).isCloseTo(exact, within(4 * standardError + rare));
                    within += Math.abs(value - exact) <= 2 * standardError + rare ? 1 : 0;
                }
            }
        }
        assertThat(within).isGreaterThanOrEqualTo(34); // of 40; 38 are to be expected
    }

    @Test
    void equal_weights_are_the_plain_vote() {
        SplittableRandom random = new Seed(3).random();
        List<Vote> votes = MajorityAtKTest.votes(64, 12, 1, random);
        Expectation expectation = WeightedMajorityAtK.estimate(votes, 16, SEED);
        assertThat(expectation.value()).isCloseTo(MajorityAtK.estimate(votes, 16), within(0.03));
        assertThat(WeightedMajorityAtK.estimate(votes, 16, SEED)).isEqualTo(expectation);
        assertThat(WeightedMajorityAtK.estimate(votes, 64, SEED)).isInstanceOf(Expectation.Exact.class);
    }

    @Test
    void a_k_beyond_the_samples_is_refused() {
        assertThatThrownBy(() -> value(2, six(1))).hasMessageContaining("weighted maj@2 needs at least 2 samples");
        assertThatThrownBy(() -> value(1)).hasMessageContaining("there are 0");
    }

    private static List<Vote> weighted(int n, SplittableRandom random) {
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int answer = random.nextInt(4);
            double weight = random.nextBoolean() ? random.nextInt(4) / 4.0 : random.nextDouble();
            votes.add(random.nextInt(8) == 0 ? Vote.withheld() : new Vote.Cast("" + answer, answer < 1, weight));
        }
        return votes;
    }
}
