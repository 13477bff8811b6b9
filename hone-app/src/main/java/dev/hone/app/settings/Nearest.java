package dev.hone.app.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody meant who mistyped a name.
public final class Nearest {
    private Nearest() {}

    /// The known name with the fewest edits from `typed`, if they are few for its length; the first of equals.
    public static Optional<String> to(String typed, Collection<String> known) {
        int most = Math.max(2, typed.length() / 3);
        return known.stream()
                .filter(name -> edits(typed, name) <= most && edits(typed, name) < Math.max(2, name.length()))
                .min(Comparator.comparingInt(name -> edits(typed, name)));
    }

    /// `; did you mean "star"?`, or nothing.
    public static String hint(String typed, Collection<String> known) {
        return to(typed, known).map(name -> "; did you mean \"" + name + "\"?").orElse("");
    }

    /// `; did you mean "star"?`, or the semicolon alone: more follows.
    public static String hintAnd(String typed, Collection<String> known) {
        return to(typed, known).isEmpty() ? ";" : hint(typed, known);
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between two words (Damerau 1964,
    /// Levenshtein 1966; no stretch is edited twice).
    static int edits(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        int differ = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int least = Math.min(Math.min(cost[i - 1][j], cost[i][j - 1]) + 1, cost[i - 1][j - 1] + differ);
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
