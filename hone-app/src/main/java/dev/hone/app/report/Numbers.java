package dev.hone.app.report;

import dev.hone.data.Figure;
import java.util.Locale;
import java.util.Set;

/// How numbers read, the same everywhere and in every country.
public final class Numbers {
    /// Figures that are no shares: a count, and nats.
    private static final Set<String> ABSOLUTE = Set.of("distinct right", "entropy");

    private Numbers() {}

    /// Whether a figure of an exam is told in percent.
    static boolean isShare(String figure) {
        return !ABSOLUTE.contains(figure);
    }

    /// `1,234,567`.
    public static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /// `31.2%` of 0.312.
    public static String percent(double share) {
        return fixed(100 * share, 1) + "%";
    }

    /// With so many digits after the point.
    public static String fixed(double value, int digits) {
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    /// `0.042`, `3.1e-07`: with enough digits to see that it is not 0.
    public static String small(double value) {
        boolean isPlain = Math.abs(value) >= 0.0005 || value == 0 || Double.isNaN(value);
        return isPlain ? fixed(value, 3) : String.format(Locale.ROOT, "%.1e", value);
    }

    /// `1.8 GB`, of so many bytes.
    public static String gigabytes(long bytes) {
        return fixed(bytes / 1e9, 1) + " GB";
    }

    /// `42.3 s`, `3 min 05 s`, `2 h 05 min`.
    public static String duration(double seconds) {
        if (seconds < 59.95) {
            return fixed(seconds, seconds < 9.95 ? 1 : 0) + " s";
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    /// `1.23M`, `45.6k`, `789`.
    public static String brief(long value) {
        if (value >= 1_000_000) {
            return fixed(value / 1e6, 2) + "M";
        }
        return value >= 10_000 ? fixed(value / 1e3, value >= 100_000 ? 0 : 1) + "k" : whole(value);
    }

    /// `31.2 [28.4, 34.1]`, times 100 for a share; with a sign on the value of a difference.
    static String interval(Figure figure, boolean share, boolean signed) {
        if (figure.n() == 0) {
            return "not known";
        }
        double scale = share ? 100 : 1;
        int digits = share ? 1 : 2;
        String value = number(scale * figure.value(), digits, signed);
        return value + " [" + fixed(scale * figure.low(), digits) + ", " + fixed(scale * figure.high(), digits) + "]";
    }

    private static String number(double value, int digits, boolean signed) {
        String text = fixed(value, digits);
        return signed && !text.startsWith("-") ? "+" + text : text;
    }
}
