package dev.hone.app.hub;

import java.util.Arrays;
import java.util.regex.Pattern;

/// Names that come from elsewhere.
final class Names {
    /// Control, format and unassigned characters, lone surrogates, and what separates folders elsewhere.
    private static final Pattern HARMFUL = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}\\\\]");
    private static final int LONGEST = 255;

    private Names() {}

    /// Whether a path stays below the folder that it is resolved against and can be shown.
    static boolean isHarmless(String path) {
        return !HARMFUL.matcher(path).find()
                && Arrays.stream(path.split("/", -1))
                        .allMatch(part ->
                                !part.isEmpty() && part.length() <= LONGEST && !part.equals(".") && !part.equals(".."));
    }

    /// The text with nothing in it that a terminal would obey, cut to what a message can hold.
    static String shown(String text) {
        String plain = HARMFUL.matcher(text).replaceAll("?");
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }
}
