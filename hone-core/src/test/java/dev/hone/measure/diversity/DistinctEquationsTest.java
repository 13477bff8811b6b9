package dev.hone.measure.diversity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.task.exact.Calculations;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DistinctEquationsTest {

    // 12*3=36 twice (once turned round), 36-7=29 twice, 7+5=12 and 12+17=29 once: 4 of 6
    @Test
    void it_is_the_share_of_different_equations_of_the_right_answers() {
        List<List<String>> answers = Stream.of("12*3=36;36-7=29", "3*12=36;36-7=29", "7+5=12;12+17=29")
                .map(Calculations::in)
                .toList();
        assertThat(DistinctEquations.of(answers)).hasValue(4 / 6.0);
    }

    @Test
    void without_a_right_answer_or_an_equation_there_is_no_value() {
        assertThat(DistinctEquations.of(List.of())).isEmpty();
        assertThat(DistinctEquations.of(List.of(List.of(), List.of()))).isEmpty();
        assertThat(DistinctEquations.of(List.of(List.of(), List.of("(+1+2)=3"))))
                .hasValue(1);
    }
}
