package dev.hone.task.arithmetic;

import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Draws expressions, and carries them out in every order.
record ExpressionDraw(int largestNumber, int largestValue) {
    private static final List<Operator> OPERATORS = List.of(Operator.PLUS, Operator.MINUS, Operator.TIMES);

    /// Every part of what comes out has a value within `[0, largestValue]`.
    Expression draw(int operations, SplittableRandom random) {
        while (true) {
            Expression drawn = any(operations, random);
            if (isWithin(drawn)) {
                return drawn;
            }
        }
    }

    private Expression any(int operations, SplittableRandom random) {
        if (operations == 0) {
            return literal(random.nextInt(1, largestNumber + 1));
        }
        int left = random.nextInt(operations);
        Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        return new Expression.Binary(any(left, random), operator, any(operations - 1 - left, random));
    }

    private boolean isWithin(Expression expression) {
        if (expression instanceof Expression.Binary(Expression left, Operator _, Expression right)
                && !(isWithin(left) && isWithin(right))) {
            return false;
        }
        long value = whole(expression);
        return value >= 0 && value <= largestValue;
    }

    /// Every way to carry it out, one operation a step: `7*5-2;35-2;33`.
    static List<String> traces(Expression expression) {
        List<String> traces = new ArrayList<>();
        for (Expression next : reductions(expression)) {
            if (next instanceof Expression.Binary) {
                traces(next).forEach(rest -> traces.add(next.text() + ";" + rest));
            } else {
                traces.add(next.text());
            }
        }
        return traces;
    }

    /// The expression with one operation carried out.
    private static List<Expression> reductions(Expression expression) {
        if (!(expression instanceof Expression.Binary(Expression left, Operator operator, Expression right))) {
            return List.of();
        }
        if (!(left instanceof Expression.Binary) && !(right instanceof Expression.Binary)) {
            return List.of(literal(whole(expression)));
        }
        List<Expression> reductions = new ArrayList<>();
        reductions(left).forEach(each -> reductions.add(new Expression.Binary(each, operator, right)));
        reductions(right).forEach(each -> reductions.add(new Expression.Binary(left, operator, each)));
        return reductions;
    }

    private static long whole(Expression expression) {
        return expression.value().map(Fraction::over).orElseThrow();
    }

    private static Expression literal(long value) {
        return new Expression.Literal(Long.toString(value));
    }
}
