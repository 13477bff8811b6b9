package dev.hone.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The source of a Jinja2 template, made ready for Jinjava where the two read it differently:
///
/// - one newline at the end goes, and line ends become `\n`, as Jinja2 does;
/// - white space around statements goes as with `trim_blocks` and `lstrip_blocks`, which Jinjava takes too far;
/// - `not a is b` becomes `not (a is b)`: in Jinjava, `not` takes only the `a`;
/// - `f(a=b - 1)` becomes `f(a=(b - 1))`: there the argument takes only the `b`;
/// - `x[::-1]`, which Jinjava cannot parse, becomes `x.reversed()` (see [TemplateMethods]);
/// - `{'a': {}}` becomes `{'a': {} }`: there, `}}` ends the expression wherever it is;
/// - the names of filters are collected, because Jinjava takes an unknown one for nothing.
final class TemplateCode {
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*[-+]?%}");
    private static final Pattern END_OF_RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%}");
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z_]\\w*|'(?:\\\\.|[^'\\\\])*+'|\"(?:\\\\.|[^\"\\\\])*+\"|\\s+|.", Pattern.DOTALL);
    /// In one expression or statement; Jinjava's time grows with the cube of the depth.
    private static final int MOST_TOKENS = 4_000;
    private static final int DEEPEST = 40;

    private static final Set<String> ENDS_OF_NOT = Set.of("and", "or", "if", "else", ",", ":");
    private static final Set<String> ENDS_OF_ARGUMENT = Set.of(",");
    private static final Set<String> COMPARING = Set.of("=", "!", "<", ">");
    private static final Set<String> OPENING = Set.of("(", "[", "{");
    private static final Set<String> CLOSING = Set.of(")", "]", "}");

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
        List<String> tokens = tokens(text.substring(from, to));
        collectFilters(tokens);
        wrapNots(tokens);
        wrapArguments(tokens);
        refuseDeep(tokens);
        reverse(tokens);
        separateBraces(tokens);
        tokens.forEach(prepared::append);
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

    private static List<String> tokens(String code) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(code);
        while (token.find()) {
            tokens.add(token.group());
            if (tokens.size() > MOST_TOKENS) {
                throw new IllegalArgumentException("an expression has more than " + MOST_TOKENS + " parts");
            }
        }
        return tokens;
    }

    private static void refuseDeep(List<String> tokens) {
        int depth = 0;
        for (String token : tokens) {
            depth += OPENING.contains(token) ? 1 : CLOSING.contains(token) ? -1 : 0;
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("an expression has brackets more than " + DEEPEST + " deep");
            }
        }
    }

    private void collectFilters(List<String> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            int next = beside(tokens, i, 1);
            if (tokens.get(i).equals("|") && next < tokens.size()) {
                filters.add(tokens.get(next));
            }
        }
    }

    /// The place of the token before or after, white space left out.
    private static int beside(List<String> tokens, int at, int step) {
        int place = at + step;
        while (place >= 0 && place < tokens.size() && tokens.get(place).isBlank()) {
            place += step;
        }
        return place;
    }

    private static boolean is(List<String> tokens, int at, String token) {
        return at >= 0 && at < tokens.size() && tokens.get(at).equals(token);
    }

    /// Puts brackets around what each `not` is about, from the last to the first.
    private static void wrapNots(List<String> tokens) {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            boolean alone = tokens.get(i).equals("not")
                    && !is(tokens, beside(tokens, i, -1), "is")
                    && !is(tokens, beside(tokens, i, 1), "in")
                    && !is(tokens, i - 1, ".");
            if (alone) {
                tokens.add(end(tokens, i + 1, ENDS_OF_NOT), ")");
                tokens.add(i + 1, "(");
                tokens.add(i + 1, " ");
            }
        }
    }

    /// Puts brackets around the values of named arguments.
    private static void wrapArguments(List<String> tokens) {
        if (is(tokens, beside(tokens, -1, 1), "macro")) {
            return; // its defaults are no arguments
        }
        for (int i = tokens.size() - 1; i >= 0; i--) {
            boolean assigned = tokens.get(i).equals("=")
                    && i > 0
                    && !COMPARING.contains(tokens.get(i - 1))
                    && !is(tokens, i + 1, "=");
            if (assigned && depth(tokens, i) > 0) {
                tokens.add(end(tokens, i + 1, ENDS_OF_ARGUMENT), ")");
                tokens.add(i + 1, "(");
            }
        }
    }

    /// How many brackets are open at a place.
    private static int depth(List<String> tokens, int at) {
        int depth = 0;
        for (String token : tokens.subList(0, at)) {
            depth += OPENING.contains(token) ? 1 : CLOSING.contains(token) ? -1 : 0;
        }
        return depth;
    }

    /// Where an operand ends: at one of `ends` or at the bracket that closes around it.
    private static int end(List<String> tokens, int from, Set<String> ends) {
        int depth = 0;
        for (int i = from; i < tokens.size(); i++) {
            String token = tokens.get(i);
            if (depth == 0 && (ends.contains(token) || CLOSING.contains(token))) {
                return i;
            }
            if (OPENING.contains(token)) {
                depth++;
            } else if (CLOSING.contains(token)) {
                depth--;
            }
        }
        return tokens.size();
    }

    private static void separateBraces(List<String> tokens) {
        for (int i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i).equals("}") && tokens.get(i - 1).equals("}")) {
                tokens.add(i, " ");
            }
        }
    }

    /// `[::-1]` becomes `.reversed()`; any other step is refused.
    private static void reverse(List<String> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            if (!tokens.get(i).equals("[")) {
                continue;
            }
            int end = i;
            int colons = 0;
            for (int depth = 0; end < tokens.size(); end++) {
                String token = tokens.get(end);
                depth += OPENING.contains(token) ? 1 : CLOSING.contains(token) ? -1 : 0;
                colons += depth == 1 && token.equals(":") ? 1 : 0;
                if (depth == 0) {
                    break;
                }
            }
            if (colons < 2) {
                continue;
            }
            List<String> slice = tokens.subList(i, Math.min(tokens.size(), end + 1));
            String step = String.join("", slice).replaceAll("\\s", "");
            if (!step.equals("[::-1]")) {
                throw new IllegalArgumentException("the slice " + step + " has a step; only [::-1] is supported");
            }
            slice.clear();
            tokens.add(i, ".reversed()");
        }
    }
}
