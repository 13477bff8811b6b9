package dev.hone.task.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An arithmetic expression: numbers, `+ - * /`, a minus in front, parentheses.
public sealed interface Expression {
    /// Longest text that is read.
    int MAX_LENGTH = 1_000;
    /// Deepest nesting of parentheses and minus signs that is read.
    int MAX_DEPTH = 50;
    /// Most characters of a number that has a [#value].
    int MAX_DIGITS = 18;

    /// @param digits as written, so that `7` and `7.0` stay different
    record Literal(String digits) implements Expression {}

    record Negated(Expression inner) implements Expression {}

    record Binary(Expression left, Operator operator, Expression right) implements Expression {}

    /// What came of reading a text.
    sealed interface Reading {

        record Read(Expression expression) implements Reading {}

        record Unreadable(String because) implements Reading {}
    }

    /// Reads a whole text; blanks count for nothing. `*` and `/` bind tighter than `+` and `-`, equals from
    /// the left.
    static Reading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Reading.Unreadable("longer than " + MAX_LENGTH + " characters");
        }
        return new ExpressionReader(text).whole();
    }

    /// The numbers in it, as written, from the left.
    default List<String> numbers() {
        List<String> numbers = new ArrayList<>();
        collect(numbers);
        return numbers;
    }

    /// The value, exactly.
    ///
    /// @return empty where something is divided by zero
    /// @throws ArithmeticException beyond 64 bits, decimals included
    default Optional<Fraction> value() {
        return switch (this) {
            case Literal(String digits) -> Optional.of(literal(digits));
            case Negated(Expression inner) -> inner.value().map(Fraction::negated);
            case Binary(Expression left, Operator operator, Expression right) ->
                left.value().flatMap(first -> right.value().flatMap(second -> operator.apply(first, second)));
        };
    }

    /// With no more parentheses than needed; reading it gives this expression again.
    default String text() {
        return switch (this) {
            case Literal(String digits) -> digits;
            case Negated(Expression inner) -> "-" + inside(inner, inner instanceof Binary);
            case Binary(Expression left, Operator operator, Expression right) ->
                inside(left, left instanceof Binary inner && inner.operator.binding() < operator.binding())
                        + operator.sign()
                        + inside(
                                right, right instanceof Binary inner && inner.operator.binding() <= operator.binding());
        };
    }

    /// A text that expressions share exactly when they differ only in the order and grouping of terms and
    /// factors: `(3+4)*5-2` and `5*(4+3)-2`; `1-(2-3)` and `3+1-2`. Not itself an expression to read.
    default String canonical() {
        return CanonicalForm.of(this);
    }

    private static String inside(Expression inner, boolean parentheses) {
        return parentheses ? "(" + inner.text() + ")" : inner.text();
    }

    private static Fraction literal(String digits) {
        int point = digits.indexOf('.');
        if (digits.length() > MAX_DIGITS) {
            throw new ArithmeticException(digits + " has more than " + MAX_DIGITS + " digits");
        }
        if (point < 0) {
            return Fraction.of(Long.parseLong(digits));
        }
        long scale = 1;
        for (int i = point + 1; i < digits.length(); i++) {
            scale *= 10;
        }
        return new Fraction(Long.parseLong(digits.substring(0, point) + digits.substring(point + 1)), scale);
    }

    private void collect(List<String> numbers) {
        switch (this) {
            case Literal(String digits) -> numbers.add(digits);
            case Negated(Expression inner) -> inner.collect(numbers);
            case Binary(Expression left, Operator _, Expression right) -> {
                left.collect(numbers);
                right.collect(numbers);
            }
        }
    }
}
