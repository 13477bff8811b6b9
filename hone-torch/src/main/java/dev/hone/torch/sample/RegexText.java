package dev.hone.torch.sample;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import org.apache.lucene.util.automaton.RegExp;

/// A regular expression as people write it, in the words of Lucene's parser, which takes `\n` for the letter
/// and `"` for a quote of its own. What the two would understand differently is refused.
final class RegexText {
    private static final int LONGEST = 1000;

    private final String pattern;
    private final StringBuilder written = new StringBuilder();
    private boolean inClass;
    private int opened; // where the class begins

    private RegexText(String pattern) {
        this.pattern = pattern;
    }

    /// @throws dev.hone.run.HoneException if it is not regular, not well-formed or too long
    static RegExp parse(String pattern) {
        if (pattern.length() > LONGEST) {
            throw refused(
                    pattern.substring(0, 60) + "...",
                    "has " + pattern.length() + " characters; allowed are " + LONGEST,
                    "shorten it");
        }
        String translated = new RegexText(pattern).translate();
        try {
            return new RegExp(translated, RegExp.NONE);
        } catch (IllegalArgumentException wrong) {
            throw refused(pattern, "is not well-formed (" + wrong.getMessage() + ")", "correct it");
        }
    }

    static HoneException refused(String pattern, String wrong, String todo) {
        return Fault.settings("the constraint \"" + pattern + "\" " + wrong, todo);
    }

    private String translate() {
        for (int at = 0; at < pattern.length(); at++) {
            char each = pattern.charAt(at);
            if (each == '\\') {
                escape(++at);
            } else if (inClass) {
                inClass(each, at);
            } else {
                at = outside(each, at);
            }
        }
        return written.toString();
    }

    private void escape(int at) {
        if (at == pattern.length()) {
            throw refused(pattern, "ends in a backslash", "write \\\\ for the character");
        }
        char each = pattern.charAt(at);
        switch (each) {
            case 'n' -> written.append('\n');
            case 't' -> written.append('\t');
            case 'r' -> written.append('\r');
            case 'd', 'D', 'w', 'W', 's', 'S' -> written.append('\\').append(each);
            default -> {
                if (Character.isLetterOrDigit(each)) {
                    throw refused(
                            pattern,
                            "has \\" + each + "; known are \\n \\t \\r \\d \\D \\w \\W \\s \\S and escaped signs",
                            "write it in another way");
                }
                written.append('\\').append(each);
            }
        }
    }

    private void inClass(char each, int at) {
        if (each == '[' || pattern.startsWith("&&", at)) {
            throw refused(pattern, "has a class within a class", "write \\[ or \\& for the characters");
        }
        inClass = each != ']';
        boolean isFirst = at == opened + 1 || (at == opened + 2 && pattern.charAt(opened + 1) == '^');
        boolean isHyphen = each == '-' && (isFirst || pattern.startsWith("-]", at)); // not of a range
        written.append(each == '"' || isHyphen ? "\\" : "").append(each);
    }

    /// @return the place of the last character that was read
    private int outside(char each, int at) {
        if (each == '^' || each == '$') {
            throw refused(
                    pattern,
                    "has the anchor " + each + ", and it is always held against the whole text",
                    "leave it out, or write \\" + each + " for the character");
        }
        if ("?*+}".indexOf(each) >= 0 && at + 1 < pattern.length() && "?+".indexOf(pattern.charAt(at + 1)) >= 0) {
            throw refused(
                    pattern,
                    "has the quantifier " + pattern.substring(at, at + 2)
                            + ", which says how to search, and nothing is searched for",
                    "write " + each);
        }
        if (pattern.startsWith("(?", at)) {
            if (!pattern.startsWith("(?:", at)) {
                throw refused(pattern, "has a group that begins with (?", "only (...) and (?:...) are known");
            }
            written.append('(');
            return at + 2;
        }
        if (each == '[') {
            inClass = true;
            opened = at;
        }
        written.append(each == '"' ? "\\" : "").append(each);
        return at;
    }
}
