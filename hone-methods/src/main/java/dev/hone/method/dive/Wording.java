package dev.hone.method.dive;

import dev.hone.measure.diversity.Unit;
import java.util.List;
import java.util.regex.Pattern;

/// What texts share that differ only in white space and in how numbers are written (card dive, "Pitfalls"):
/// `1,200.0 + 3` and `1200+3`.
final class Wording {
    private static final Pattern THOUSANDS = Pattern.compile("(?<=\\d),(?=\\d{3}(?!\\d))");
    private static final Pattern ZEROS = Pattern.compile("(?<=\\d)\\.0{1,40}(?![\\d.])");

    private Wording() {}

    static List<String> of(String text) {
        return Unit.WORDS.of(
                ZEROS.matcher(THOUSANDS.matcher(text).replaceAll("")).replaceAll(""));
    }
}
