package dev.hone.task.arithmetic;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Expression.Reading;
import dev.hone.task.exact.Fraction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Decides about a calculation, step by step, in exact arithmetic.
///
/// Each step, separated by `;`, is the expression before it with one or more operations carried out and the
/// rest as it was; the last is a number. So `7*5-2;35-2;33` and `33` are right after `(3+4)*5-2`, and
/// `7*5-2;34-1;33` is wrong although its last number is right. Regrouping is no step: `3+4+5` is `(3+4)+5`.
///
/// A text of expressions is right (1) or wrong (0); any other text is unjudged.
///
/// Reads the fact `expression`.
record ArithmeticChecker() implements Checker {

    @Override
    public Verdict check(Problem problem, String text) {
        String answer = text.strip();
        if (answer.length() > Expression.MAX_LENGTH) {
            return new Verdict.Unjudged("longer than " + Expression.MAX_LENGTH + " characters");
        }
        List<Expression> steps = new ArrayList<>();
        for (String step : answer.split(";", -1)) {
            switch (Expression.read(step)) {
                case Reading.Read(Expression expression) -> steps.add(expression);
                case Reading.Unreadable(String because) -> {
                    return new Verdict.Unjudged("\"" + step + "\": " + because);
                }
            }
        }
        try {
            return check(Arithmetic.expression(problem), steps);
        } catch (ArithmeticException beyond) {
            return new Verdict.Unjudged("a value goes beyond 64 bits");
        }
    }

    /// The last step, if it is a number.
    @Override
    public Optional<String> answer(Problem problem, String text) {
        String last = text.substring(text.lastIndexOf(';') + 1).strip();
        if (last.length() > Expression.MAX_LENGTH) {
            return Optional.empty();
        }
        return switch (Expression.read(last)) {
            case Reading.Read(Expression expression) when isNumber(expression) -> Optional.of(expression.text());
            case Reading.Read _, Reading.Unreadable _ -> Optional.empty();
        };
    }

    private static Verdict check(Expression asked, List<Expression> steps) {
        Expression before = asked;
        for (Expression step : steps) {
            if (!isStep(before, step)) {
                return Verdict.wrong(step.text() + " does not follow from " + before.text());
            }
            before = step;
        }
        return isNumber(before)
                ? Verdict.right("each step is right")
                : Verdict.wrong("stops at " + before.text() + ", which is not a number");
    }

    /// See [Arithmetic#firstWrongStep].
    static OptionalInt firstWrongStep(Problem problem, String answer) {
        if (answer.length() > Expression.MAX_LENGTH) {
            return OptionalInt.empty();
        }
        try {
            Expression before = Arithmetic.expression(problem);
            int begin = 0;
            for (String step : answer.split(";", -1)) {
                if (!(Expression.read(step) instanceof Reading.Read(Expression after)) || !isStep(before, after)) {
                    return OptionalInt.of(begin);
                }
                before = after;
                begin += step.length() + 1;
            }
            return OptionalInt.empty();
        } catch (ArithmeticException beyond) {
            return OptionalInt.empty();
        }
    }

    private static boolean isStep(Expression before, Expression after) {
        return !after.equals(before) && follows(before, after);
    }

    private static boolean follows(Expression before, Expression after) {
        if (after.equals(before)) {
            return true;
        }
        if (isNumber(after)) {
            Optional<Fraction> value = before.value();
            return value.isPresent() && value.get().toString().equals(after.text());
        }
        return switch (before) {
            case Expression.Literal _ -> false;
            case Expression.Negated(Expression inner) ->
                after instanceof Expression.Negated(Expression left) && follows(inner, left);
            case Expression.Binary(var left, var operator, var right) ->
                after instanceof Expression.Binary(var first, var sign, var second)
                        && sign == operator
                        && follows(left, first)
                        && follows(right, second);
        };
    }

    private static boolean isNumber(Expression expression) {
        return expression instanceof Expression.Literal
                || expression instanceof Expression.Negated(Expression.Literal _);
    }
}
