package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.countdown.Countdown;
import dev.hone.task.countdown.Countdown.Range;
import dev.hone.task.countdown.Division;
import dev.hone.task.countdown.ThoughtCountdown;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ThoughtCountdownTest implements TaskContract, CheckerContract {

    @Override
    public Task task() {
        return ThoughtCountdown.standard();
    }

    @Override
    public Checker checker() {
        return Checker.named(
                ThoughtCountdown.CHECKER, ThoughtCountdown.standard().checkers());
    }

    @Override
    public Problem problem() {
        return new Problem(
                "p",
                List.of(Message.user("7,3,12>29:")),
                new Reference.Checked(ThoughtCountdown.CHECKER),
                Split.TRAIN,
                new TreeMap<>(Map.of("numbers", "7,3,12", "target", "29")));
    }

    @Override
    public List<String> right() {
        return List.of(
                ":12*3-7",
                "12*3=36;36-7=29:12*3-7",
                "no sense at all: 3 * 12 - 7 ",
                "an earlier section:1+1:12*3-7",
                "7:\nthe last line:12*3-7",
                "12*3=36;36-7=29:12*3-7\n");
    }

    @Override
    public List<String> wrong() {
        return List.of(
                ":12*3+7",
                ":12*3",
                ":",
                "12*3-7:",
                ":12*3=36;36-7=29",
                ":twelve",
                ":12*3-7:1",
                ":29",
                ":12/0",
                ":12*3-7!");
    }

    @Override
    public List<String> unreadable() {
        return List.of("", "12*3-7", "12*3=36;36-7=29", "12*3-7:12*3-7\nno section");
    }

    @Test
    void the_standard_settings_are_these() {
        assertThat(ThoughtCountdown.standard().puzzles())
                .isEqualTo(new Countdown(3, 3, new Range(1, 19), new Range(10, 30), Division.EXACT));
        assertThat(ThoughtCountdown.standard().id()).isEqualTo("countdown-thought@1(of 1-19, targets 10-30)");
    }

    @Test
    void an_expression_that_skips_a_number_is_an_answer_and_a_wrong_one() {
        assertThat(checker().check(problem(), "12*3-7=29:36-7"))
                .isEqualTo(Verdict.wrong("uses other numbers than those given, each once"));
    }

    @Test
    void a_division_that_does_not_come_out_is_wrong_however_near_it_comes() {
        Problem thirds = new Problem(
                "t",
                List.of(Message.user("10,3,3>10:")),
                new Reference.Checked(ThoughtCountdown.CHECKER),
                Split.TRAIN,
                new TreeMap<>(Map.of("numbers", "10,3,3", "target", "10")));
        assertThat(checker().check(thirds, ":10/3*3")).isEqualTo(Verdict.wrong("a division does not come out"));
        assertThat(checker().check(thirds, ":10*(3/3)")).isEqualTo(Verdict.right("reaches 10"));
    }

    @Test
    void worked_answers_think_the_steps_that_they_answer() {
        ThoughtCountdown task = ThoughtCountdown.standard();
        for (Problem problem : task.problems(Split.TRAIN, 50, new Seed(1))) {
            List<String> steps = task.puzzles().workedAnswers(problem, 2, new Seed(2));
            List<String> answers = task.workedAnswers(problem, 2, new Seed(2));
            assertThat(answers).hasSameSizeAs(steps);
            for (int i = 0; i < steps.size(); i++) {
                assertThat(answers.get(i)).startsWith(steps.get(i) + ":");
            }
        }
    }

    @Test
    void puzzles_with_fractions_are_refused() {
        Countdown rational = new Countdown(3, 3, new Range(1, 9), new Range(1, 9), Division.RATIONAL);
        assertThatThrownBy(() -> new ThoughtCountdown(rational)).hasMessageContaining("must divide exactly");
    }
}
