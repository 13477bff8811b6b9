package dev.hone.judge;

import dev.hone.data.Match;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The final answer in a text.
public final class FinalAnswer {
    /// Bounded, so that a text of a million digits costs nothing; the look-behind keeps "3-4" from reading as
    /// -4.
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\d.])(?:(?<![\\w)])-)?\\d{1,3}(?:,\\d{3}){1,10}(?:\\.\\d{1,40})?"
                    + "|(?<![\\d.,])(?:(?<![\\w)])-)?\\d{1,40}(?:\\.\\d{1,40})?");

    private FinalAnswer() {}

    /// As it stands in the text; empty where `match` finds none. Of an exact match it is the whole text, without the
    /// white space at both ends.
    static Optional<String> of(Match match, String text) {
        return switch (match) {
            case Match.Exact() -> Optional.of(text.strip());
            case Match.Numeric(double _) -> last(NUMBER, text);
            case Match.Regex(String pattern) -> last(Pattern.compile(pattern), text);
        };
    }

    /// A form that equal answers share: `1234.5` for `1,234.50`; without the white space at both ends.
    public static String shared(String answer) {
        return number(answer)
                .map(number ->
                        number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString())
                .orElse(answer.strip());
    }

    private static Optional<String> last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.ofNullable(matcher.groupCount() > 0 ? matcher.group(1) : matcher.group());
        }
        return last;
    }

    static Optional<BigDecimal> number(String text) {
        String digits = text.strip().replace(",", "");
        return digits.matches("-?\\d{1,60}(\\.\\d{1,60})?") ? Optional.of(new BigDecimal(digits)) : Optional.empty();
    }
}
