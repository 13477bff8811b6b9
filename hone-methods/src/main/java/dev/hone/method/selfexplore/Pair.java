package dev.hone.method.selfexplore;

import dev.hone.data.Decision;
import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A right and a wrong solution of one problem.
///
/// **Paper** card self-explore, step 5. **Departs** a sample that nobody could judge is no wrong solution;
/// the released code takes an unreadable answer for a wrong one.
record Pair(Solution chosen, Solution rejected) {

    Problem problem() {
        return chosen.sample().problem();
    }

    String id() {
        return chosen.sample().id() + " > " + rejected.sample().id();
    }

    /// Each solution that was kept with a wrong one of its own, problem by problem; at most as many pairs
    /// as there are of the rarer kind.
    static List<Pair> of(List<Decision> decisions, Rules rules) {
        Map<String, List<Decision>> problems = new LinkedHashMap<>();
        for (Decision each : decisions) {
            problems.computeIfAbsent(each.judged().sample().problem().id(), _ -> new ArrayList<>())
                    .add(each);
        }
        List<Pair> pairs = new ArrayList<>();
        for (List<Decision> problem : problems.values()) {
            List<Solution> left = new ArrayList<>(rules.wrong(wrong(problem, rules)));
            for (Decision each : problem) {
                if (each.isKept()) {
                    Solution right = rules.solution(each.judged().sample()).orElseThrow();
                    rules.partner(right, left).ifPresent(partner -> {
                        left.remove(partner);
                        pairs.add(new Pair(right, partner));
                    });
                }
            }
        }
        return pairs;
    }

    private static List<Solution> wrong(List<Decision> problem, Rules rules) {
        Set<String> texts = new HashSet<>();
        return problem.stream()
                .filter(each -> each.judged().verdict() instanceof Verdict.Scored
                        && !each.judged().isRight())
                .flatMap(each -> rules.solution(each.judged().sample()).stream())
                .filter(each -> !each.text().isBlank() && texts.add(each.text()))
                .toList();
    }
}
