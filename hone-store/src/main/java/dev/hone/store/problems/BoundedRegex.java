package dev.hone.store.problems;

import dev.hone.data.Match;
import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.judge.ReferenceJudge;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// [Match.Regex] with a bound on its work, for patterns that a user's file brings: a text on which a pattern
/// reads more than two million characters is unjudged, which takes a fraction of a second. A pattern that could
/// run long without reading is refused with the file: more than 1,000 characters, more than 20 of `| ? * + {`,
/// repeat counts whose product is above a million.
///
/// Reads the facts `bounded-regex pattern` and `bounded-regex answer`.
record BoundedRegex() implements Checker {
    static final String NAME = "bounded-regex";
    static final String PATTERN = "bounded-regex pattern";
    static final String ANSWER = "bounded-regex answer";

    private static final int MAX_READS = 2_000_000;
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_CHOICES = 20;
    private static final double MAX_REPEATS = 1e6;
    private static final Pattern REPEAT = Pattern.compile("\\{(?:[0-9]*,)?([0-9]+)");

    @Override
    public Verdict check(Problem problem, String text) {
        return compare(problem.fact(PATTERN), problem.fact(ANSWER), text);
    }

    @Override
    public Optional<String> answer(Problem problem, String text) {
        try {
            return found(problem.fact(PATTERN), text);
        } catch (TooManyReads | StackOverflowError tooMuch) {
            return Optional.empty();
        }
    }

    static Verdict compare(String pattern, String answer, String text) {
        try {
            return found(pattern, text)
                    .map(found -> ReferenceJudge.compare(answer, new Match.Regex("(?s)\\A.*\\z"), found))
                    .orElseGet(() -> new Verdict.Unjudged("nothing in the text matches " + pattern));
        } catch (TooManyReads | StackOverflowError tooMuch) {
            return new Verdict.Unjudged("matching " + pattern + " takes too long on this text");
        }
    }

    private static Optional<String> found(String pattern, String text) {
        try {
            return last(compiled(pattern).matcher(new Counted(text, new Reads())));
        } catch (Unusable unusable) {
            throw new IllegalArgumentException(unusable.because(), unusable);
        }
    }

    static Pattern compiled(String pattern) throws Unusable {
        double repeats = 1;
        Matcher counts = REPEAT.matcher(pattern);
        while (counts.find()) {
            repeats *= Math.max(1, Double.parseDouble(counts.group(1)));
        }
        long choices = pattern.chars().filter(c -> "|?*+{".indexOf(c) >= 0).count();
        if (pattern.length() > MAX_LENGTH || choices > MAX_CHOICES || repeats > MAX_REPEATS) {
            throw new Unusable("the pattern " + Unusable.shown(pattern) + " could run for hours; allowed are "
                    + MAX_LENGTH + " characters, " + MAX_CHOICES + " of | ? * + { and repeat counts with a product"
                    + " of a million; make it simpler");
        }
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException | StackOverflowError broken) {
            String why = broken instanceof PatternSyntaxException syntax ? syntax.getDescription() : "too deep";
            throw new Unusable("the pattern " + Unusable.shown(pattern) + " does not compile (" + why
                    + "); a Java regular expression is needed; correct it");
        }
    }

    private static Optional<String> last(Matcher matcher) {
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.ofNullable(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return last;
    }

    /// How often a text was read so far; shared by its parts.
    private static final class Reads {
        private int count;
    }

    /// A text that may be read only so often.
    private record Counted(String text, Reads reads) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++reads.count > MAX_READS) {
                throw new TooManyReads();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private static final class TooManyReads extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyReads() {
            super("too many reads", null, false, false);
        }
    }
}
