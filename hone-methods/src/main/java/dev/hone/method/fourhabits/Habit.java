package dev.hone.method.fourhabits;

import java.util.Locale;

/// A cognitive behaviour that can be seen in a thought (card four-habits, "Behavior definitions").
public enum Habit {
    /// Compares the current result with the target.
    VERIFICATION,
    /// Combines what does not build on the result just computed: a return to the start or to an earlier
    /// state.
    BACKTRACKING,
    /// States an intermediate goal before working to it.
    SUBGOAL,
    /// Reasons from the target to the given numbers.
    BACKWARD;

    /// In figures.
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
