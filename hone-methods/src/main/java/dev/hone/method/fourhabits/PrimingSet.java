package dev.hone.method.fourhabits;

import java.util.Arrays;
import java.util.List;

/// What a model is primed with: traces of a search with some habits, or a control made from those with all
/// of them.
public enum PrimingSet {
    /// No priming.
    NONE,
    ONLY_BT,
    BT_VER,
    BT_BACK,
    BT_SUB,
    ALL,
    /// The answers of `ALL` without the thoughts.
    EMPTY,
    /// The answers of `ALL` after as many fillers as the thought had characters.
    DOTS,
    /// The searches of `ALL` cut before they find anything, so that every answer is wrong.
    NO_POSITIVE;

    /// Of the search; a control without a thought shows none of them.
    boolean has(Habit habit) {
        return switch (this) {
            case NONE -> false;
            case ONLY_BT -> habit == Habit.BACKTRACKING;
            case BT_VER -> habit == Habit.BACKTRACKING || habit == Habit.VERIFICATION;
            case BT_BACK -> habit == Habit.BACKTRACKING || habit == Habit.BACKWARD;
            case BT_SUB -> habit == Habit.BACKTRACKING || habit == Habit.SUBGOAL;
            case ALL, EMPTY, DOTS, NO_POSITIVE -> true;
        };
    }

    /// How a plan from the target is told.
    List<Habit> aims() {
        return Arrays.stream(Habit.values())
                .filter(habit -> habit == Habit.SUBGOAL || habit == Habit.BACKWARD)
                .filter(this::has)
                .toList();
    }
}
