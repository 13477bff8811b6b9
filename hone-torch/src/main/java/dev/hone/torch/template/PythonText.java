package dev.hone.torch.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Methods of Python's `str` that Java's `String` has differently or not at all.
public final class PythonText {
    private PythonText() {}

    /// @param characters to remove from both ends; null for white space
    static String strip(String text, @Nullable String characters) {
        return lstrip(rstrip(text, characters), characters);
    }

    static String lstrip(String text, @Nullable String characters) {
        IntPredicate removed = removed(characters);
        int from = 0;
        while (from < text.length() && removed.test(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }

    static String rstrip(String text, @Nullable String characters) {
        IntPredicate removed = removed(characters);
        int end = text.length();
        while (end > 0 && removed.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static IntPredicate removed(@Nullable String characters) {
        return characters == null ? PythonText::isSpace : each -> characters.indexOf(each) >= 0;
    }

    /// What `str.isspace` says: Java's white space, and the spaces that do not break.
    public static boolean isSpace(int each) {
        return Character.isWhitespace(each) || Character.isSpaceChar(each) || each == 0x85;
    }

    /// @param separator null for runs of white space
    /// @param most how often to split; -1 for everywhere
    static List<String> split(String text, @Nullable String separator, int most) {
        if (separator == null) {
            return words(text, most);
        }
        refuseEmpty(separator);
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(separator);
                at >= 0 && (most < 0 || parts.size() < most);
                at = text.indexOf(separator, from)) {
            add(text.substring(from, at), parts);
            from = at + separator.length();
        }
        add(text.substring(from), parts);
        return parts;
    }

    private static void add(String part, List<String> parts) {
        if (parts.size() == TemplateEngine.LARGEST_COLLECTION) {
            throw new IllegalArgumentException(
                    "a list would be longer than " + TemplateEngine.LARGEST_COLLECTION + " elements");
        }
        parts.add(part);
    }

    private static List<String> words(String text, int most) {
        List<String> words = new ArrayList<>();
        int from = behindSpaces(text, 0);
        while (from < text.length() && (most < 0 || words.size() < most)) {
            int end = from;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            add(text.substring(from, end), words);
            from = behindSpaces(text, end);
        }
        if (from < text.length()) {
            add(text.substring(from), words);
        }
        return words;
    }

    private static int behindSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /// The same from the right.
    static List<String> rsplit(String text, @Nullable String separator, int most) {
        if (most < 0) {
            return split(text, separator, most);
        }
        if (separator == null) {
            return lastWords(text, most);
        }
        refuseEmpty(separator);
        List<String> parts = new ArrayList<>();
        int end = text.length();
        for (int at = text.lastIndexOf(separator);
                at >= 0 && parts.size() < most;
                at = at == 0 ? -1 : text.lastIndexOf(separator, at - separator.length())) {
            add(text.substring(at + separator.length(), end), parts);
            end = at;
        }
        add(text.substring(0, end), parts);
        return parts.reversed();
    }

    private static List<String> lastWords(String text, int most) {
        List<String> words = new ArrayList<>();
        int end = beforeSpaces(text, text.length());
        while (end > 0 && words.size() < most) {
            int from = end;
            while (from > 0 && !isSpace(text.charAt(from - 1))) {
                from--;
            }
            add(text.substring(from, end), words);
            end = beforeSpaces(text, from);
        }
        if (end > 0) {
            add(text.substring(0, end), words);
        }
        return words.reversed();
    }

    private static int beforeSpaces(String text, int end) {
        int at = end;
        while (at > 0 && isSpace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> add(line, lines));
        return lines;
    }

    static List<String> characters(String text) {
        List<String> characters = new ArrayList<>();
        text.codePoints().forEach(each -> add(Character.toString(each), characters));
        return characters;
    }

    static String join(String separator, List<String> parts) {
        long length = (long) separator.length() * Math.max(0, parts.size() - 1);
        for (String part : parts) {
            length += part.length();
        }
        BoundedText.refuseLonger(length);
        return String.join(separator, parts);
    }

    static String replace(String text, String what, String by) {
        BoundedText.refuseLonger(text.length() + count(text, what) * (by.length() - what.length()));
        return text.replace(what, by);
    }

    private static void refuseEmpty(String separator) {
        if (separator.isEmpty()) {
            throw new IllegalArgumentException("cannot split at an empty text");
        }
    }

    static long count(String text, String part) {
        if (part.isEmpty()) {
            return text.length() + 1L;
        }
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String capitalize(String text) {
        return text.isEmpty() ? text : upper(text.substring(0, 1)) + lower(text.substring(1));
    }

    /// Letters after anything that is no letter become capitals.
    static String title(String text) {
        StringBuilder title = new StringBuilder();
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            String each = text.substring(i, i + 1);
            title.append(inWord ? lower(each) : upper(each));
            inWord = Character.isLetter(text.charAt(i));
        }
        return title.toString();
    }
}
