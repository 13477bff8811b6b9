package dev.hone.judge;

import dev.hone.data.Problem;
import dev.hone.data.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The samples of one problem, which a judge may compare with each other.
///
/// @param samples at least one, all of `problem`
public record Group(Problem problem, List<Sample> samples) {

    public Group {
        samples = List.copyOf(samples);
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("a group needs at least one sample");
        }
    }

    /// Samples by problem, problems in the order of their first sample.
    public static List<Group> of(List<Sample> samples) {
        Map<String, List<Sample>> byProblem = new LinkedHashMap<>();
        for (Sample sample : samples) {
            byProblem
                    .computeIfAbsent(sample.problem().id(), id -> new ArrayList<>())
                    .add(sample);
        }
        return byProblem.values().stream()
                .map(group -> new Group(group.getFirst().problem(), group))
                .toList();
    }
}
