package dev.hone.method.dsweight;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.measure.statistic.Quantile;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps those candidates whose rank is at most the quantile of all (step 6 of the card).
///
/// @param candidates by the id of their sample
/// @param ranks of the candidates, by the same ids
/// @param share `k`, in `(0, 1]`; 1 keeps every candidate that could be rated
record Choice(Votes votes, Map<String, Candidate> candidates, Map<String, Double> ranks, double share)
        implements Selector {

    static Choice of(Votes votes, List<Candidate> candidates, Ranking ranking, double share, Step step) {
        Map<String, Candidate> byId = new HashMap<>();
        Map<String, Double> ranks = new HashMap<>();
        List<Double> values = ranking.of(candidates, step);
        for (int i = 0; i < candidates.size(); i++) {
            byId.put(candidates.get(i).sample().id(), candidates.get(i));
            ranks.put(candidates.get(i).sample().id(), values.get(i));
        }
        return new Choice(votes, Map.copyOf(byId), Map.copyOf(ranks), share);
    }

    /// `sigma_k`: the highest rank that is kept.
    double threshold() {
        return share == 1 || ranks.isEmpty() ? Double.POSITIVE_INFINITY : Quantile.of(ranks.values(), share);
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        double threshold = threshold();
        return judged.stream().map(each -> decide(each, threshold)).toList();
    }

    private Decision decide(Judged judged, double threshold) {
        var sample = judged.sample();
        Double rank = ranks.get(sample.id());
        if (votes.answer(sample).isEmpty()) {
            return new Decision(judged, Fate.DROPPED, "no answer can be read");
        }
        if (!votes.isConsistent(sample)) {
            return new Decision(
                    judged,
                    Fate.DROPPED,
                    "answers " + votes.answer(sample).orElseThrow() + ", but most of its problem "
                            + votes.winner(sample).orElseThrow());
        }
        if (rank == null) {
            return new Decision(judged, Fate.DROPPED, "its loss cannot be told");
        }
        if (rank.isInfinite()) {
            return new Decision(judged, Fate.DROPPED, "it cannot be rated");
        }
        return rank <= threshold
                ? new Decision(judged, Fate.KEPT, "rank " + rank + ", at most " + threshold)
                : new Decision(judged, Fate.DROPPED, "rank " + rank + " above " + threshold);
    }
}
