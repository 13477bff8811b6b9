package dev.hone.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training.Length;
import dev.hone.learn.Training.Schedule;
import dev.hone.learn.Training.Schedule.Decay;
import java.net.URI;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrainingTest {

    @Test
    void the_rate_rises_then_falls_as_in_transformers() {
        // get_cosine_schedule_with_warmup(10 warm-up, 100 steps): step/10 below 10, then 0.5 (1 + cos(pi (s - 10) /
        // 90))
        Schedule cosine = new Schedule(0.1, Decay.COSINE);
        assertThat(cosine.factor(0, 100)).isEqualTo(0);
        assertThat(cosine.factor(5, 100)).isEqualTo(0.5);
        assertThat(cosine.factor(10, 100)).isEqualTo(1);
        assertThat(cosine.factor(55, 100)).isCloseTo(0.5, Offset.offset(1e-12));
        assertThat(cosine.factor(100, 100)).isCloseTo(0, Offset.offset(1e-12));
        assertThat(new Schedule(0, Decay.LINEAR).factor(25, 100)).isEqualTo(0.75);
        assertThat(new Schedule(0, Decay.CONSTANT).factor(99, 100)).isEqualTo(1);
    }

    @Test
    void epochs_count_the_last_smaller_batch() {
        assertThat(new Length.Epochs(3).steps(10, 4)).isEqualTo(9);
        assertThat(new Length.Steps(7).steps(10, 4)).isEqualTo(7);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Schedule(1, Decay.COSINE)).hasMessageContaining("warmup must be in [0, 1)");
        assertThatThrownBy(() -> new Length.Steps(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> training(0)).hasMessageContaining("batch must be at least 1 but was 0");
    }

    private static Training training(int batch) {
        return new Training(
                new Length.Steps(1),
                batch,
                1e-3,
                new Schedule(0, Decay.CONSTANT),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    @Test
    void a_round_starts_where_its_policy_says() {
        Model base = model("base");
        Model previous = model("previous");
        RoundPolicy restart = new RoundPolicy(From.BASE, OptimizerState.FRESH, new Window.All());
        RoundPolicy online = new RoundPolicy(From.PREVIOUS, OptimizerState.CARRIED, new Window.Last(1));
        assertThat(restart.start(base, previous)).isEqualTo(Start.fresh(base));
        assertThat(online.start(base, base)).isEqualTo(Start.fresh(base));
        assertThat(online.start(base, previous)).isEqualTo(new Start(previous, OptimizerState.CARRIED, previous));
        assertThatThrownBy(() -> new RoundPolicy(From.BASE, OptimizerState.CARRIED, new Window.All()))
                .hasMessageContaining("PREVIOUS");
    }

    /// The base model was not learned in this run, so it has no moments, even in a later round.
    @Test
    void as_long_as_nothing_was_learned_nothing_carries_over() {
        RoundPolicy online = new RoundPolicy(From.PREVIOUS, OptimizerState.CARRIED, new Window.Last(1));
        Model base = model("base");
        assertThat(online.start(base, base).optimizer()).isEqualTo(OptimizerState.FRESH);
    }

    @Test
    void one_schedule_spans_the_rounds_without_a_step_between_them() {
        Training each = training(new Training.Length.Steps(10));
        RoundPolicy online = new RoundPolicy(
                From.PREVIOUS, OptimizerState.CARRIED, new Window.Last(1), RoundPolicy.Schedule.ALL_ROUNDS);
        Schedule whole = each.schedule();
        for (int round = 1; round <= 3; round++) {
            Schedule part = online.training(each, round, 3).schedule();
            for (int step = 0; step < 10; step++) {
                assertThat(part.factor(step, 10)).isEqualTo(whole.factor(10 * (round - 1) + step, 30));
            }
        }
        assertThatThrownBy(() -> online.training(training(new Training.Length.Epochs(2)), 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("number of steps", "Epochs");
    }

    private static Training training(Training.Length length) {
        return new Training(
                length,
                4,
                1e-3,
                new Schedule(0.1, Decay.COSINE),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    @Test
    void the_window_takes_the_latest_rounds() {
        RoundPolicy lastTwo = new RoundPolicy(From.BASE, OptimizerState.FRESH, new Window.Last(2));
        assertThat(lastTwo.within(List.of("1", "2", "3"))).containsExactly("2", "3");
        assertThat(lastTwo.within(List.of("1"))).containsExactly("1");
    }

    private static Model model(String id) {
        return new Model(id, URI.create("file:/" + id), new Lineage.Given("test"));
    }
}
