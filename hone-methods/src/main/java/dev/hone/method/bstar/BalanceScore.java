package dev.hone.method.bstar;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How well a configuration balances exploration and exploitation: `mean_i min(n'_i / n*, 1) * n'_i / n_i`, in
/// `[0, 1]`, where `n_i` samples of problem i were selected and `n'_i` of them are right, each text counted once. A
/// problem with nothing selected scores 0.
///
/// **Paper** card star-family-bstar, step 3.
///
/// @param wanted `n*`, right samples that a problem should give, at least 1
record BalanceScore(int wanted) {

    BalanceScore {
        if (wanted < 1) {
            throw new IllegalArgumentException("wanted must be at least 1 but was " + wanted);
        }
    }

    private static final class Count {
        int selected;
        final Set<String> right = new HashSet<>();
    }

    /// @param decisions of the selection, by whatever reward
    /// @param answers whether each of the same samples is right
    /// @param problems that were asked, at least 1
    double of(List<Decision> decisions, List<Judged> answers, int problems) {
        Map<String, Count> counts = new HashMap<>();
        for (int i = 0; i < decisions.size(); i++) {
            Judged answer = answers.get(i);
            if (decisions.get(i).isKept()) {
                Count count = counts.computeIfAbsent(answer.sample().problem().id(), _ -> new Count());
                count.selected++;
                if (answer.isRight()) {
                    count.right.add(answer.sample().text());
                }
            }
        }
        double sum = counts.values().stream()
                .mapToDouble(count ->
                        Math.min((double) count.right.size() / wanted, 1) * count.right.size() / count.selected)
                .sum();
        return sum / problems;
    }
}
