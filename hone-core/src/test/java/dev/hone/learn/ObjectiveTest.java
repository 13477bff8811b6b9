package dev.hone.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.learn.Adaptation.Lora;
import dev.hone.learn.Adaptation.Scaling;
import dev.hone.learn.Adaptation.Target;
import java.util.EnumSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ObjectiveTest {

    private static void refused(String hint, ThrowingCallable made) {
        assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(hint);
    }

    @Test
    void parameters_out_of_range_are_refused_by_name_and_value() {
        refused("beta must be a finite number above 0 but was 0.0", () -> new Objective.SimPo(0, 1));
        refused("beta must be", () -> new Objective.Dpo(new Contrast.Ipo(), Double.NaN, ChosenLikelihood.none()));
        refused("beta must be", () -> new Objective.Orpo(Double.POSITIVE_INFINITY));
        refused("gamma must be", () -> new Objective.SimPo(2, -1));
        refused("smoothing must be in [0, 0.5)", () -> new Contrast.Conservative(0.5));
        refused("chosen likelihood", () -> new ChosenLikelihood(-1, ChosenLikelihood.Mean.PAIR));
        refused("undesirable must be", () -> new Objective.Kto(0.1, 1, 0));
        refused("margin must be", () -> new Objective.BradleyTerry(-0.1, 0));
        refused("centering must be", () -> new Objective.BradleyTerry(0, Double.NaN));
        refused("clip low must be in [0, 1]", () -> new Clip(1.1, 0.2));
        refused("clip high must be", () -> new Clip(0.2, -0.2));
        refused("tokens must be at least 1 but was 0", () -> new Aggregation.ConstantLength(0));
        refused("kl must be", () -> new Objective.Rloo(-1, Clip.symmetric(0.2)));
        refused("beta must be", () -> new Objective.RelativeReward(0, 0));
        refused("exploration must", () -> new Objective.RelativeReward(1, -1));
        refused("lambda must be in [0, 1]", () -> new Objective.Ppo(0, 1, 1.1, 0.1, Clip.symmetric(0.2), 0.2));
        refused("valueClip must be", () -> new Objective.Ppo(0, 1, 1, 0.1, Clip.symmetric(0.2), 0));
        refused("unfinished must be", () -> new Objective.Latro(0, 0.5, 1, 1, Objective.Latro.Baseline.OTHERS));
        refused("rationaleWeight must be", () -> new Objective.Latro(0, 2, 0, 0, Objective.Latro.Baseline.OTHERS));
        refused("rank must be", () -> Lora.of(0, 8));
        refused("alpha must be", () -> Lora.of(8, 0));
        refused("dropout must be", () -> new Lora(8, 8, 1, EnumSet.of(Target.KEY), Scaling.RANK));
        refused("at least one target", () -> new Lora(8, 8, 0, Set.of(), Scaling.RANK));
        refused("must be at least 1 but were 0, 1, 1", () -> new Training.Stopping.HeldOut(0, 1, 1));
    }

    @Test
    void the_defaults_are_the_papers() {
        assertThat(Objective.Dpo.asInPaper())
                .isEqualTo(new Objective.Dpo(new Contrast.Sigmoid(), 0.1, ChosenLikelihood.none()));
        assertThat(Objective.Ppo.standard()).isEqualTo(new Objective.Ppo(0.05, 1, 0.95, 0.1, new Clip(0.2, 0.2), 0.2));
        assertThat(Objective.Latro.asInPaper())
                .isEqualTo(new Objective.Latro(0.05, 2, 1, 1, Objective.Latro.Baseline.OTHERS));
    }

    @Test
    void an_adapter_is_scaled_by_its_rank_or_its_root() {
        assertThat(new Lora(16, 8, 0, EnumSet.of(Target.KEY), Scaling.RANK).scale())
                .isEqualTo(0.5);
        assertThat(new Lora(16, 8, 0, EnumSet.of(Target.KEY), Scaling.ROOT_OF_RANK).scale())
                .isEqualTo(2);
    }

    @Test
    void equal_adapters_read_alike() {
        assertThat(new Lora(2, 4, 0, Set.of(Target.UP, Target.KEY, Target.QUERY), Scaling.RANK))
                .hasToString("Lora[rank=2, alpha=4.0, dropout=0.0, targets=[QUERY, KEY, UP], scaling=RANK]");
    }
}
