package dev.hone.judge;

import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Match;
import dev.hone.data.Reference;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares a sample with its problem's [Reference]. Costs nothing.
///
/// @param checkers the programs that [Reference.Checked] may name
public record ReferenceJudge(Map<String, Checker> checkers) implements Judge {
    private static final String NAME = "reference";
    /// Bounded, so that a text of a million digits costs nothing; the look-behind keeps "3-4" from reading as
    /// -4.
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\d.])(?:(?<![\\w)])-)?\\d{1,3}(?:,\\d{3}){1,10}(?:\\.\\d{1,40})?"
                    + "|(?<![\\d.,])(?:(?<![\\w)])-)?\\d{1,40}(?:\\.\\d{1,40})?");

    public ReferenceJudge {
        checkers = Map.copyOf(checkers);
    }

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        List<Judged> verdicts = new ArrayList<>();
        for (Group group : groups) {
            for (Sample sample : group.samples()) {
                verdicts.add(new Judged(sample, NAME, verdict(sample)));
            }
        }
        return verdicts;
    }

    private Verdict verdict(Sample sample) {
        return switch (sample.finish()) {
            case Finish.Truncated(int maxTokens) -> new Verdict.Unjudged("cut at " + maxTokens + " tokens");
            case Finish.Failed(String because) -> new Verdict.Unjudged(because);
            case Finish.Stopped() ->
                switch (sample.problem().reference()) {
                    case Reference.Answer(String answer, Match match) -> compare(answer, match, sample.text());
                    case Reference.Checked(String name) -> checker(name).check(sample.problem(), sample.text());
                    case Reference.None() -> new Verdict.Unjudged("the problem has no reference");
                };
        };
    }

    private Checker checker(String name) {
        Checker checker = checkers.get(name);
        if (checker == null) {
            throw new IllegalArgumentException("unknown checker \"" + name + "\"; known are " + checkers.keySet());
        }
        return checker;
    }

    /// Compares a text's final answer with the reference, as `match` says.
    public static Verdict compare(String answer, Match match, String text) {
        return switch (match) {
            case Match.Exact() ->
                text.strip().equals(answer.strip())
                        ? Verdict.right("equals the answer")
                        : Verdict.wrong("differs from the answer");
            case Match.Numeric(double tolerance) ->
                lastNumber(text)
                        .map(number -> near(number, answer, tolerance))
                        .orElseGet(() -> new Verdict.Unjudged("no number in the text"));
            case Match.Regex(String pattern) ->
                lastMatch(Pattern.compile(pattern), text)
                        .map(found -> same(found, answer))
                        .orElseGet(() -> new Verdict.Unjudged("nothing in the text matches " + pattern));
        };
    }

    private static Verdict near(String number, String answer, double tolerance) {
        Optional<BigDecimal> reference = number(answer);
        Optional<BigDecimal> found = number(number);
        if (reference.isEmpty() || found.isEmpty()) {
            return new Verdict.Unjudged("the reference \"" + answer + "\" is not a number");
        }
        BigDecimal gap = reference.get().subtract(found.get()).abs();
        return gap.compareTo(BigDecimal.valueOf(tolerance)) <= 0
                ? Verdict.right("last number is " + number)
                : Verdict.wrong("last number is " + number + ", not " + answer);
    }

    private static Verdict same(String found, String answer) {
        boolean equal = found.strip().equals(answer.strip())
                || number(found)
                        .flatMap(left -> number(answer).map(right -> left.compareTo(right) == 0))
                        .orElse(false);
        return equal ? Verdict.right("answered " + found) : Verdict.wrong("answered " + found + ", not " + answer);
    }

    private static Optional<String> lastNumber(String text) {
        return lastMatch(NUMBER, text);
    }

    private static Optional<String> lastMatch(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.ofNullable(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return last;
    }

    private static Optional<BigDecimal> number(String text) {
        String digits = text.strip().replace(",", "");
        return digits.matches("-?\\d{1,60}(\\.\\d{1,60})?") ? Optional.of(new BigDecimal(digits)) : Optional.empty();
    }
}
