package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Split;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTest {

    @Test
    void a_size_says_how_many_of_what_a_task_counts() {
        assertThat(Tasks.named("countdown").id()).isEqualTo("countdown@1");
        assertThat(Tasks.named("countdown:4").id()).isEqualTo("countdown@1(4 numbers)");
        assertThat(Tasks.named("countdown-easy:3").id()).isEqualTo("countdown@1(of 1-10, targets 1-30)");
        Task arithmetic = Tasks.named("arithmetic:1-5");
        assertThat(arithmetic.problems(Split.TRAIN, 200, new Seed(1)))
                .extracting(problem -> problem.fact("operations"))
                .containsOnly("1", "2", "3", "4", "5")
                .contains("1", "5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "countdwn:4     | unknown task \"countdwn\"; did you mean",
                "countdown:     | the size \"\" of the task countdown must be a number or two with a hyphen",
                "countdown:two  | the size \"two\" of the task countdown must be",
                "countdown:9    | the size of the task countdown:9 is out of range: a problem has between 2 and 5 numbers",
                "countdown:4-3  | the size of the task countdown:4-3 is out of range",
                "arithmetic:1-9 | the size of the task arithmetic:1-9 is out of range: an expression has between 1 and 6"
            })
    void a_wrong_name_or_size_is_told(String name, String because) {
        assertThat(Tasks.problem(name))
                .hasValueSatisfying(problem -> assertThat(problem).contains(because));
        assertThatThrownBy(() -> Tasks.named(name))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining(because);
    }

    @ParameterizedTest
    @ValueSource(strings = {"countdown", "countdown:2-5", "arithmetic:6"})
    void a_right_one_is_not(String name) {
        assertThat(Tasks.problem(name)).isEmpty();
    }
}
