package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.measure.diversity.EditDistance;
import dev.hone.measure.diversity.Unit;
import dev.hone.run.Step;
import dev.hone.task.exact.Calculations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps right solutions whose equations are all true, one for each list of [calculations][Calculations].
/// Of two with the same list the one stays that is farther, in summed edits, from the other kept ones of
/// its problem; where both are as far, the earlier. Once there are as many lists as may be, no further one
/// is taken.
///
/// **Source** RFT (Yuan et al. 2023, arXiv:2308.01825), as Self-Explore's code has it; cards star-family-bstar, "The
/// loop variants", and self-explore, step 3.
///
/// @param most of a problem, at least 1
/// @param tolerance of an equation, at least 0
public record DistinctEquationLists(int most, double tolerance) implements Selector {

    public DistinctEquationLists {
        if (most < 1) {
            throw new IllegalArgumentException("most must be at least 1 solution a problem but was " + most);
        }
    }

    /// What is kept of one problem so far.
    private static final class Kept {
        final Set<String> texts = new HashSet<>();
        final Map<List<String>, Judged> byList = new LinkedHashMap<>();
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        Map<String, Kept> problems = new HashMap<>();
        IdentityHashMap<Judged, String> dropped = new IdentityHashMap<>();
        for (Judged each : judged) {
            decide(each, problems.computeIfAbsent(each.sample().problem().id(), _ -> new Kept()), dropped);
        }
        return judged.stream()
                .map(each -> dropped.containsKey(each)
                        ? new Decision(each, Fate.DROPPED, dropped.get(each))
                        : new Decision(each, Fate.KEPT, "right, with equations of its own"))
                .toList();
    }

    private void decide(Judged each, Kept kept, Map<Judged, String> dropped) {
        String text = each.sample().text();
        if (!each.isRight()) {
            dropped.put(each, "not right: " + each.verdict().because());
        } else if (!kept.texts.add(text)) {
            dropped.put(each, "same text as an earlier sample");
        } else if (!Calculations.areTrue(text, tolerance)) {
            dropped.put(each, "right, but an equation in it is not true");
        } else {
            place(each, Calculations.in(text), kept.byList, dropped);
        }
    }

    private void place(Judged each, List<String> list, Map<List<String>, Judged> byList, Map<Judged, String> dropped) {
        Judged rival = byList.get(list);
        if (rival == null) {
            if (byList.size() < most) {
                byList.put(list, each);
            } else {
                dropped.put(each, "beyond the first " + most + " lists of equations of its problem");
            }
            return;
        }
        List<Judged> others = new ArrayList<>(byList.values());
        others.remove(rival);
        boolean wins = edits(each, others) > edits(rival, others);
        dropped.put(
                wins ? rival : each, "another solution with the same equations is farther from the rest, or as far");
        if (wins) {
            byList.put(list, each);
        }
    }

    private static long edits(Judged from, Collection<Judged> others) {
        List<String> text = Unit.CHARACTERS.of(from.sample().text());
        return others.stream()
                .mapToLong(other -> EditDistance.edits(
                        text, Unit.CHARACTERS.of(other.sample().text())))
                .sum();
    }
}
