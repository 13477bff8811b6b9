package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Keeps the first of equal texts of a problem.
public record Distinct() implements Selector {

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        Set<List<String>> seen = new HashSet<>();
        return judged.stream()
                .map(each -> seen.add(List.of(
                                each.sample().problem().id(), each.sample().text()))
                        ? new Decision(each, Fate.KEPT, "first of its text")
                        : new Decision(each, Fate.DROPPED, "same text as an earlier sample"))
                .toList();
    }
}
