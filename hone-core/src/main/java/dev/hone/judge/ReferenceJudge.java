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

/// Compares a sample with its problem's [Reference]. Costs nothing.
///
/// @param checkers the programs that [Reference.Checked] may name
public record ReferenceJudge(Map<String, Checker> checkers) implements Judge {
    private static final String NAME = "reference";

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
            case Finish.Unfinished unfinished -> new Verdict.Unjudged(unfinished.because());
            case Finish.Stopped() ->
                switch (sample.problem().reference()) {
                    case Reference.Answer(String answer, Match match) -> compare(answer, match, sample.text());
                    case Reference.Checked(String name) ->
                        Checker.named(name, checkers).check(sample.problem(), sample.text());
                    case Reference.None() -> new Verdict.Unjudged("the problem has no reference");
                };
        };
    }

    /// Compares a text's final answer with the reference, as `match` says.
    public static Verdict compare(String answer, Match match, String text) {
        return FinalAnswer.of(match, text)
                .map(found -> switch (match) {
                    case Match.Exact() ->
                        found.equals(answer.strip())
                                ? Verdict.right("equals the answer")
                                : Verdict.wrong("differs from the answer");
                    case Match.Numeric(double tolerance) -> near(found, answer, tolerance);
                    case Match.Regex(String _) -> same(found, answer);
                })
                .orElseGet(() -> new Verdict.Unjudged(missing(match)));
    }

    private static String missing(Match match) {
        return switch (match) {
            case Match.Exact() -> "an empty text";
            case Match.Numeric(double _) -> "no number in the text";
            case Match.Regex(String pattern) -> "nothing in the text matches " + pattern;
        };
    }

    private static Verdict near(String number, String answer, double tolerance) {
        Optional<BigDecimal> reference = FinalAnswer.number(answer);
        Optional<BigDecimal> found = FinalAnswer.number(number);
        if (reference.isEmpty() || found.isEmpty()) {
            return new Verdict.Unjudged("the reference \"" + answer + "\" is not a number");
        }
        BigDecimal gap = reference.get().subtract(found.get()).abs();
        return gap.compareTo(BigDecimal.valueOf(tolerance)) <= 0
                ? Verdict.right("last number is " + number)
                : Verdict.wrong("last number is " + number + ", not " + answer);
    }

    private static Verdict same(String found, String answer) {
        return FinalAnswer.shared(found).equals(FinalAnswer.shared(answer))
                ? Verdict.right("answered " + found)
                : Verdict.wrong("answered " + found + ", not " + answer);
    }
}
