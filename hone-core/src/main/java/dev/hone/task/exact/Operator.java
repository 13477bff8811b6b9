package dev.hone.task.exact;

import java.util.Optional;

/// The four operations.
public enum Operator {
    PLUS('+'),
    MINUS('-'),
    TIMES('*'),
    DIVIDE('/');

    private final char sign;

    Operator(char sign) {
        this.sign = sign;
    }

    public char sign() {
        return sign;
    }

    /// Whether the operands may change places.
    public boolean isCommutative() {
        return this == PLUS || this == TIMES;
    }

    /// Higher binds tighter.
    int binding() {
        return this == TIMES || this == DIVIDE ? 2 : 1;
    }

    /// @return empty for a division by zero
    /// @throws ArithmeticException beyond 64 bits
    public Optional<Fraction> apply(Fraction left, Fraction right) {
        return switch (this) {
            case PLUS -> Optional.of(left.plus(right));
            case MINUS -> Optional.of(left.minus(right));
            case TIMES -> Optional.of(left.times(right));
            case DIVIDE -> right.over() == 0 ? Optional.empty() : Optional.of(left.dividedBy(right));
        };
    }

    /// @return empty for any other sign
    public static Optional<Operator> of(char sign) {
        return switch (sign) {
            case '+' -> Optional.of(PLUS);
            case '-' -> Optional.of(MINUS);
            case '*' -> Optional.of(TIMES);
            case '/' -> Optional.of(DIVIDE);
            default -> Optional.empty();
        };
    }
}
