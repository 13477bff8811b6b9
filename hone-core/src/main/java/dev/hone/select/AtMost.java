package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the first so many of each problem, so that easy problems do not crowd out the others.
///
/// @param perProblem at least 1
public record AtMost(int perProblem) implements Selector {

    public AtMost {
        if (perProblem < 1) {
            throw new IllegalArgumentException("perProblem must be at least 1 but was " + perProblem);
        }
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        Map<String, Integer> kept = new HashMap<>();
        return judged.stream()
                .map(each -> kept.merge(each.sample().problem().id(), 1, Integer::sum) <= perProblem
                        ? new Decision(each, Fate.KEPT, "among the first " + perProblem)
                        : new Decision(each, Fate.DROPPED, "beyond the first " + perProblem + " of its problem"))
                .toList();
    }
}
