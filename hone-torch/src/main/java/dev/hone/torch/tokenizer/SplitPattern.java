package dev.hone.torch.tokenizer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A regular expression by which a `tokenizer.json` cuts text, read to say how long matching it can take.
///
/// The native library gives a match ten million steps back and then ends the process, so only such expressions are
/// let through for which the steps of one match grow with the text and not with its square: alternatives in which at
/// most one repetition without end stands before the last part that must be there, and none in brackets. All those of
/// the supported families are such, because pieces of text are words, numbers and runs of white space.
///
/// Where such a match fails, the library begins again one character further on. Over a whole text the steps still grow
/// with its length only if another alternative then takes what was passed over in vain, as `\s+` does after `\s*\n`;
/// [Cost#again] counts those for which none does.
final class SplitPattern {
    private static final int LONGEST = 8192; // a list of all scripts' letters takes 2,000
    private static final int DEEPEST = 8;
    private static final int MOST_REPEATS = 100;
    private static final int MOST_WAYS = 64;

    private static final Pattern CLASS = Pattern.compile("\\[\\^?(?:[^\\[\\]\\\\&]|\\\\.|&(?!&))++]", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[sSdDwWrntfv]|[pP]\\{\\^?\\w+}|[^A-Za-z0-9])");
    private static final Pattern ESCAPES =
            Pattern.compile("\\\\(?:[sSdDwWrntfv]|[pP]\\{\\^?\\w+}|[^A-Za-z0-9])|[^\\\\]");
    private static final Pattern REPEATS = Pattern.compile("\\{(\\d{1,3})(,(\\d{1,3})?)?}");

    private final String pattern;
    private int at;

    private SplitPattern(String pattern) {
        this.pattern = pattern;
    }

    /// What a part of an alternative can do when what follows it does not match.
    ///
    /// @param ways how many other ways it can be matched in
    /// @param needed whether it must be there
    /// @param endless whether it can be as long as the text
    /// @param greedy where what it repeats without end stops in the pattern, if it takes as many as it can; else -1
    private record Part(long ways, boolean needed, boolean endless, int greedy) {}

    /// @param steps back that one match can take for each character of the text, at most
    /// @param again how many of these may be taken anew from each character of the text
    record Cost(int steps, int again) {}

    /// @throws IllegalArgumentException if the steps of one match may grow faster, or something of it is not supported
    static Cost cost(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("it has " + pattern.length() + " characters; allowed are " + LONGEST);
        }
        var reading = new SplitPattern(pattern);
        List<Alternative> all = reading.alternatives(0);
        if (reading.at < pattern.length()) {
            throw reading.unsupported();
        }
        int steps = 0;
        int again = 0;
        for (int i = 0; i < all.size(); i++) {
            steps += all.get(i).steps;
            again += isTaken(all, i) ? 0 : all.get(i).steps;
        }
        return new Cost(steps, again);
    }

    /// Whether an alternative that fails is followed by one that takes at least what its loop passed over. Between them
    /// only such may stand as take all of it or fail too.
    private static boolean isTaken(List<Alternative> all, int failing) {
        String loop = all.get(failing).loop;
        return !loop.isEmpty()
                && all.subList(failing, all.size()).stream()
                        .takeWhile(each -> each.loop.equals(loop))
                        .anyMatch(each -> each.steps == 0);
    }

    /// @param ways in which it can be matched
    /// @param steps for each character of the text
    /// @param loop its pattern up to the end of its first greedy loop, if at most one optional character stands
    ///     before it; else empty
    private record Alternative(long ways, int steps, String loop) {}

    private List<Alternative> alternatives(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("it has brackets more than " + DEEPEST + " deep");
        }
        List<Alternative> all = new ArrayList<>();
        all.add(alternative(depth));
        while (is('|')) {
            at++;
            all.add(alternative(depth));
        }
        return all;
    }

    /// Only what stands before the last part that must be there is ever matched in another way.
    private Alternative alternative(int depth) {
        int from = at;
        boolean near = true; // at most one optional character stands before
        String loop = "";
        long ways = 1;
        int loops = 0;
        long waysBefore = 1;
        int loopsBefore = 0;
        while (at < pattern.length() && !is('|') && !is(')')) {
            int begin = at;
            Part part = part(depth);
            if (near && part.greedy >= 0) {
                loop = pattern.substring(from, part.greedy);
            }
            near = begin == from && !part.needed && part.ways == 2 && pattern.charAt(begin) != '(';
            if (part.needed) {
                waysBefore = ways;
                loopsBefore = loops;
            }
            ways = allowed(ways * part.ways); // neither is above MOST_WAYS * MOST_REPEATS + 1
            loops += part.endless ? 1 : 0;
            if (depth > 0 && part.endless) {
                throw new IllegalArgumentException("at character " + at + ", it repeats without end within brackets");
            }
        }
        if (loopsBefore > 1 || waysBefore > MOST_WAYS) {
            throw new IllegalArgumentException(
                    "it repeats without end twice before something that must follow, which may take for ever");
        }
        return new Alternative(ways, loopsBefore == 1 ? (int) waysBefore : 0, loop);
    }

    private long allowed(long ways) {
        if (ways > MOST_WAYS * MOST_REPEATS) {
            throw new IllegalArgumentException("before character " + at + ", it repeats too much");
        }
        return ways;
    }

    private Part part(int depth) {
        long ways = 1;
        boolean repeatable = true;
        boolean group = is('(');
        if (group) {
            boolean looks = pattern.startsWith("(?=", at) || pattern.startsWith("(?!", at);
            at += looks || pattern.startsWith("(?:", at) ? 3 : pattern.startsWith("(?i:", at) ? 4 : 1;
            if (is('?') || is('*') || is('+')) {
                throw unsupported();
            }
            ways = 0;
            for (Alternative each : alternatives(depth + 1)) {
                ways = allowed(ways + each.ways);
            }
            if (!is(')')) {
                throw unsupported();
            }
            at++;
            repeatable = !looks;
        } else if (is('[')) {
            characterClass();
        } else if (is('\\')) {
            skip(ESCAPE);
        } else if (is('^') || is('$')) {
            at++;
            repeatable = false;
        } else if (is('.') || "*+?{}]".indexOf(pattern.charAt(at)) < 0) {
            at += Character.charCount(pattern.codePointAt(at));
        } else {
            throw unsupported();
        }
        return repeatable ? repeated(ways, group) : new Part(ways, true, false, -1);
    }

    private void characterClass() {
        int from = at;
        skip(CLASS);
        String inside = pattern.substring(from + 1, at - 1);
        Matcher escapes = ESCAPES.matcher(inside);
        for (int i = 0; i < inside.length(); i = escapes.end()) {
            if (!escapes.region(i, inside.length()).lookingAt()) {
                at = from + 1 + i;
                throw unsupported();
            }
        }
    }

    private Part repeated(long ways, boolean group) {
        if (is('?')) {
            skipWithMode();
            return new Part(ways + 1, false, false, -1);
        }
        Matcher repeats = REPEATS.matcher(pattern).region(at, pattern.length());
        if (!is('*') && !is('+') && !is('{')) {
            return new Part(ways, true, false, -1);
        }
        if (group) {
            throw unsupported();
        }
        if (!is('{')) {
            boolean needed = is('+');
            int end = at;
            skipWithMode();
            return new Part(1, needed, true, pattern.charAt(at - 1) == '?' ? -1 : end);
        }
        if (!repeats.lookingAt()) {
            throw unsupported();
        }
        int fewest = Integer.parseInt(repeats.group(1));
        boolean endless = repeats.group(2) != null && repeats.group(3) == null;
        int most = endless || repeats.group(2) == null ? fewest : Integer.parseInt(repeats.group(3));
        if (most > MOST_REPEATS || most < fewest || most < 1) {
            throw unsupported();
        }
        at = repeats.end();
        return new Part(most - fewest + 1, fewest > 0, endless, -1);
    }

    /// `?`, `*` or `+`, which a further `?` or `+` makes reluctant or possessive.
    private void skipWithMode() {
        at++;
        if (is('?') || is('+')) {
            at++;
        }
    }

    private void skip(Pattern what) {
        Matcher matcher = what.matcher(pattern).region(at, pattern.length());
        if (!matcher.lookingAt()) {
            throw unsupported();
        }
        at = matcher.end();
    }

    private boolean is(char each) {
        return at < pattern.length() && pattern.charAt(at) == each;
    }

    private IllegalArgumentException unsupported() {
        return new IllegalArgumentException("what stands at character " + at + " is not supported");
    }
}
