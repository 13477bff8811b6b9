package dev.hone.method.gsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.generate.Prompt;
import dev.hone.select.Selector;
import dev.hone.testkit.SelectorContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrueEquationsTest implements SelectorContract {

    @Override
    public Selector selector() {
        return new TrueEquations(0.01);
    }

    @Test
    void a_false_calculation_is_dropped_though_the_answer_is_right() {
        List<String> texts = List.of("2+2=4, so 4", "2+2=5, so 4", "4", "1/3=0.33, so 4");
        List<Decision> decisions = selector()
                .select(
                        Sums.judged(Sums.drawn(
                                (_, _, index, _) -> texts.get(index),
                                List.of(Prompt.of(Sums.problems(4).getLast(), 4, Sums.SAMPLING)))),
                        Sums.step());
        assertThat(decisions).allMatch(decision -> decision.judged().isRight());
        assertThat(decisions).extracting(Decision::isKept).containsExactly(true, false, true, true);
    }

    @Test
    void a_tolerance_below_nothing_is_refused() {
        assertThatThrownBy(() -> new TrueEquations(-1)).hasMessageContaining("at least 0 but was -1");
    }
}
