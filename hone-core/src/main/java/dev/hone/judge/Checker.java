package dev.hone.judge;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import java.util.Map;
import java.util.Optional;

/// A program that decides whether a text solves a problem. Malformed text is wrong or unjudged with a reason,
/// never an exception.
@FunctionalInterface
public interface Checker {
    Verdict check(Problem problem, String text);

    /// The answer in a text, without the way to it: what a vote among texts is about. It is right wherever the text
    /// is.
    ///
    /// @return empty where there is none; the whole text, unless a checker knows better
    default Optional<String> answer(Problem problem, String text) {
        return Optional.of(text);
    }

    /// @throws IllegalArgumentException if it is not among `checkers`
    static Checker named(String name, Map<String, Checker> checkers) {
        Checker checker = checkers.get(name);
        if (checker == null) {
            throw new IllegalArgumentException("unknown checker \"" + name + "\"; known are " + checkers.keySet());
        }
        return checker;
    }
}
