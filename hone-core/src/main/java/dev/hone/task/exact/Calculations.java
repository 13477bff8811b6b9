package dev.hone.task.exact;

import dev.hone.task.exact.Expression.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The calculations of a solution, from a text in words or in steps.
///
/// Each is in [canonical form][Expression#canonical], so that `3 + 4 = 7` and `4+3=7` are the same; numbers stay
/// as written, so that `7` and `7.0` are not.
///
/// | Text | Calculations |
/// |---|---|
/// | `12*3=36;36-7=29` | both equations |
/// | `She pays 3 x $4 = $12, so 20 - 12 = 8 are left.` | both equations |
/// | `2+3=5+1=6` | `2+3=5+1` and `5+1=6` |
/// | `7*5-2;35-2;33` | without any `=`: each step in which something is left to do, so `7*5-2` and `35-2` |
///
/// What is no expression with an operation on the left of a `=`, or none on its right, is left out.
public final class Calculations {
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
    private static final Pattern BARE_POINT = Pattern.compile("(?<![\\d.])\\.(?=\\d)");
    private static final Pattern TIMES = Pattern.compile("[×·]|(?<=[\\d)] )[xX](?= [\\d(-])");
    /// Between two numbers that have only a blank between them.
    private static final Pattern GAP = Pattern.compile("(?<=[\\d.)]) +(?=[\\d(])");
    private static final Pattern BULLET = Pattern.compile("^[ .+*/)]*+(?:- ++)?");
    private static final Pattern LOOSE_END = Pattern.compile("[- .+*/(]+$");

    private Calculations() {}

    /// @return in the order of the text, repeated where the text repeats them
    public static List<String> in(String text) {
        String plain = plain(text);
        if (plain.indexOf('=') < 0) {
            return Arrays.stream(plain.split("[;\n]", -1))
                    .flatMap(step -> calculation(step.strip()).stream())
                    .map(Expression::canonical)
                    .toList();
        }
        return equations(plain).stream().map(Equation::canonical).toList();
    }

    /// Whether every equation of a text is true: both sides of it have values, which differ by no more than a
    /// tolerance. Where there is no equation, none is false.
    ///
    /// @param tolerance absolute, at least 0
    /// @return false also where a side divides by zero or goes beyond 64 bits
    public static boolean areTrue(String text, double tolerance) {
        return equations(plain(text)).stream().allMatch(each -> each.isTrue(tolerance));
    }

    private record Equation(Expression left, Expression right) {
        String canonical() {
            return left.canonical() + "=" + right.canonical();
        }

        boolean isTrue(double tolerance) {
            try {
                Optional<Fraction> difference =
                        left.value().flatMap(a -> right.value().map(a::minus));
                return difference
                        .filter(gap -> Math.abs((double) gap.over() / gap.under()) <= tolerance)
                        .isPresent();
            } catch (ArithmeticException beyond) {
                return false;
            }
        }
    }

    private static List<Equation> equations(String plain) {
        List<Equation> found = new ArrayList<>();
        String[] sides = plain.split("=", -1);
        for (int i = 0; i + 1 < sides.length; i++) {
            String right = sides[i + 1];
            left(sides[i])
                    .flatMap(calculated -> right(right).map(result -> new Equation(calculated, result)))
                    .ifPresent(found::add);
        }
        return found;
    }

    /// With the signs and decimals that [Expression] reads, without thousands separators and dollars.
    private static String plain(String text) {
        String digits = THOUSANDS
                .matcher(text.replace("$", "").replace('−', '-').replace('÷', '/'))
                .replaceAll("");
        return TIMES.matcher(BARE_POINT.matcher(digits).replaceAll("0.")).replaceAll("*");
    }

    /// The calculation with which a text ends.
    private static Optional<Expression> left(String text) {
        int from = text.length();
        while (from > 0 && text.length() - from <= Expression.MAX_LENGTH && isPart(text.charAt(from - 1))) {
            from--;
        }
        String[] parts = GAP.split(text.substring(from), -1);
        String last = BULLET.matcher(parts[parts.length - 1]).replaceFirst("");
        return calculation(last).or(() -> last.startsWith("(") ? calculation(last.substring(1)) : Optional.empty());
    }

    /// The expression with which a text begins.
    private static Optional<Expression> right(String text) {
        int to = 0;
        while (to < text.length() && to <= Expression.MAX_LENGTH && isPart(text.charAt(to))) {
            to++;
        }
        String first = LOOSE_END
                .matcher(GAP.split(text.substring(0, to).stripLeading(), -1)[0])
                .replaceFirst("");
        return read(first)
                .or(() -> first.endsWith(")") ? read(first.substring(0, first.length() - 1)) : Optional.empty());
    }

    private static boolean isPart(char character) {
        return (character >= '0' && character <= '9') || "-+*/(). ".indexOf(character) >= 0;
    }

    private static Optional<Expression> calculation(String text) {
        return read(text).filter(expression -> expression instanceof Expression.Binary);
    }

    private static Optional<Expression> read(String text) {
        return switch (Expression.read(text)) {
            case Reading.Read(Expression expression) -> Optional.of(expression);
            case Reading.Unreadable(String _) -> Optional.empty();
        };
    }
}
