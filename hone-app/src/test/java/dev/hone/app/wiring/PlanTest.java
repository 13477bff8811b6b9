package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Settings TWO_ROUNDS =
            Methods.settings().with(RunKeys.ROUNDS, 2).with(RunKeys.SAMPLES, 4);

    private static Plan plan(Settings settings) {
        return Plan.of(settings, 100, 1_000_000);
    }

    private static String learning(Settings settings) {
        return plan(settings).lines().stream()
                .filter(line -> line.strip().startsWith("learn "))
                .findFirst()
                .orElseThrow()
                .strip();
    }

    @Test
    void steps_are_those_of_the_rounds_and_of_a_warm_start() {
        assertThat(learning(TWO_ROUNDS)).isEqualTo("learn    2 x 100 = 200 steps of 128 examples");
        assertThat(learning(TWO_ROUNDS.with(RunKeys.WARM_PROBLEMS, 50)))
                .isEqualTo("learn    warm start from 50 worked answers, then 2 x 100 = 300 steps of 128 examples");
        assertThat(learning(TWO_ROUNDS.with(RunKeys.WARM_PROBLEMS, 256).with(RunKeys.WARM_EPOCHS, 3)))
                .isEqualTo("learn    warm start from 256 worked answers, then 2 x 100 = 206 steps of 128 examples");
    }

    @Test
    void a_method_that_does_not_read_the_steps_tells_how_many_completions_its_own_learn() {
        Settings latro = TWO_ROUNDS.with(RunKeys.METHOD, "latro").with(LatroMethod.UPDATES, 5);
        assertThat(learning(latro)).isEqualTo("learn    the method's own = 10 steps over 800 completions");
    }

    @Test
    void the_time_goes_by_what_is_learned_and_not_by_the_number_of_steps() {
        Settings habits = TWO_ROUNDS.with(RunKeys.METHOD, "fourhabits").with(RunKeys.TASK, "countdown-thought");
        double few = plan(habits.with(FourHabitsMethod.UPDATES, 5)).seconds();
        double many = plan(habits.with(FourHabitsMethod.UPDATES, 50)).seconds();
        assertThat(many).isCloseTo(few, within(1e-9));
        assertThat(plan(habits.with(RunKeys.SAMPLES, 8)).seconds()).isGreaterThan(few);
    }
}
