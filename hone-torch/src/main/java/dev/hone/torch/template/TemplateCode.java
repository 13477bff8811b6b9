package dev.hone.torch.template;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The source of a Jinja2 template, made ready for Jinjava where the two read it differently:
///
/// - one newline at the end goes, and line ends become `\n`, as Jinja2 does;
/// - white space around statements goes as with `trim_blocks` and `lstrip_blocks`, which Jinjava takes too far;
/// - expressions and statements are rewritten; see [TemplateExpression].
final class TemplateCode {
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*[-+]?%}");
    private static final Pattern END_OF_RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%}");

    private final StringBuilder prepared = new StringBuilder();
    private final Set<String> filters = new TreeSet<>();

    private TemplateCode() {}

    /// @throws IllegalArgumentException if it uses a slice with another step than -1, or is too long or too deep
    static TemplateCode of(String source) {
        var code = new TemplateCode();
        String text = source.replace("\r\n", "\n").replace('\r', '\n');
        code.read(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
        return code;
    }

    /// What Jinjava shall read.
    String prepared() {
        return prepared.toString();
    }

    /// Names of the filters that the template calls.
    Set<String> filters() {
        return filters;
    }

    private void read(String text) {
        int at = 0;
        while (at < text.length()) {
            int open = next(text, at);
            if (open == text.length()) {
                prepared.append(text, at, open);
                return;
            }
            prepared.append(text, at, isBlock(text, open) ? beforeBlock(text, at, open) : open);
            at = switch (text.charAt(open + 1)) {
                case '#' -> comment(text, open);
                case '%' ->
                    RAW.matcher(text).region(open, text.length()).lookingAt() ? raw(text, open) : code(text, open);
                default -> code(text, open);
            };
        }
    }

    /// Where the next `{{`, `{%` or `{#` is.
    private static int next(String text, int from) {
        for (int at = text.indexOf('{', from); at >= 0 && at + 1 < text.length(); at = text.indexOf('{', at + 1)) {
            if ("{%#".indexOf(text.charAt(at + 1)) >= 0) {
                return at;
            }
        }
        return text.length();
    }

    private static boolean isBlock(String text, int open) {
        return text.charAt(open + 1) != '{';
    }

    /// `lstrip_blocks`: what is before a statement or a comment in its line goes, if it is only spaces.
    private static int beforeBlock(String text, int from, int open) {
        if (open + 2 < text.length() && text.charAt(open + 2) == '+') {
            return open;
        }
        int at = open;
        while (at > from && (text.charAt(at - 1) == ' ' || text.charAt(at - 1) == '\t')) {
            at--;
        }
        boolean startsLine = at == 0 || text.charAt(at - 1) == '\n';
        return startsLine ? at : open;
    }

    /// `trim_blocks`: the line end right after a statement or a comment goes.
    private static int afterBlock(String text, int end) {
        boolean kept = end < 3 || text.charAt(end - 3) == '+';
        return !kept && end < text.length() && text.charAt(end) == '\n' ? end + 1 : end;
    }

    private int comment(String text, int open) {
        int close = text.indexOf("#}", open + 2);
        int end = close < 0 ? text.length() : close + 2;
        prepared.append(text, open, end);
        return afterBlock(text, end);
    }

    /// What stands between `raw` and `endraw` stays as it is.
    private int raw(String text, int open) {
        Matcher last = END_OF_RAW.matcher(text);
        int end = last.find(open) ? last.end() : text.length();
        prepared.append(text, open, end);
        return afterBlock(text, end);
    }

    /// Rewrites an expression or a statement.
    ///
    /// @return where it ends
    private int code(String text, int open) {
        String close = text.charAt(open + 1) == '{' ? "}}" : "%}";
        int from = open + 2;
        boolean trimmed = from < text.length() && isTrim(text.charAt(from));
        int end = end(text, trimmed ? from + 1 : from, close);
        int to = end > from + 1 && isTrim(text.charAt(end - 1)) ? end - 1 : end;
        prepared.append(text, open, from).append(trimmed && text.charAt(from) == '-' ? "-" : "");
        from += trimmed ? 1 : 0;
        var expression = new TemplateExpression(text.substring(from, to));
        filters.addAll(expression.filters());
        prepared.append(expression.rewritten());
        int after = Math.min(text.length(), end + 2);
        prepared.append(to < end && text.charAt(to) == '-' ? "-" : "").append(text, end, after);
        return isBlock(text, open) ? afterBlock(text, after) : after;
    }

    private static boolean isTrim(char each) {
        return each == '-' || each == '+';
    }

    /// Where `close` is, outside of strings and of the braces of dictionaries.
    private static int end(String text, int from, String close) {
        int braces = 0;
        for (int at = from; at < text.length(); at++) {
            char each = text.charAt(at);
            if (each == '\'' || each == '"') {
                at = endOfString(text, at) - 1;
            } else if (braces <= 0 && text.startsWith(close, at)) {
                return at;
            } else if (each == '{') {
                braces++;
            } else if (each == '}') {
                braces--;
            }
        }
        return text.length();
    }

    static int endOfString(String text, int open) {
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != text.charAt(open)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }
}
