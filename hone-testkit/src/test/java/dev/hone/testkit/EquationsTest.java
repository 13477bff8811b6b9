package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.countdown.Equations;
import dev.hone.task.countdown.ThoughtCountdown;
import dev.hone.task.exact.Expression;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EquationsTest implements TaskContract, CheckerContract {

    @Override
    public Task task() {
        return Equations.standard();
    }

    @Override
    public Checker checker() {
        return Checker.named("equations", Equations.standard().checkers());
    }

    @Override
    public Problem problem() {
        return new Problem(
                "p",
                List.of(Message.user("7,3,12>29:")),
                new Reference.Checked("equations"),
                Split.TRAIN,
                new TreeMap<>(Map.of("numbers", "7,3,12", "target", "29")));
    }

    @Override
    public List<String> right() {
        return List.of(":12*3-7", "7+3=10;10+12=22:7+3+12", "anything:7/3/12");
    }

    @Override
    public List<String> wrong() {
        return List.of(":12*3", ":7*7*7", ":", ":7/(3-3)+12", ":7+3=10;10+12=22");
    }

    @Override
    public List<String> unreadable() {
        return List.of("", "12*3-7");
    }

    @Test
    void prompts_are_those_of_the_task_that_a_model_is_made_for() {
        List<Problem> asked = ThoughtCountdown.standard().problems(Split.TRAIN, 20, new Seed(1));
        assertThat(task().problems(Split.TRAIN, 20, new Seed(1)))
                .extracting(Problem::prompt)
                .isEqualTo(asked.stream().map(Problem::prompt).toList());
    }

    @Test
    void every_equation_is_true_and_the_last_two_are_of_the_answer() {
        Task task = task();
        for (Problem problem : task.problems(Split.TRAIN, 100, new Seed(1))) {
            for (String answer : task.workedAnswers(problem, 3, new Seed(2))) {
                String[] thought = answer.substring(0, answer.indexOf(':')).split(";", -1);
                for (String equation : thought) {
                    assertThat(value(equation.substring(0, equation.indexOf('='))))
                            .as(answer)
                            .isEqualTo(equation.substring(equation.indexOf('=') + 1));
                    assertThat(Long.parseLong(equation.substring(equation.indexOf('=') + 1)))
                            .isLessThanOrEqualTo(400 + 19);
                }
                assertThat(value(answer.substring(answer.indexOf(':') + 1)))
                        .as(answer)
                        .isEqualTo(thought[thought.length - 1].replaceAll(".*=", ""));
                assertThat(thought.length % 2).isZero();
                assertThat(thought.length).isBetween(2, 18);
            }
        }
    }

    @Test
    void the_target_plays_no_part() {
        Task task = task();
        List<Problem> problems = task.problems(Split.TRAIN, 500, new Seed(1));
        long reached = problems.stream()
                .filter(problem -> problem.fact("target")
                        .equals(value(task.workedAnswers(problem, 1, new Seed(2))
                                .getFirst()
                                .replaceAll(".*:", ""))))
                .count();
        assertThat(reached).isBetween(1L, 60L);
    }

    private static String value(String text) {
        return switch (Expression.read(text)) {
            case Expression.Reading.Read(Expression expression) ->
                expression.value().orElseThrow().toString();
            case Expression.Reading.Unreadable(String because) -> because;
        };
    }
}
