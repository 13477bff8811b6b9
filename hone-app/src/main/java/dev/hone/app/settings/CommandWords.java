package dev.hone.app.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A command as a setting holds it: words apart by spaces; single or double quotes keep spaces, and nothing
/// else has a meaning of its own. No shell reads it.
public final class CommandWords {
    /// What stands for no command.
    public static final String NONE = "none";

    private static final Pattern WORD = Pattern.compile("\\s*((?:[^\\s'\"]++|'[^']*'|\"[^\"]*\")+)");
    private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");

    private CommandWords() {}

    /// The program and its arguments; empty if a quote is not closed or there is nothing.
    public static Optional<List<String>> of(String text) {
        List<String> words = new ArrayList<>();
        String rest = text.strip();
        Matcher word = WORD.matcher(rest);
        int end = 0;
        while (word.find() && word.start() == end) {
            words.add(QUOTED.matcher(word.group(1)).replaceAll(CommandWords::inside));
            end = word.end();
        }
        return words.isEmpty() || end < rest.length() ? Optional.empty() : Optional.of(List.copyOf(words));
    }

    private static String inside(MatchResult quoted) {
        String text = quoted.group();
        return Matcher.quoteReplacement(text.substring(1, text.length() - 1));
    }
}
