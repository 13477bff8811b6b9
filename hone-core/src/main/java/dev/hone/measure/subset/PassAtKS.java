package dev.hone.measure.subset;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Pass@k-s: the chance that `k` samples hold at least `s` different right solutions (B-STaR, card
/// star-family-bstar, "Monitoring metrics"; the paper's is k = 32, s = 4). For `s = 1` it is [PassAtK].
///
/// With `U` the number of classes of equal right solutions that a subset of `k` meets, it is
/// `#{subsets: U >= s} / C(n, k)`: the card's count averaged over all subsets, where the paper looks at one.
///
/// **Exact**, in `O(n k s)`, over the classes one by one.
public final class PassAtKS {
    private PassAtKS() {}

    /// @param n samples drawn, at least `k`
    /// @param classes how many samples each right solution has, each at least 1, together at most `n`; empty
    ///     where nothing is right, which gives 0
    /// @param k at least 1
    /// @param s in `[1, k]`; more than there are classes gives 0
    public static double estimate(int n, List<Integer> classes, int k, int s) {
        String metric = "pass@" + k + "-" + s;
        Draw draw = Draw.of(metric, n, k);
        draw.requireWithin(metric, s);
        int wrong = n - right(classes, n);
        if (s > classes.size()) {
            return 0;
        }
        double[][] chances = new double[s + 1][k + 1]; // [different right solutions, at most s] [samples taken]
        chances[0] = draw.after(Draw.start(k + 1), wrong);
        for (int size : classes) {
            chances = withClass(draw, chances, size);
        }
        return draw.given(chances[s][k]);
    }

    /// The classes of equal texts, of which one is one solution.
    ///
    /// @param rightSolutions in a form that equal solutions share
    public static List<Integer> classes(Collection<String> rightSolutions) {
        return rightSolutions.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.summingInt(solution -> 1)))
                .values()
                .stream()
                .sorted()
                .toList();
    }

    private static int right(List<Integer> classes, int n) {
        long right = 0;
        for (int size : classes) {
            if (size < 1) {
                throw new IllegalArgumentException(
                        "a class of equal solutions has at least 1 sample but one has " + size + "; leave it out");
            }
            right += size;
        }
        if (right > n) {
            throw new IllegalArgumentException("right samples must be in [0, " + n + "] but the classes " + classes
                    + " hold " + right + "; count among the samples drawn");
        }
        return (int) right;
    }

    /// One class more: what meets none of it stays, what meets any of it has one solution more.
    private static double[][] withClass(Draw draw, double[][] before, int size) {
        int s = before.length - 1;
        double[][] after = new double[s + 1][];
        for (int different = 0; different <= s; different++) {
            after[different] = Arrays.stream(before[different])
                    .map(chance -> chance * draw.none(size))
                    .toArray();
        }
        for (int different = 0; different <= s; different++) {
            double[] met = met(draw, before[different], size);
            double[] more = after[Math.min(s, different + 1)];
            Arrays.setAll(more, taken -> more[taken] + met[taken]);
        }
        return after;
    }

    /// The row after a class of which one sample at least is taken.
    private static double[] met(Draw draw, double[] row, int size) {
        double[] met = new double[row.length];
        for (int first = 0; first < size; first++) { // the first sample of the class that is taken
            met = draw.after(met, 1);
            double before = draw.none(first) * draw.chance();
            for (int taken = 1; taken < row.length; taken++) {
                met[taken] += row[taken - 1] * before;
            }
        }
        return met;
    }
}
