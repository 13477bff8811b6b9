package dev.hone.task.exact;

import dev.hone.task.exact.Expression.Reading;
import java.util.Optional;

/// Recursive descent over one text. Reads each character once; depth is bounded.
final class ExpressionReader {
    private final String text;
    private int at;
    private int depth;

    ExpressionReader(String text) {
        this.text = text;
    }

    Reading whole() {
        try {
            Expression expression = sum();
            return at == text.length() ? new Reading.Read(expression) : new Reading.Unreadable(unexpected());
        } catch (Unreadable unreadable) {
            return new Reading.Unreadable(unreadable.because);
        }
    }

    private Expression sum() throws Unreadable {
        Expression left = product();
        while (peek() == '+' || peek() == '-') {
            Operator operator = operator();
            left = new Expression.Binary(left, operator, product());
        }
        return left;
    }

    private Expression product() throws Unreadable {
        Expression left = factor();
        while (peek() == '*' || peek() == '/') {
            Operator operator = operator();
            left = new Expression.Binary(left, operator, factor());
        }
        return left;
    }

    private Expression factor() throws Unreadable {
        char next = peek();
        if (next != '-' && next != '(') {
            return number();
        }
        if (++depth > Expression.MAX_DEPTH) {
            throw new Unreadable("nested deeper than " + Expression.MAX_DEPTH);
        }
        at++;
        Expression inner;
        if (next == '-') {
            inner = new Expression.Negated(factor());
        } else {
            inner = sum();
            if (peek() != ')') {
                throw new Unreadable(unexpected());
            }
            at++;
            peek();
        }
        depth--;
        return inner;
    }

    private Expression number() throws Unreadable {
        int start = at;
        skipDigits();
        if (at == start) {
            throw new Unreadable(unexpected());
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            int fraction = at;
            skipDigits();
            if (at == fraction) {
                throw new Unreadable(unexpected());
            }
        }
        Expression number = new Expression.Literal(text.substring(start, at));
        peek();
        return number;
    }

    private void skipDigits() {
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
    }

    private Operator operator() throws Unreadable {
        Optional<Operator> operator = Operator.of(peek());
        at++;
        return operator.orElseThrow(() -> new Unreadable(unexpected()));
    }

    /// The next character that is not a blank; a new-line at the end, which no expression holds.
    private char peek() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\n';
    }

    private String unexpected() {
        return at < text.length()
                ? "unexpected character '%c' at %d".formatted(text.charAt(at), at + 1)
                : "ends too early";
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final String because;

        Unreadable(String because) {
            super(because, null, false, false);
            this.because = because;
        }
    }
}
