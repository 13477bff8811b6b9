package dev.hone.testkit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.learn.Objective;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RewardLossesTest {
    private static final Offset<Double> CLOSE = within(1e-6);

    @Test
    void bradley_terry() {
        // log(1 + e^-0.7) = 0.403186; with margin 0.3 log(1 + e^-0.4) = 0.513015
        assertThat(RewardLosses.bradleyTerry(new Objective.BradleyTerry(0, 0), 1.2, 0.5))
                .isCloseTo(0.403186, CLOSE);
        assertThat(RewardLosses.bradleyTerry(new Objective.BradleyTerry(0.3, 0), 1.2, 0.5))
                .isCloseTo(0.513015, CLOSE);
        // plus 0.01 * 1.7^2 = 0.0289
        assertThat(RewardLosses.bradleyTerry(new Objective.BradleyTerry(0, 0.01), 1.2, 0.5))
                .isCloseTo(0.403186 + 0.0289, CLOSE);
        assertThat(RewardLosses.bradleyTerry(new Objective.BradleyTerry(0, 0), 0, 0))
                .isCloseTo(Math.log(2), CLOSE);
    }

    @Test
    void listwise_is_the_mean_over_pairs_of_different_relevance() {
        // right: 1.2; wrong: 0.5, 1.2. Gaps 0.7 and 0: (0.403186 + 0.693147) / 2
        assertThat(RewardLosses.listwise(List.of(1.2, 0.5, 1.2), List.of(1.0, 0.0, 0.0)))
                .isCloseTo(0.548167, CLOSE);
        // a pair alone is Bradley-Terry's
        assertThat(RewardLosses.listwise(List.of(0.5, 1.2), List.of(0.0, 1.0))).isCloseTo(0.403186, CLOSE);
    }

    @Test
    void a_step_is_a_choice_of_two() {
        // logits 0.5 and 1.2: right: log(1 + e^-0.7); wrong: 0.7 more
        assertThat(RewardLosses.step(0.5, 1.2, true)).isCloseTo(0.403186, CLOSE);
        assertThat(RewardLosses.step(0.5, 1.2, false)).isCloseTo(1.103186, CLOSE);
    }
}
