package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// Keeps what is rewarded above a threshold, each text of a problem once, and of each problem at most so many that
/// there are as many as wanted: the smallest cap that reaches the number, so that easy problems give no more than they
/// must. The best rewarded of a problem come first, equal ones in their order. If all together are too few, all are
/// kept.
///
/// @param above a reward on the judge's own scale; what is unjudged is dropped
/// @param wanted samples in all, at least 1
public record SmallestCap(double above, int wanted) implements Selector {

    public SmallestCap {
        if (!Double.isFinite(above)) {
            throw new IllegalArgumentException("the threshold must be a finite number but was " + above);
        }
        if (wanted < 1) {
            throw new IllegalArgumentException("wanted must be at least 1 but was " + wanted);
        }
    }

    private record Rewarded(Judged judged, double reward) {}

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        IdentityHashMap<Judged, Decision> fates = new IdentityHashMap<>();
        List<List<Rewarded>> problems = eligible(judged, fates);
        int cap = cap(problems);
        for (List<Rewarded> problem : problems) {
            for (int i = 0; i < problem.size(); i++) {
                Rewarded each = problem.get(i);
                String because = "reward " + each.reward + ", number " + (i + 1) + " of its problem, cap " + cap;
                fates.put(each.judged, new Decision(each.judged, i < cap ? Fate.KEPT : Fate.DROPPED, because));
            }
        }
        return judged.stream().map(fates::get).toList();
    }

    /// By problem, the best first; what is not eligible is decided on at once.
    private List<List<Rewarded>> eligible(List<Judged> judged, Map<Judged, Decision> fates) {
        Map<String, List<Rewarded>> byProblem = new LinkedHashMap<>();
        for (Judged each : judged) {
            OptionalDouble reward = each.verdict().rank();
            if (reward.isEmpty()) {
                fates.put(each, new Decision(each, Fate.DROPPED, each.verdict().because()));
            } else if (!(reward.getAsDouble() > above)) {
                fates.put(
                        each,
                        new Decision(each, Fate.DROPPED, "reward " + reward.getAsDouble() + ", not above " + above));
            } else {
                byProblem
                        .computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())
                        .add(new Rewarded(each, reward.getAsDouble()));
            }
        }
        return byProblem.values().stream()
                .map(problem -> distinct(problem, fates))
                .toList();
    }

    private static List<Rewarded> distinct(List<Rewarded> problem, Map<Judged, Decision> fates) {
        Set<String> texts = new HashSet<>();
        List<Rewarded> distinct = new ArrayList<>();
        problem.stream()
                .sorted(Comparator.comparingDouble(Rewarded::reward).reversed())
                .forEach(each -> {
                    if (texts.add(each.judged.sample().text())) {
                        distinct.add(each);
                    } else {
                        fates.put(each.judged, new Decision(each.judged, Fate.DROPPED, "same text as a better sample"));
                    }
                });
        return distinct;
    }

    private int cap(List<List<Rewarded>> problems) {
        int most = problems.stream().mapToInt(List::size).max().orElse(0);
        for (int cap = 1; cap < most; cap++) {
            int limit = cap;
            if (problems.stream()
                            .mapToLong(problem -> Math.min(limit, problem.size()))
                            .sum()
                    >= wanted) {
                return cap;
            }
        }
        return most;
    }
}
