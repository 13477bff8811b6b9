package dev.hone.data;

/// How a final answer is compared with the [Reference.Answer].
public sealed interface Match {

    /// Equal after white space at both ends is removed.
    record Exact() implements Match {}

    /// The last number in the text equals the reference within `tolerance`, in exact decimal arithmetic.
    ///
    /// @param tolerance absolute, at least 0
    record Numeric(double tolerance) implements Match {
        public Numeric {
            if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
                throw new IllegalArgumentException(
                        "tolerance must be a finite number of at least 0 but was " + tolerance);
            }
        }
    }

    /// The first group of the last match of `pattern` (the whole match if it has no group) equals the
    /// reference, compared as numbers where both are numbers.
    ///
    /// @param pattern a [java.util.regex.Pattern]
    record Regex(String pattern) implements Match {}
}
