package dev.hone.task.exact;

import java.util.ArrayList;
import java.util.List;

/// A text that expressions share exactly when they differ only in the order and grouping of terms and factors:
/// `(3+4)*5-2`, `5*(4+3)-2` and `(4+3)*5-2`; `1-(2-3)` and `3+1-2`.
final class CanonicalForm {
    private final List<String> added = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    private CanonicalForm() {}

    static String of(Expression expression) {
        CanonicalForm form = new CanonicalForm();
        if (isProduct(expression)) {
            form.factors(expression, false);
            return form.joined('*', '/');
        }
        if (expression instanceof Expression.Literal(String digits)) {
            return digits;
        }
        form.terms(expression, false);
        return form.joined('+', '-');
    }

    private void terms(Expression expression, boolean negative) {
        switch (expression) {
            case Expression.Negated(Expression inner) -> terms(inner, !negative);
            case Expression.Binary(Expression left, Operator operator, Expression right)
            when !isProduct(expression) -> {
                terms(left, negative);
                terms(right, negative ^ (operator == Operator.MINUS));
            }
            default -> (negative ? removed : added).add(of(expression));
        }
    }

    private void factors(Expression expression, boolean divides) {
        if (expression instanceof Expression.Binary(Expression left, Operator operator, Expression right)
                && isProduct(expression)) {
            factors(left, divides);
            factors(right, divides ^ (operator == Operator.DIVIDE));
        } else {
            (divides ? removed : added).add(of(expression));
        }
    }

    private static boolean isProduct(Expression expression) {
        return expression instanceof Expression.Binary(Expression _, Operator operator, Expression _)
                && (operator == Operator.TIMES || operator == Operator.DIVIDE);
    }

    private String joined(char plus, char minus) {
        StringBuilder text = new StringBuilder("(");
        added.stream().sorted().forEach(each -> text.append(plus).append(each));
        removed.stream().sorted().forEach(each -> text.append(minus).append(each));
        return text.append(')').toString();
    }
}
