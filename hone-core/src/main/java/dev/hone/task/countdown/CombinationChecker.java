package dev.hone.task.countdown;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Fraction;
import java.util.List;

/// Right is any expression of the problem's numbers, each used exactly once, that has a value; the target
/// is not looked at.
record CombinationChecker() implements Checker {

    @Override
    public Verdict check(Problem problem, String text) {
        return switch (Expression.read(text)) {
            case Expression.Reading.Unreadable(String because) -> new Verdict.Unjudged(because);
            case Expression.Reading.Read(Expression expression) -> {
                List<String> given = Countdown.numbers(problem).stream()
                        .map(Fraction::toString)
                        .sorted()
                        .toList();
                if (!expression.numbers().stream().sorted().toList().equals(given)) {
                    yield Verdict.wrong("uses other numbers than those given, each once");
                }
                yield valued(expression);
            }
        };
    }

    private static Verdict valued(Expression expression) {
        try {
            return expression
                    .value()
                    .map(value -> Verdict.right("is " + value))
                    .orElseGet(() -> Verdict.wrong("divides by zero"));
        } catch (ArithmeticException beyond) {
            return new Verdict.Unjudged("a value goes beyond 64 bits");
        }
    }
}
