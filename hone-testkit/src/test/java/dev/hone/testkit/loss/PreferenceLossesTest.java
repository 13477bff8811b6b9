package dev.hone.testkit.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import dev.hone.testkit.loss.PreferenceLosses.Completion;
import dev.hone.testkit.loss.PreferenceLosses.Pair;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// The card's test vectors: lp_w = -10, ref_w = -12, |y_w| = 4; lp_l = -15, ref_l = -14, |y_l| = 5; beta
/// 0.1.
class PreferenceLossesTest {
    private static final Offset<Double> CLOSE = within(1e-6);
    private static final Pair PAIR = new Pair(new Completion(-10, -12, 4), new Completion(-15, -14, 5));
    private static final Pair AT_START = new Pair(new Completion(-12, -12, 4), new Completion(-14, -14, 5));

    private static double contrast(Contrast contrast, Pair pair) {
        return PreferenceLosses.contrast(contrast, 0.1, pair);
    }

    // h_w = -10 + 12 = 2, h_l = -15 + 14 = -1, d = 3; beta d = 0.3
    @Test
    void sigmoid() {
        // -log(1 / (1 + e^-0.3)) = log(1.740818) = 0.554355
        assertThat(contrast(new Contrast.Sigmoid(), PAIR)).isCloseTo(0.554355, CLOSE);
        assertThat(contrast(new Contrast.Sigmoid(), AT_START)).isCloseTo(Math.log(2), CLOSE);
    }

    @Test
    void sigmoid_of_means() {
        // 2/4 + 1/5 = 0.7; log(1 + e^-0.07) = 0.658760
        assertThat(contrast(new Contrast.MeanSigmoid(), PAIR)).isCloseTo(0.658760, CLOSE);
    }

    @Test
    void conservative() {
        // 0.9 * 0.554355 + 0.1 * (0.554355 + 0.3) = 0.584355
        assertThat(contrast(new Contrast.Conservative(0.1), PAIR)).isCloseTo(0.584355, CLOSE);
        assertThat(contrast(new Contrast.Conservative(0), PAIR)).isEqualTo(contrast(new Contrast.Sigmoid(), PAIR));
    }

    @Test
    void hinge() {
        // 1 - 0.3
        assertThat(contrast(new Contrast.Hinge(), PAIR)).isCloseTo(0.7, CLOSE);
        assertThat(contrast(new Contrast.Hinge(), AT_START)).isCloseTo(1, CLOSE);
    }

    @Test
    void ipo() {
        // (0.7 - 5)^2 = 18.49
        assertThat(contrast(new Contrast.Ipo(), PAIR)).isCloseTo(18.49, CLOSE);
        // 1 / (4 beta^2) = 25
        assertThat(contrast(new Contrast.Ipo(), AT_START)).isCloseTo(25, CLOSE);
    }

    @Test
    void the_chosen_likelihood_is_averaged_by_pair_or_by_token() {
        Pair other = new Pair(new Completion(-6, -6, 1), new Completion(-1, -1, 1));
        double contrasts = (0.554355 + Math.log(2)) / 2;
        var sigmoid = new Contrast.Sigmoid();
        // by pair: (10/4 + 6/1) / 2 = 4.25; by token: 16 / 5 = 3.2
        assertThat(PreferenceLosses.dpo(
                        new Objective.Dpo(sigmoid, 0.1, new ChosenLikelihood(2, ChosenLikelihood.Mean.PAIR)),
                        List.of(PAIR, other)))
                .isCloseTo(contrasts + 8.5, CLOSE);
        assertThat(PreferenceLosses.dpo(
                        new Objective.Dpo(sigmoid, 0.1, new ChosenLikelihood(2, ChosenLikelihood.Mean.TOKEN)),
                        List.of(PAIR, other)))
                .isCloseTo(contrasts + 6.4, CLOSE);
    }

    @Test
    void sim_po() {
        // 2 * (-10/4 + 15/5) - 1 = 0; log 2
        assertThat(PreferenceLosses.simPo(new Objective.SimPo(2, 1), PAIR)).isCloseTo(0.693147, CLOSE);
    }

    @Test
    void orpo() {
        // a_w = -2.5, a_l = -3; log(1 - e^-2.5) = -0.085651, log(1 - e^-3) = -0.051069
        // o = 0.5 + 0.085651 - 0.051069 = 0.534581; log(1 + e^-o) = 0.461161
        assertThat(PreferenceLosses.logOddsRatio(PAIR)).isCloseTo(0.534581, within(2e-6));
        assertThat(PreferenceLosses.orpo(new Objective.Orpo(1), PAIR)).isCloseTo(2.5 + 0.461161, within(2e-6));
    }

    @Test
    void kto() {
        // h = 2, z0 = 0.5: 1 - s(0.15) = 0.462570; h = -1: 1 - s(0.1 (0.5 + 1)) = the same
        var kto = new Objective.Kto(0.1, 1, 1);
        assertThat(PreferenceLosses.kto(kto, true, PAIR.chosen(), 0.5)).isCloseTo(0.462570, CLOSE);
        assertThat(PreferenceLosses.kto(kto, false, PAIR.rejected(), 0.5)).isCloseTo(0.462570, CLOSE);
        assertThat(PreferenceLosses.kto(kto, true, AT_START.chosen(), 0)).isCloseTo(0.5, CLOSE);
        // means of h: (2 - 1) / 2 = 0.5; -1 is held at 0
        assertThat(PreferenceLosses.ktoBaseline(List.of(PAIR.chosen(), PAIR.rejected())))
                .isCloseTo(0.5, CLOSE);
        assertThat(PreferenceLosses.ktoBaseline(List.of(PAIR.rejected()))).isZero();
    }

    @Test
    void every_loss_falls_when_the_margin_grows() {
        Pair wider = new Pair(new Completion(-9, -12, 4), new Completion(-15, -14, 5));
        for (Contrast contrast : List.of(
                new Contrast.Sigmoid(),
                new Contrast.MeanSigmoid(),
                new Contrast.Conservative(0.1),
                new Contrast.Hinge(),
                new Contrast.Ipo())) {
            assertThat(contrast(contrast, wider)).as(contrast.toString()).isLessThan(contrast(contrast, PAIR));
        }
        assertThat(PreferenceLosses.simPo(new Objective.SimPo(2, 1), wider)).isLessThan(Math.log(2));
        assertThat(PreferenceLosses.logOddsRatio(wider)).isGreaterThan(PreferenceLosses.logOddsRatio(PAIR));
    }
}
