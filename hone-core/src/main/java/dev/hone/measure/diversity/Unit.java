package dev.hone.measure.diversity;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a text is a sequence of, where a model's own tokens would not be comparable.
public enum Unit {
    /// Code points.
    CHARACTERS("(?s)."),
    /// Runs of letters or of digits, and every other mark by itself; blanks separate and do not count:
    /// `12*3=36` is `12`, `*`, `3`, `=`, `36`.
    WORDS("[\\p{L}\\p{M}]+|\\p{N}+|[^\\s\\p{L}\\p{M}\\p{N}]");

    private final Pattern pattern;

    Unit(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    /// The units of a text, in order.
    public List<String> of(String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }
}
