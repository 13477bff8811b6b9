package dev.hone.measure.subset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MajorityAtKTest {
    private static final Vote SIX = Vote.cast("6", true);
    private static final Vote SEVEN = Vote.cast("7", false);
    private static final Vote NONE = Vote.withheld();

    // 6 6 7, pairs: 66 elects 6; 67 and 67 share the place: (1 + 1/2 + 1/2) / 3
    @Test
    void answers_that_share_the_place_share_it_equally() {
        assertThat(MajorityAtK.estimate(List.of(SIX, SIX, SEVEN), 2)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(MajorityAtK.estimate(List.of(SIX, SIX, SEVEN), 3)).isEqualTo(1);
        assertThat(MajorityAtK.estimate(List.of(SIX, SEVEN), 2)).isEqualTo(0.5);
        assertThat(MajorityAtK.estimate(List.of(SIX, SEVEN, Vote.cast("8", false)), 3))
                .isCloseTo(1 / 3.0, within(1e-12));
    }

    // 6 - -, pairs: 6- and 6- elect 6; -- elects nothing
    @Test
    void a_sample_without_an_answer_has_no_vote() {
        assertThat(MajorityAtK.estimate(List.of(SIX, NONE, NONE), 3)).isEqualTo(1);
        assertThat(MajorityAtK.estimate(List.of(SIX, NONE, NONE), 2)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(MajorityAtK.estimate(List.of(NONE, NONE), 1)).isEqualTo(0);
    }

    /// The vote in one subset.
    static double twin(List<Vote> subset) {
        Map<String, Double> sums = new HashMap<>();
        Set<String> right = new HashSet<>();
        for (Vote vote : subset) {
            if (vote instanceof Vote.Cast(String answer, boolean isRight, double weight)) {
                sums.merge(answer, weight, Double::sum);
                if (isRight) {
                    right.add(answer);
                }
            }
        }
        double most =
                sums.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return sums.entrySet().stream()
                .filter(each -> most > 0 && Math.abs(each.getValue() - most) < 1e-9)
                .mapToDouble(each -> right.contains(each.getKey()) ? 1 : 0)
                .average()
                .orElse(0);
    }

    /// Answers 0 to `answers - 1`, of which those below `right` are right, and one in six without an answer.
    static List<Vote> votes(int n, int answers, int right, SplittableRandom random) {
        List<Vote> votes = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            int answer = Math.min(random.nextInt(answers), random.nextInt(answers));
            votes.add(random.nextInt(6) == 0 ? NONE : Vote.cast("" + answer, answer < right));
        }
        return votes;
    }

    @Test
    void it_is_the_mean_over_all_subsets_of_eight() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 200; trial++) {
            List<Vote> votes = votes(8, random.nextInt(1, 7), random.nextInt(3), random);
            for (int k = 1; k <= 8; k++) {
                assertThat(MajorityAtK.estimate(votes, k))
                        .as(votes + " k " + k)
                        .isCloseTo(Subsets.mean(votes, k, MajorityAtKTest::twin), within(1e-12));
            }
        }
    }

    @Test
    void one_vote_is_pass_at_1_and_all_votes_are_one_election() {
        SplittableRandom random = new Seed(2).random();
        for (int trial = 0; trial < 100; trial++) {
            List<Vote> votes = votes(random.nextInt(1, 65), random.nextInt(1, 20), 1, random);
            long right = votes.stream()
                    .filter(vote -> vote instanceof Vote.Cast cast && cast.right())
                    .count();
            Offset<Double> rounding = within(1e-10);
            assertThat(MajorityAtK.estimate(votes, 1)).isCloseTo((double) right / votes.size(), rounding);
            assertThat(MajorityAtK.estimate(votes, votes.size())).isCloseTo(twin(votes), rounding);
        }
    }

    // 30 of 64 say 6, the others each something else: with k = 32 about 15 of 32 agree, and nothing comes near
    @Test
    void a_vote_helps_where_wrong_answers_scatter() {
        List<Vote> votes = new ArrayList<>(java.util.Collections.nCopies(30, SIX));
        for (int i = 0; i < 34; i++) {
            votes.add(Vote.cast("wrong " + i, false));
        }
        assertThat(MajorityAtK.estimate(votes, 1)).isCloseTo(30 / 64.0, within(1e-12));
        assertThat(MajorityAtK.estimate(votes, 32)).isGreaterThan(0.999999);
    }

    @Test
    void what_cannot_be_is_refused_with_what_can() {
        assertThatThrownBy(() -> MajorityAtK.estimate(List.of(SIX), 2)).hasMessageContaining("maj@2 needs at least 2");
        assertThatThrownBy(() -> MajorityAtK.estimate(List.of(), 1)).hasMessageContaining("there are 0");
        assertThatThrownBy(() -> MajorityAtK.estimate(List.of(SIX, Vote.cast("6", false)), 1))
                .hasMessageContaining("\"6\" is right in one vote and wrong in another");
        assertThatThrownBy(() -> new Vote.Cast("6", true, -0.5)).hasMessageContaining("at least 0 but was -0.5");
        assertThatThrownBy(() -> new Vote.Cast("6", true, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Vote.Cast("6", true, Double.POSITIVE_INFINITY))
                .hasMessageContaining("finite");
    }
}
