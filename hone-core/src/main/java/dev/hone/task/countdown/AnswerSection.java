package dev.hone.task.countdown;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import java.util.Optional;
import java.util.regex.Pattern;

/// Looks only at what follows the last colon of a text's last line, whatever was thought before:
/// `12*3=36;36-7=29:12*3-7`. A new-line after the answer counts for nothing.
///
/// A text without a colon has no answer section and is unjudged. One with a section is right or wrong, and
/// wrong where the section is no expression: so that who rewards the mere form can tell the three apart.
///
/// @param expression decides about the section
record AnswerSection(Checker expression) implements Checker {
    private static final Pattern ALLOWED = Pattern.compile("[-0-9+*/(). ]*");

    @Override
    public Verdict check(Problem problem, String text) {
        return section(text)
                .map(section -> ofSection(problem, section))
                .orElseGet(() -> new Verdict.Unjudged("no answer section: no colon in the last line"));
    }

    /// With its colon, without blanks.
    @Override
    public Optional<String> answer(Problem problem, String text) {
        return section(text).map(section -> ":" + section.replace(" ", ""));
    }

    private static Optional<String> section(String text) {
        String whole = text.strip();
        String last = whole.substring(whole.lastIndexOf('\n') + 1);
        int colon = last.lastIndexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(last.substring(colon + 1).strip());
    }

    private Verdict ofSection(Problem problem, String section) {
        if (!ALLOWED.matcher(section).matches()) {
            return Verdict.wrong("the answer has other characters than an expression has");
        }
        return switch (expression.check(problem, section)) {
            case Verdict.Unjudged(String because) -> Verdict.wrong("the answer is no expression: " + because);
            case Verdict.Scored scored -> scored;
            case Verdict.Rewarded rewarded -> rewarded;
            case Verdict.Stepwise stepwise -> stepwise;
        };
    }
}
