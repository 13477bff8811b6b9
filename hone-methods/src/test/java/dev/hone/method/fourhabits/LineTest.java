package dev.hone.method.fourhabits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {

    @Test
    void every_production_is_read_as_what_it_is() {
        assertThat(Line.of("12*3=36;36+7=43>29;36-7=29>29;>36;>29+7=36;36-7=29=29;what"))
                .containsExactly(
                        new Line.Step(12, '*', 3, 36),
                        new Line.Compared(new Line.Step(36, '+', 7, 43), 29),
                        new Line.Compared(new Line.Step(36, '-', 7, 29), 29),
                        new Line.Goal(36),
                        new Line.Backward(new Line.Step(29, '+', 7, 36)),
                        new Line.Other("36-7=29=29"),
                        new Line.Other("what"));
    }

    @Test
    void what_was_read_is_written_as_it_stood() {
        for (String text : new String[] {"12*3=36", "36+7=43>29", "36-7=29>29", ">36", ">29+7=36", "", "x=;"}) {
            assertThat(String.join(
                            ";", Line.of(text).stream().map(Line::toString).toList()))
                    .isEqualTo(text);
        }
    }

    @Test
    void the_answer_is_no_part_of_the_thought() {
        assertThat(Line.of("12*3=36:12*3-7")).containsExactly(new Line.Step(12, '*', 3, 36));
        assertThat(Line.of("1+1=2:2+2=4:3+3=6"))
                .as("all before the last colon")
                .containsExactly(new Line.Other("1+1=2:2+2=4"));
        assertThat(Line.of(":12*3-7")).containsExactly(new Line.Other(""));
    }

    @Test
    void what_only_looks_like_a_line_is_something_else() {
        for (String text : new String[] {
            "12*3=36=",
            "12*3=",
            "1234567890+1=2",
            "-7+3=4",
            ">",
            ">-3",
            ">29+7",
            ">29+7=36>29",
            "36>29",
            "12x3=36",
            "1 2+3=15"
        }) {
            assertThat(Line.of(text)).containsExactly(new Line.Other(text));
        }
    }
}
