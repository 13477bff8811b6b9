package dev.hone.task.countdown;

import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.Comparator;

/// One step: two available numbers become a new one.
///
/// @param result of `left operator right`
record Operation(Fraction left, Operator operator, Fraction right, Fraction result) {
    static final Comparator<Operation> ORDER = Comparator.comparing(Operation::left)
            .thenComparing(Operation::operator)
            .thenComparing(Operation::right);

    Operation swapped() {
        return new Operation(right, operator, left, result);
    }

    /// Whether changing places gives another text with the same value.
    boolean isSwappable() {
        return operator.isCommutative() && !left.equals(right);
    }

    @Override
    public String toString() {
        return left.toString() + operator.sign() + right + "=" + result;
    }
}
