package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Keeps one sample of each problem that has a judged one. Of equals the first.
///
/// **Source** best-of-N, card sharpening, "SFT-Sharpening" step 2; the others are its ablations.
public record OnePerProblem(Pick pick) implements Selector {

    /// Which one.
    public enum Pick {
        BEST,
        WORST,
        /// By chance, from the step's seed and the problem.
        RANDOM
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        Map<String, List<Judged>> eligible = new LinkedHashMap<>();
        for (Judged each : judged) {
            if (each.verdict().rank().isPresent()) {
                eligible.computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())
                        .add(each);
            }
        }
        Set<String> chosen = new HashSet<>();
        eligible.forEach((problem, group) ->
                chosen.add(choose(problem, group, step).sample().id()));
        List<Decision> decisions = new ArrayList<>();
        for (Judged each : judged) {
            OptionalDouble rank = each.verdict().rank();
            if (rank.isEmpty()) {
                decisions.add(new Decision(each, Fate.DROPPED, each.verdict().because()));
            } else {
                boolean isIt = chosen.contains(each.sample().id());
                decisions.add(new Decision(
                        each,
                        isIt ? Fate.KEPT : Fate.DROPPED,
                        (isIt ? "" : "not ") + "the chosen one of its problem, ranked at " + rank.getAsDouble()));
            }
        }
        return decisions;
    }

    private Judged choose(String problem, List<Judged> group, Step step) {
        Judged chosen = group.getFirst();
        if (pick == Pick.RANDOM) {
            return group.get(step.seed().derive("pick").derive(problem).random().nextInt(group.size()));
        }
        for (Judged each : group) {
            double ahead = each.verdict().rank().orElseThrow()
                    - chosen.verdict().rank().orElseThrow();
            if (pick == Pick.BEST ? ahead > 0 : ahead < 0) {
                chosen = each;
            }
        }
        return chosen;
    }
}
