package dev.hone.task.exact;

import java.util.ArrayList;
import java.util.List;

/// An arithmetic expression: numbers, `+ - * /`, a minus in front, parentheses.
public sealed interface Expression {
    /// Longest text that is read.
    int MAX_LENGTH = 1_000;
    /// Deepest nesting of parentheses and minus signs that is read.
    int MAX_DEPTH = 50;

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
