package dev.hone.app.settings;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes of files as people write them.
public final class ByteSize {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18}) ?([KMGT]?B)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "KB", 1_000L, "MB", 1_000_000L, "GB", 1_000_000_000L, "TB", 1_000_000_000_000L);

    private ByteSize() {}

    /// `5GB`, `500 MB`, `1000`: decimal units, as Hugging Face reads them.
    public static long parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (parts.matches()) {
            String unit = Optional.ofNullable(parts.group(2)).orElse("B").toUpperCase(Locale.ROOT);
            try {
                return Math.multiplyExact(
                        Long.parseLong(parts.group(1)),
                        Optional.ofNullable(UNITS.get(unit)).orElseThrow());
            } catch (ArithmeticException _) { // told below
            }
        }
        throw new HoneException(
                Kind.SETTINGS, "\"" + text + "\" is no size; give a whole number and B, KB, MB, GB or TB, such as 5GB");
    }
}
