package dev.hone.method.fourhabits;

import static dev.hone.method.fourhabits.Habit.BACKTRACKING;
import static dev.hone.method.fourhabits.Habit.BACKWARD;
import static dev.hone.method.fourhabits.Habit.SUBGOAL;
import static dev.hone.method.fourhabits.Habit.VERIFICATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.testkit.Problems;
import org.junit.jupiter.api.Test;

class HabitCountsTest {

    private static int count(Habit habit, String response) {
        return HabitCounts.of(Puzzles.KNOWN, response).of(habit);
    }

    @Test
    void a_response_without_a_thought_has_no_habit() {
        for (Habit habit : Habit.values()) {
            assertThat(count(habit, ":12*3-7")).isZero();
            assertThat(count(habit, "")).isZero();
            assertThat(count(habit, ",,,,,,,:12*3-7")).isZero();
        }
    }

    @Test
    void going_straight_on_is_no_backtracking() {
        assertThat(count(BACKTRACKING, "12*3=36;36-7=29:12*3-7")).isZero();
    }

    @Test
    void a_return_to_the_start_and_one_to_an_earlier_state_are_backtracking() {
        assertThat(count(BACKTRACKING, "12+3=15;15+7=22;12*3=36;36-7=29:12*3-7"))
                .isEqualTo(1);
        assertThat(count(BACKTRACKING, "12*3=36;36+7=43;36-7=29:12*3-7")).isEqualTo(1);
        assertThat(count(BACKTRACKING, "12+3=15;12*3=36;36+7=43;36-7=29:12*3-7"))
                .isEqualTo(2);
    }

    @Test
    void a_second_pair_that_leaves_the_first_result_for_later_is_no_backtracking() {
        var four = Puzzles.problem("2,3,4,5", 26);
        assertThat(HabitCounts.of(four, "2*3=6;4*5=20;6+20=26:2*3+4*5").of(BACKTRACKING))
                .isZero();
    }

    @Test
    void equal_numbers_are_as_many_as_there_are() {
        var twice = Puzzles.problem("5,5,4", 29);
        assertThat(HabitCounts.of(twice, "5*5=25;25+4=29").of(BACKTRACKING)).isZero();
        assertThat(HabitCounts.of(Puzzles.KNOWN, "3*3=9;9+7=16").of(BACKTRACKING))
                .as("there is one 3 only")
                .isZero();
    }

    @Test
    void numbers_that_never_were_there_make_no_step() {
        assertThat(count(BACKTRACKING, "1+1=2;5*5=25;12*3=36;2+2=4;36-7=29")).isZero();
    }

    @Test
    void a_wrong_sum_goes_on_with_what_it_says() {
        assertThat(count(BACKTRACKING, "12*3=38;38-7=31")).isZero();
    }

    @Test
    void a_comparison_with_the_target_is_verification_whether_it_holds_or_not() {
        assertThat(count(VERIFICATION, "12*3=36;36+7=43>29;36-7=29>29")).isEqualTo(2);
        assertThat(count(VERIFICATION, "12*3=36;36-7=29=29"))
                .as("no comparison of the grammar")
                .isZero();
        assertThat(count(VERIFICATION, "12*3=36>30;36+7=43"))
                .as("another number than the target")
                .isZero();
    }

    @Test
    void a_number_stated_before_a_step_is_a_subgoal() {
        assertThat(count(SUBGOAL, ">36;12*3=36;36-7=29")).isEqualTo(1);
        assertThat(count(SUBGOAL, "12*3=36;36-7=29;>36"))
                .as("nothing is done for it")
                .isZero();
        assertThat(count(SUBGOAL, ">29;12*3=36"))
                .as("the target is no intermediate goal")
                .isZero();
        assertThat(count(SUBGOAL, ">36;>22;12+3=15;>36;12*3=36>29")).isEqualTo(3);
    }

    @Test
    void backward_chaining_begins_with_the_target_and_a_given_number() {
        assertThat(count(BACKWARD, ">29+7=36;12*3=36")).isEqualTo(1);
        assertThat(count(BACKWARD, ">29+7=36;>36/3=12"))
                .as("and goes on from where it came")
                .isEqualTo(2);
        assertThat(count(BACKWARD, ">30+7=37;>36/3=12")).isZero();
        assertThat(count(BACKWARD, ">29+5=34")).as("5 is not given").isZero();
        assertThat(count(BACKWARD, "29+7=36")).as("a forward step").isZero();
    }

    @Test
    void a_problem_that_is_no_countdown_is_refused_by_name() {
        assertThatThrownBy(() -> HabitCounts.of(Problems.numbered(1).getFirst(), ""))
                .isInstanceOf(HoneException.class)
                .hasMessageStartingWith("problem \"p1\" has the facts {}, but four habits are seen in Countdown only");
    }
}
