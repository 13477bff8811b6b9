package dev.hone.measure.diversity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The edit distance of Levenshtein: the fewest tokens to insert, remove or replace that turn one text into the
/// other, over the length of the longer one. In `[0, 1]`: 0 for equal texts, two empty ones too; 1 for texts that
/// have no token in the same order.
public final class EditDistance {
    private EditDistance() {}

    /// Takes `O(a b)` time and memory for the shorter text.
    ///
    /// @param a tokens, by [Unit] or of a model
    /// @param b likewise
    public static double between(List<?> a, List<?> b) {
        Map<Object, Integer> numbers = new HashMap<>();
        return normalised(numbered(a, numbers), numbered(b, numbers));
    }

    /// The edits themselves, not over a length: what papers mean that take the farthest of several texts.
    ///
    /// @return at least 0, at most the tokens of the longer text
    public static int edits(List<?> a, List<?> b) {
        Map<Object, Integer> numbers = new HashMap<>();
        return edits(numbered(a, numbers), numbered(b, numbers));
    }

    /// The mean over all pairs of texts; equal texts are pairs too, of distance 0.
    ///
    /// @return nothing for fewer than two texts
    public static OptionalDouble mean(List<? extends List<?>> texts) {
        Map<Object, Integer> numbers = new HashMap<>();
        List<int[]> numbered =
                texts.stream().map(text -> numbered(text, numbers)).toList();
        double sum = 0;
        long pairs = 0;
        for (int i = 0; i < numbered.size(); i++) {
            for (int j = i + 1; j < numbered.size(); j++) {
                sum += normalised(numbered.get(i), numbered.get(j));
                pairs++;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / pairs);
    }

    /// Equal tokens as equal numbers, which are quick to compare.
    private static int[] numbered(List<?> tokens, Map<Object, Integer> numbers) {
        return tokens.stream()
                .mapToInt(token -> numbers.computeIfAbsent(token, next -> numbers.size()))
                .toArray();
    }

    private static double normalised(int[] a, int[] b) {
        int longer = Math.max(a.length, b.length);
        return longer == 0 ? 0 : (double) edits(a, b) / longer;
    }

    /// Row by row, one a token of the longer text; a row is as long as the shorter one.
    private static int edits(int[] a, int[] b) {
        int[] longer = a.length > b.length ? a : b;
        int[] shorter = a.length > b.length ? b : a;
        int[] row = new int[shorter.length + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= longer.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (longer[i - 1] == shorter[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[shorter.length];
    }
}
