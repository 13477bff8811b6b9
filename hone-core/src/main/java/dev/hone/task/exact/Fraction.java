package dev.hone.task.exact;

/// A rational number in lowest terms. Arithmetic is exact or throws [ArithmeticException] beyond 64 bits.
///
/// @param under at least 1
public record Fraction(long over, long under) implements Comparable<Fraction> {
    public static final Fraction ZERO = new Fraction(0, 1);

    public Fraction {
        if (under == 0) {
            throw new IllegalArgumentException("the denominator of " + over + "/0 must not be 0");
        }
        if (under != 1) {
            long divisor = gcd(over, under);
            divisor = (divisor < 0) == (under < 0) ? divisor : -divisor;
            over /= divisor;
            under /= divisor;
        }
    }

    public static Fraction of(long whole) {
        return new Fraction(whole, 1);
    }

    public boolean isWhole() {
        return under == 1;
    }

    public Fraction plus(Fraction other) {
        if (under == 1 && other.under == 1) {
            return of(Math.addExact(over, other.over));
        }
        return new Fraction(
                Math.addExact(Math.multiplyExact(over, other.under), Math.multiplyExact(other.over, under)),
                Math.multiplyExact(under, other.under));
    }

    public Fraction negated() {
        return new Fraction(Math.negateExact(over), under);
    }

    public Fraction minus(Fraction other) {
        return plus(other.negated());
    }

    public Fraction times(Fraction other) {
        return new Fraction(Math.multiplyExact(over, other.over), Math.multiplyExact(under, other.under));
    }

    /// @param other not zero
    public Fraction dividedBy(Fraction other) {
        return new Fraction(Math.multiplyExact(over, other.under), Math.multiplyExact(under, other.over));
    }

    @Override
    public int compareTo(Fraction other) {
        return under == other.under
                ? Long.compare(over, other.over)
                : Long.compare(Math.multiplyExact(over, other.under), Math.multiplyExact(other.over, under));
    }

    /// A whole number as it is, anything else in parentheses: `(-8/3)`.
    @Override
    public String toString() {
        return isWhole() ? Long.toString(over) : "(" + over + "/" + under + ")";
    }

    private static long gcd(long left, long right) {
        while (right != 0) {
            long rest = left % right;
            left = right;
            right = rest;
        }
        return left;
    }
}
