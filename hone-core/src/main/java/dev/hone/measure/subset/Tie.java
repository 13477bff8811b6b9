package dev.hone.measure.subset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Candidates with the same score. Nothing is known of their order, so all orders are equally likely.
///
/// @param size of them, at least 1
/// @param right among them
record Tie(int size, int right) {

    /// @return the best score first
    static List<Tie> of(List<Candidate> candidates) {
        List<Candidate> sorted = candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                .toList();
        List<Tie> ties = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= sorted.size(); i++) {
            if (i == sorted.size() || sorted.get(i).score() != sorted.get(from).score()) {
                List<Candidate> equal = sorted.subList(from, i);
                ties.add(new Tie(equal.size(), (int)
                        equal.stream().filter(Candidate::right).count()));
                from = i;
            }
        }
        return ties;
    }

    /// The chance that the first `count` of them in an order by chance are all right, `C(right, count) /
    /// C(size, count)`.
    double allRight(int count) {
        double chance = 1;
        for (int i = 0; i < count; i++) {
            chance *= (double) Math.max(0, right - i) / (size - i);
        }
        return chance;
    }
}
