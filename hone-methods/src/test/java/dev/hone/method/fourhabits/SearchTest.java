package dev.hone.method.fourhabits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.task.countdown.ThoughtCountdown;
import dev.hone.task.exact.Expression;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTest {
    private static final Seed SEED = new Seed(1);

    private static List<Attempt> all(Puzzle puzzle, Habit... aims) {
        return new Search(puzzle, List.of(aims), SEED.random()).attempts(10_000);
    }

    private static List<Problem> problems(int count) {
        return ThoughtCountdown.standard().problems(Split.TRAIN, count, SEED);
    }

    @Test
    void every_attempt_uses_every_number_once_and_its_steps_are_true() {
        for (Habit[] aims : new Habit[][] {{}, {Habit.SUBGOAL}, {Habit.BACKWARD, Habit.SUBGOAL}}) {
            for (Problem problem : problems(30)) {
                Puzzle puzzle = Puzzle.of(problem);
                for (Attempt attempt : all(puzzle, aims)) {
                    List<String> given = new ArrayList<>();
                    puzzle.numbers().forEach(number -> given.add(number.toString()));
                    assertThat(attempt.expression().numbers()).containsExactlyInAnyOrderElementsOf(given);
                    assertThat(attempt.expression().value().orElseThrow().over())
                            .isEqualTo(attempt.value());
                    attempt.steps().forEach(step -> assertThat(value(step)).isEqualTo(step.result()));
                }
            }
        }
    }

    private static long value(Line.Step step) {
        return switch (Expression.read("" + step.left() + step.operator() + step.right())) {
            case Expression.Reading.Read(Expression expression) ->
                expression.value().orElseThrow().over();
            case Expression.Reading.Unreadable(String because) -> throw new AssertionError(because);
        };
    }

    @Test
    void a_target_that_can_be_reached_is_found_whatever_is_aimed_at() {
        for (Habit[] aims : new Habit[][] {{}, {Habit.SUBGOAL}, {Habit.BACKWARD}, {Habit.SUBGOAL, Habit.BACKWARD}}) {
            assertThat(problems(100)).allSatisfy(problem -> {
                Puzzle puzzle = Puzzle.of(problem);
                assertThat(all(puzzle, aims)).anyMatch(attempt -> attempt.value() == puzzle.target());
            });
        }
    }

    @Test
    void no_attempt_comes_twice_and_the_first_ones_are_the_same_however_many_are_asked_for() {
        Puzzle puzzle = Puzzle.of(Puzzles.KNOWN);
        List<Attempt> all = all(puzzle, Habit.SUBGOAL);
        assertThat(all).extracting(Attempt::steps).doesNotHaveDuplicates();
        assertThat(new Search(puzzle, List.of(Habit.SUBGOAL), SEED.random()).attempts(3))
                .isEqualTo(all.subList(0, 3));
    }

    @Test
    void every_first_step_is_followed_by_the_one_that_comes_nearest() {
        List<Attempt> all = all(Puzzle.of(Puzzles.KNOWN));
        assertThat(all)
                .extracting(attempt -> attempt.steps().getFirst())
                .doesNotHaveDuplicates()
                .contains(new Line.Step(12, '/', 3, 4));
        assertThat(all)
                .filteredOn(attempt -> attempt.steps().getFirst().equals(new Line.Step(7, '*', 3, 21))
                        || attempt.steps().getFirst().equals(new Line.Step(3, '*', 12, 36)))
                .extracting(Attempt::value)
                .containsExactlyInAnyOrder(33L, 29L);
    }

    @Test
    void what_ends_farther_from_the_target_than_that_is_from_0_is_not_tried() {
        assertThat(all(Puzzle.of(Puzzles.problem("19,18,2", 10))))
                .isNotEmpty()
                .allSatisfy(attempt -> assertThat(attempt.value()).isBetween(0L, 20L))
                .extracting(attempt -> attempt.steps().getFirst())
                .doesNotContain(new Line.Step(19, '*', 18, 342));
    }

    @Test
    void what_is_aimed_at_would_lead_to_the_target_in_one_step() {
        for (Problem problem : problems(50)) {
            Puzzle puzzle = Puzzle.of(problem);
            assertThat(all(puzzle, Habit.BACKWARD))
                    .filteredOn(attempt -> !attempt.aims().isEmpty())
                    .isNotEmpty()
                    .allSatisfy(attempt -> {
                        Line.Step back = ((Line.Backward) attempt.aims().getFirst()).step();
                        Line.Step last = attempt.steps().getLast();
                        assertThat(value(back)).isEqualTo(back.result());
                        assertThat(back.left()).isEqualTo(puzzle.target());
                        assertThat(List.of(last.left(), last.right())).contains(back.right());
                        assertThat(attempt.value() == puzzle.target())
                                .isEqualTo(attempt.steps().getFirst().result() == back.result());
                    });
        }
    }

    @Test
    void more_and_fewer_numbers_can_be_searched_too() {
        assertThat(all(new Puzzle(List.of(6L, 4L), 24)))
                .extracting(Attempt::value)
                .containsExactly(24L);
        assertThat(all(new Puzzle(List.of(6L), 6))).isEmpty();
        assertThat(new Search(new Puzzle(List.of(2L, 3L, 4L, 5L), 26), List.of(Habit.BACKWARD), SEED.random())
                        .attempts(50_000))
                .anyMatch(attempt -> attempt.value() == 26);
    }

    @Test
    void steps_are_tried_in_the_order_of_the_numbers_whatever_the_seed() {
        Puzzle puzzle = Puzzle.of(Puzzles.KNOWN);
        List<Attempt> other = new Search(puzzle, List.of(), new Seed(2).random()).attempts(10_000);
        assertThat(other).isEqualTo(all(puzzle));
        assertThat(all(new Puzzle(List.of(3L, 5L, 2L), 16)))
                .extracting(attempt -> attempt.steps().getFirst().toString())
                .startsWith("3+5=8", "3*5=15", "5-3=2", "3+2=5");
    }
}
