package dev.hone.task.countdown;

import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// [Countdown] with room to think: a response is a thought, a colon and one expression, such as
/// `12*3=36;36+7=43;36-7=29:12*3-7`. The prompt, which ends in a colon itself, is the same for everybody
/// who asks.
///
/// Worked answers think the steps of one solution. Card four-habits has the task: its thought and answer
/// sections.
///
/// @param puzzles of exact division
public record ThoughtCountdown(Countdown puzzles) implements Task {
    /// Name of the checker.
    public static final String CHECKER = "countdown-thought";

    public ThoughtCountdown {
        if (puzzles.division() != Division.EXACT) {
            throw new IllegalArgumentException("puzzles must divide exactly: a thought has whole numbers only");
        }
    }

    /// `countdown-thought@1`: three numbers below 20, targets of 10 to 30 (card four-habits, small scale).
    public static ThoughtCountdown standard() {
        return new ThoughtCountdown(
                new Countdown(3, 3, new Countdown.Range(1, 19), new Countdown.Range(10, 30), Division.EXACT));
    }

    public ThoughtCountdown withNumbers(int fewest, int most) {
        return new ThoughtCountdown(puzzles.withNumbers(fewest, most));
    }

    @Override
    public String id() {
        return puzzles.id().replace("countdown@", "countdown-thought@");
    }

    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        return checkedBy(CHECKER, puzzles.problems(split, count, seed));
    }

    static List<Problem> checkedBy(String checker, List<Problem> problems) {
        return problems.stream()
                .map(each -> new Problem(
                        each.id(), each.prompt(), new Reference.Checked(checker), each.split(), each.facts()))
                .toList();
    }

    @Override
    public Map<String, Checker> checkers() {
        return Map.of(CHECKER, new AnswerSection(new CountdownChecker(puzzles.division())));
    }

    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        return puzzles.workedAnswers(problem, count, seed).stream()
                .map(steps -> steps + ":" + expression(problem, steps).text())
                .toList();
    }

    /// What the steps of a whole solution amount to.
    private static Expression expression(Problem problem, String steps) {
        List<Expression> available = new ArrayList<>();
        Countdown.numbers(problem).forEach(number -> available.add(new Expression.Literal(number.toString())));
        for (String step : steps.split(";", -1)) {
            String combined = step.substring(0, step.indexOf('='));
            int sign = combined.replaceAll("[-+*/].*", "").length();
            Expression left = taken(available, combined.substring(0, sign));
            Expression right = taken(available, combined.substring(sign + 1));
            available.add(new Expression.Binary(
                    left, Operator.of(combined.charAt(sign)).orElseThrow(), right));
        }
        return available.getFirst();
    }

    private static Expression taken(List<Expression> available, String value) {
        for (Expression each : available) {
            if (each.value().orElseThrow().toString().equals(value)) {
                available.remove(each);
                return each;
            }
        }
        throw new IllegalStateException("a step takes " + value + ", which is not available");
    }
}
