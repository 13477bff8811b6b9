package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AtMarksTest {

    private static List<String> steps(StepSplit split, String text) {
        Steps steps = split.of(text);
        return IntStream.rangeClosed(1, steps.count()).mapToObj(steps::step).toList();
    }

    @Test
    void steps_are_lines_that_are_not_empty() {
        String text = "First 3+4=7;\n\n  Then 7*2=14. \nSo 14.\n";
        assertThat(steps(AtMarks.LINES, text)).containsExactly("First 3+4=7;", "  Then 7*2=14.", "So 14.");
        assertThat(steps(AtMarks.TRACES, text)).containsExactly("First 3+4=7", "  Then 7*2=14.", "So 14.");
    }

    @Test
    void whoever_goes_on_starts_where_the_next_step_starts() {
        Steps steps = AtMarks.TRACES.of("7*5-2;35-2;\n33");
        assertThat(steps.count()).isEqualTo(3);
        assertThat(steps.before(1)).isEmpty();
        assertThat(steps.through(1)).isEqualTo("7*5-2;").isEqualTo(steps.before(2));
        assertThat(steps.through(2)).isEqualTo("7*5-2;35-2;\n").isEqualTo(steps.before(3));
        assertThat(steps.through(3)).isEqualTo("7*5-2;35-2;\n33");
    }

    @Test
    void before_and_from_are_the_text() {
        Steps steps = AtMarks.LINES.of("\n a\n\n b\r\nc\n");
        assertThat(steps.count()).isEqualTo(3);
        for (int number = 1; number <= steps.count(); number++) {
            assertThat(steps.before(number) + steps.from(number)).isEqualTo(steps.text());
            assertThat(steps.from(number)).startsWith(steps.step(number));
        }
        assertThat(steps.step(1))
                .as("with the blanks in front, so that nothing is before it")
                .isEqualTo("\n a");
        assertThat(steps.step(2)).as("without the carriage return").isEqualTo(" b");
    }

    @Test
    void nothing_written_is_no_step() {
        assertThat(AtMarks.TRACES.of("").count()).isZero();
        assertThat(AtMarks.TRACES.of(" \n;; \n").count()).isZero();
        assertThat(steps(AtMarks.TRACES, "one")).containsExactly("one");
    }
}
