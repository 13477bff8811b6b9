package dev.hone.torch.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What stands in `{{ }}` or `{% %}`, rewritten where Jinjava reads it differently:
///
/// - `not a is b` becomes `not (a is b)`: in Jinjava, `not` takes only the `a`;
/// - `f(a=b - 1)` becomes `f(a=(b - 1))`: there the argument takes only the `b`;
/// - `x[::-1]`, which Jinjava cannot parse, becomes `x.reversed()` (see [TemplateMethods]);
/// - `{'a': {}}` becomes `{'a': {} }`: there, `}}` ends the expression wherever it is.
///
/// The names of filters are collected, because Jinjava takes an unknown one for nothing.
final class TemplateExpression {
    private static final Pattern TOKEN =
            Pattern.compile("[A-Za-z_]\\w*|'(?:\\\\.|[^'\\\\])*+'|\"(?:\\\\.|[^\"\\\\])*+\"|\\s+|.", Pattern.DOTALL);
    /// In one expression or statement; Jinjava's time grows with the cube of the depth.
    private static final int MOST_TOKENS = 1_000;

    private static final int DEEPEST = 40;
    private static final Set<String> ENDS_OF_NOT = Set.of("and", "or", "if", "else", ",", ":");
    private static final Set<String> ENDS_OF_ARGUMENT = Set.of(",");
    private static final Set<String> COMPARING = Set.of("=", "!", "<", ">");
    private static final Set<String> OPENING = Set.of("(", "[", "{");
    private static final Set<String> CLOSING = Set.of(")", "]", "}");

    private final List<String> tokens;
    private final Set<String> filters = new TreeSet<>();

    /// @throws IllegalArgumentException if it is too long or too deep, or has a slice with another step than -1
    TemplateExpression(String code) {
        tokens = tokens(code);
        collectFilters();
        wrapNots();
        wrapArguments();
        refuseDeep();
        reverse();
        separateBraces();
    }

    String rewritten() {
        return String.join("", tokens);
    }

    /// Names of the filters that it calls.
    Set<String> filters() {
        return filters;
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

    private void refuseDeep() {
        int depth = 0;
        for (String token : tokens) {
            depth += OPENING.contains(token) ? 1 : CLOSING.contains(token) ? -1 : 0;
            if (depth > DEEPEST) {
                throw new IllegalArgumentException("an expression has brackets more than " + DEEPEST + " deep");
            }
        }
    }

    private void collectFilters() {
        for (int i = 0; i < tokens.size(); i++) {
            int next = beside(i, 1);
            if (tokens.get(i).equals("|") && next < tokens.size()) {
                filters.add(tokens.get(next));
            }
        }
    }

    /// The place of the token before or after, white space left out.
    private int beside(int at, int step) {
        int place = at + step;
        while (place >= 0 && place < tokens.size() && tokens.get(place).isBlank()) {
            place += step;
        }
        return place;
    }

    private boolean is(int at, String token) {
        return at >= 0 && at < tokens.size() && tokens.get(at).equals(token);
    }

    /// Puts brackets around what each `not` is about, from the last to the first.
    private void wrapNots() {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            boolean alone = tokens.get(i).equals("not")
                    && !is(beside(i, -1), "is")
                    && !is(beside(i, 1), "in")
                    && !is(i - 1, ".");
            if (alone) {
                tokens.add(end(i + 1, ENDS_OF_NOT), ")");
                tokens.add(i + 1, "(");
                tokens.add(i + 1, " ");
            }
        }
    }

    /// Puts brackets around the values of named arguments.
    private void wrapArguments() {
        if (is(beside(-1, 1), "macro")) {
            return; // its defaults are no arguments
        }
        for (int i = tokens.size() - 1; i >= 0; i--) {
            boolean assigned =
                    tokens.get(i).equals("=") && i > 0 && !COMPARING.contains(tokens.get(i - 1)) && !is(i + 1, "=");
            if (assigned && depth(i) > 0) {
                tokens.add(end(i + 1, ENDS_OF_ARGUMENT), ")");
                tokens.add(i + 1, "(");
            }
        }
    }

    /// How many brackets are open at a place.
    private int depth(int at) {
        int depth = 0;
        for (String token : tokens.subList(0, at)) {
            depth += OPENING.contains(token) ? 1 : CLOSING.contains(token) ? -1 : 0;
        }
        return depth;
    }

    /// Where an operand ends: at one of `ends` or at the bracket that closes around it.
    private int end(int from, Set<String> ends) {
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

    private void separateBraces() {
        for (int i = tokens.size() - 1; i > 0; i--) {
            if (tokens.get(i).equals("}") && tokens.get(i - 1).equals("}")) {
                tokens.add(i, " ");
            }
        }
    }

    /// `[::-1]` becomes `.reversed()`; any other step is refused.
    private void reverse() {
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
