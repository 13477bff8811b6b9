package dev.hone.method.fourhabits;

import dev.hone.data.Problem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How often each habit shows in a response, by the grammar of [Line]: exact where a judge model would
/// guess.
///
/// A [Habit#VERIFICATION] is a comparison of a step's result with the target, whether or not it is true. A
/// [Habit#BACKTRACKING] is a step that takes numbers which are not all there after the steps so far but
/// were there earlier, before the first step or between two; it goes on from there. A [Habit#SUBGOAL] is a
/// stated number other than the target with a step somewhere after it. A [Habit#BACKWARD] begins with the
/// target, or with what an earlier one came to, and a given number. A step that takes numbers which never
/// were there counts nothing, and changes nothing but what it is compared with.
///
/// @param each a count for every habit
record HabitCounts(Map<Habit, Integer> each) {

    HabitCounts {
        each = Map.copyOf(each);
    }

    static HabitCounts of(Problem problem, String response) {
        Puzzle puzzle = Puzzle.of(problem);
        EnumMap<Habit, Integer> counts = new EnumMap<>(Habit.class);
        for (Habit habit : Habit.values()) {
            counts.put(habit, 0);
        }
        List<List<Long>> states = new ArrayList<>(List.of(puzzle.numbers()));
        Set<Long> wanted = new HashSet<>(Set.of(puzzle.target()));
        int goals = 0; // that nothing has been done for yet
        for (Line line : Line.of(response)) {
            switch (line) {
                case Line.Step step -> {
                    count(counts, Habit.BACKTRACKING, goesBack(step, states));
                    goals = pursued(goals, counts);
                }
                case Line.Compared(Line.Step step, long with) -> {
                    count(counts, Habit.BACKTRACKING, goesBack(step, states));
                    goals = pursued(goals, counts);
                    count(counts, Habit.VERIFICATION, with == puzzle.target());
                }
                case Line.Goal(long number) -> goals += number == puzzle.target() ? 0 : 1;
                case Line.Backward(Line.Step step) -> {
                    boolean isFromTarget =
                            wanted.contains(step.left()) && puzzle.numbers().contains(step.right());
                    count(counts, Habit.BACKWARD, isFromTarget);
                    if (isFromTarget) {
                        wanted.add(step.result());
                    }
                }
                case Line.Other _ -> {}
            }
        }
        return new HabitCounts(counts);
    }

    int of(Habit habit) {
        return each.getOrDefault(habit, 0);
    }

    private static void count(Map<Habit, Integer> counts, Habit habit, boolean isSeen) {
        counts.merge(habit, isSeen ? 1 : 0, Integer::sum);
    }

    private static int pursued(int goals, Map<Habit, Integer> counts) {
        counts.merge(Habit.SUBGOAL, goals, Integer::sum);
        return 0;
    }

    /// Takes the step in the latest state in which it can be taken.
    ///
    /// @param states what numbers there were, from the start to now; gets one more if the step can be taken
    private static boolean goesBack(Line.Step step, List<List<Long>> states) {
        for (int at = states.size() - 1; at >= 0; at--) {
            List<Long> numbers = new ArrayList<>(states.get(at));
            if (numbers.remove((Long) step.left()) && numbers.remove((Long) step.right())) {
                numbers.add(step.result());
                boolean isBack = at < states.size() - 1;
                states.add(numbers);
                return isBack;
            }
        }
        return false;
    }
}
