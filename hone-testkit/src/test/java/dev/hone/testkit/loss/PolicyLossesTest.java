package dev.hone.testkit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.learn.Aggregation;
import dev.hone.learn.Clip;
import dev.hone.learn.Objective;
import dev.hone.learn.Objective.Grpo.Advantages;
import dev.hone.learn.Objective.Grpo.Ratio;
import dev.hone.testkit.loss.PolicyLosses.Rollout;
import dev.hone.testkit.loss.PolicyLosses.Thought;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PolicyLossesTest {
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final List<Double> REWARDS = List.of(1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0);

    private static Rollout rollout(double reward, List<Double> now, List<Double> old) {
        return new Rollout(reward, now, old, old, List.of(), List.of());
    }

    private static Objective.Grpo grpo(Aggregation aggregation) {
        return new Objective.Grpo(Advantages.UNSCALED, Ratio.TOKEN, Clip.symmetric(0.2), 0, aggregation);
    }

    @Test
    void group_advantages() {
        // mean 0.25, std sqrt(1.5 / 7) = 0.462910; 0.75 / 0.463010 = 1.619835, -0.25 / 0.463010 = -0.539945
        List<Double> scaled = PolicyLosses.advantages(Advantages.GROUP_STD, REWARDS, REWARDS);
        assertThat(scaled.get(0)).isCloseTo(1.619835, CLOSE);
        assertThat(scaled.get(1)).isCloseTo(-0.539945, CLOSE);
        assertThat(PolicyLosses.advantages(Advantages.UNSCALED, REWARDS, REWARDS)
                        .get(0))
                .isCloseTo(0.75, CLOSE);
        assertThat(PolicyLosses.advantages(Advantages.AS_GIVEN, REWARDS, REWARDS))
                .isEqualTo(REWARDS);
        // the batch has another group of 0 and 1: mean 0.3, 10 rewards, squares 2.1, std sqrt(2.1 / 9) = 0.483046
        List<Double> all = List.of(1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0);
        assertThat(PolicyLosses.advantages(Advantages.BATCH_STD, REWARDS, all).get(0))
                .isCloseTo(0.75 / 0.483146, CLOSE);
    }

    @Test
    void leave_one_out_advantages() {
        // 1 - 1/7 = 0.857143; 0 - 2/7 = -0.285714
        assertThat(PolicyLosses.leaveOneOut(REWARDS).get(0)).isCloseTo(0.857143, CLOSE);
        assertThat(PolicyLosses.leaveOneOut(REWARDS).get(1)).isCloseTo(-0.285714, CLOSE);
    }

    @Test
    void k3() {
        // e^-0.5 + 0.5 - 1 = 0.106531
        assertThat(PolicyLosses.k3(-1, -1.5)).isCloseTo(0.106531, CLOSE);
        assertThat(PolicyLosses.k3(-1, -1)).isZero();
    }

    @Test
    void grpo_starts_at_zero_with_sequence_means() {
        List<Rollout> group =
                List.of(rollout(1, List.of(-1.0, -2.0), List.of(-1.0, -2.0)), rollout(0, List.of(-0.5), List.of(-0.5)));
        assertThat(PolicyLosses.grpo(grpo(new Aggregation.SequenceMean()), List.of(group)))
                .isCloseTo(0, CLOSE);
        // advantages 0.5 and -0.5 on 2 and 1 tokens: -(2 * 0.5 - 0.5) = -0.5, over 3 tokens, 2 * 4, 2
        assertThat(PolicyLosses.grpo(grpo(new Aggregation.TokenMean()), List.of(group)))
                .isCloseTo(-0.5 / 3, CLOSE);
        assertThat(PolicyLosses.grpo(grpo(new Aggregation.ConstantLength(4)), List.of(group)))
                .isCloseTo(-0.5 / 8, CLOSE);
        assertThat(PolicyLosses.grpo(grpo(new Aggregation.Sum()), List.of(group)))
                .isCloseTo(-0.25, CLOSE);
    }

    @Test
    void grpo_clips_each_side_on_its_own() {
        // ratios e^0.5 = 1.648721 and e^-0.5 = 0.606531, advantages 0.5 and -0.5, clip to [0.8, 1.28]:
        // -(0.5 * 1.28) and -(-0.5 * 0.8): both held, the mean of -0.64 and 0.4 is -0.12
        var objective = new Objective.Grpo(
                Advantages.UNSCALED, Ratio.TOKEN, new Clip(0.2, 0.28), 0, new Aggregation.SequenceMean());
        List<Rollout> group =
                List.of(rollout(1, List.of(-1.0), List.of(-1.5)), rollout(0, List.of(-1.0), List.of(-0.5)));
        assertThat(PolicyLosses.grpo(objective, List.of(group))).isCloseTo(-0.12, CLOSE);
        // the other way round nothing is held: -(0.5 * 0.606531) and 0.5 * 1.648721, mean 0.260548
        List<Rollout> worse =
                List.of(rollout(1, List.of(-1.0), List.of(-0.5)), rollout(0, List.of(-1.0), List.of(-1.5)));
        assertThat(PolicyLosses.grpo(objective, List.of(worse))).isCloseTo(0.260548, CLOSE);
    }

    @Test
    void gspo_has_one_ratio_a_sequence() {
        // log-ratios 0.3 and -0.1: mean 0.1, ratio 1.105171 within the clip, for both tokens; advantage 0.5
        var objective =
                new Objective.Grpo(Advantages.UNSCALED, Ratio.SEQUENCE, Clip.symmetric(0.2), 0, new Aggregation.Sum());
        List<Rollout> group =
                List.of(rollout(1, List.of(-1.0, -1.1), List.of(-1.3, -1.0)), rollout(0, List.of(-1.0), List.of(-1.0)));
        // (-2 * 0.5 * 1.105171 + 0.5) / 2
        assertThat(PolicyLosses.grpo(objective, List.of(group))).isCloseTo(-0.302585, CLOSE);
    }

    @Test
    void rloo() {
        // R = 1 - 0.5 * (-1 + 1.5) = 0.75 and 0; advantages 0.75 and -0.75, ratios 1: 0
        var objective = new Objective.Rloo(0.5, Clip.symmetric(0.2));
        Rollout right = new Rollout(1, List.of(-1.0), List.of(-1.0), List.of(-1.5), List.of(), List.of());
        Rollout wrong = rollout(0, List.of(-1.0), List.of(-1.0));
        assertThat(PolicyLosses.rloo(objective, List.of(List.of(right, wrong)))).isCloseTo(0, CLOSE);
        // the right one is likelier by e^0.1 now: -(0.75 * 1.105171 - 0.75) / 2
        Rollout likelier = new Rollout(1, List.of(-0.9), List.of(-1.0), List.of(-1.5), List.of(), List.of());
        assertThat(PolicyLosses.rloo(objective, List.of(List.of(likelier, wrong))))
                .isCloseTo(-0.039439, CLOSE);
    }

    @Test
    void relative_rewards_are_fitted() {
        // h = 0.5 and -0.2: 2 * 0.7 = 1.4 against 1 - 0.25 = 0.75: 0.65^2 = 0.4225
        Rollout one = new Rollout(1, List.of(-0.5, -1.0), List.of(), List.of(-1.0, -1.0), List.of(), List.of());
        Rollout other = new Rollout(0.25, List.of(-1.2), List.of(), List.of(-1.0), List.of(), List.of());
        assertThat(PolicyLosses.relativeReward(new Objective.RelativeReward(2, 0), List.of(List.of(one, other))))
                .isCloseTo(0.4225, CLOSE);
        // and 0.1 times the last one's -1.2
        assertThat(PolicyLosses.relativeReward(new Objective.RelativeReward(2, 0.1), List.of(List.of(one, other))))
                .isCloseTo(0.4225 - 0.12, CLOSE);
        // the mean over groups; one sample alone has no pair
        assertThat(PolicyLosses.relativeReward(
                        new Objective.RelativeReward(2, 0), List.of(List.of(one, other), List.of(one))))
                .isCloseTo(0.21125, CLOSE);
    }

    /// Card sharpening, "RLHF-Sharpening": with the base's own log-likelihood for the reward the optimum is
    /// `pi_base^(1 + 1 / beta)`, normalised. Four sequences are all there are.
    @Test
    void relative_rewards_of_likelihood_are_met_by_the_base_raised_to_a_power() {
        double beta = 0.5;
        List<Double> base = List.of(0.4, 0.3, 0.2, 0.1);
        double all = base.stream().mapToDouble(p -> Math.pow(p, 1 + 1 / beta)).sum();
        List<Rollout> optimum = base.stream()
                .map(p -> new Rollout(
                        Math.log(p),
                        List.of(Math.log(Math.pow(p, 1 + 1 / beta) / all)),
                        List.of(),
                        List.of(Math.log(p)),
                        List.of(),
                        List.of()))
                .toList();
        List<Rollout> unmoved = base.stream()
                .map(p -> new Rollout(
                        Math.log(p), List.of(Math.log(p)), List.of(), List.of(Math.log(p)), List.of(), List.of()))
                .toList();
        var objective = new Objective.RelativeReward(beta, 0);
        assertThat(PolicyLosses.relativeReward(objective, List.of(optimum))).isCloseTo(0, CLOSE);
        assertThat(PolicyLosses.relativeReward(objective, List.of(unmoved))).isGreaterThan(0.5);
    }

    @Test
    void generalised_advantages() {
        // 1 - 0.7 = 0.3; 0.02 + 0.7 - 0.4 + 0.95 * 0.3 = 0.605; -0.01 + 0.4 - 0.2 + 0.95 * 0.605 = 0.76475
        assertThat(PolicyLosses.estimates(List.of(-0.01, 0.02, 1.0), List.of(0.2, 0.4, 0.7), 1, 0.95))
                .satisfiesExactly(
                        first -> assertThat(first).isCloseTo(0.76475, CLOSE),
                        second -> assertThat(second).isCloseTo(0.605, CLOSE),
                        third -> assertThat(third).isCloseTo(0.3, CLOSE));
    }

    @Test
    void ppo() {
        // no divergence, two tokens, values 0: with gamma = lambda = 1 both advantages are the reward 1 and -1
        // (one sample each), whitened by std sqrt(2) of (1, -1): +-0.707107; ratio 1: the policy's part is 0.
        // targets 1 and -1, values 0.5 and 0, held at 0.2 and 0: 0.5 * max(0.25, 0.64) and 0.5 * 1
        var objective = new Objective.Ppo(0.05, 1, 1, 0.1, Clip.symmetric(0.2), 0.2);
        Rollout good = new Rollout(1, List.of(-1.0), List.of(-1.0), List.of(-1.0), List.of(0.5), List.of(0.0));
        Rollout bad = new Rollout(-1, List.of(-1.0), List.of(-1.0), List.of(-1.0), List.of(0.0), List.of(0.0));
        assertThat(PolicyLosses.ppo(objective, List.of(good, bad))).isCloseTo(0.1 * (0.32 + 0.5) / 2, CLOSE);
        // the good one likelier by e^0.1: -0.707107 * (1.105171 - 1) / 2 more
        Rollout likelier = new Rollout(1, List.of(-0.9), List.of(-1.0), List.of(-1.0), List.of(0.5), List.of(0.0));
        assertThat(PolicyLosses.ppo(objective, List.of(likelier, bad))).isCloseTo(0.041 - 0.037184, CLOSE);
    }

    @Test
    void latro() {
        // answers -2, -4 and (unfinished) -3: mean -3, twice that is -6; rationales as under the reference but the
        // first, which is likelier by 2: R = -2 - 0.5 * 2 = -3, -4, -6; advantages 2, 0.5, -2.5
        var objective = new Objective.Latro(0.5, 2, 1, 1, Objective.Latro.Baseline.OTHERS);
        List<List<Thought>> groups = List.of(
                List.of(new Thought(-5, -2, -7, true), new Thought(-6, -4, -6, true), new Thought(-8, -3, -8, false)));
        List<List<Double>> rewards = PolicyLosses.latroRewards(objective, groups);
        assertThat(rewards).containsExactly(List.of(-3.0, -4.0, -6.0));
        // -(2 * -5 + 0.5 * -6 - 2.5 * -8) / 3 + 9 / 3 = -7 / 3 + 3
        assertThat(PolicyLosses.latro(objective, groups, rewards)).isCloseTo(2.0 / 3, CLOSE);
        assertThat(PolicyLosses.latro(
                        new Objective.Latro(0.5, 2, 0, 1, Objective.Latro.Baseline.OTHERS), groups, rewards))
                .as("the answers alone")
                .isCloseTo(3, CLOSE);
        // -(-3 * -5 - 4 * -6 - 6 * -8) / 3 + 9 / 3 = -29 + 3
        assertThat(PolicyLosses.latro(
                        new Objective.Latro(0.5, 2, 1, 1, Objective.Latro.Baseline.NONE), groups, rewards))
                .as("without a baseline")
                .isCloseTo(-26, CLOSE);
    }
}
