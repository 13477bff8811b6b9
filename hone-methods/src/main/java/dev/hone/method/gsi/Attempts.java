package dev.hone.method.gsi;

import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.measure.RightCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What has been tried so far in a round, problem by problem.
final class Attempts {
    private final List<Problem> problems;
    private final List<Judged> all = new ArrayList<>();
    private final Map<String, Integer> right = new HashMap<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final Map<String, Sample> wrong = new HashMap<>();
    private int critiques;
    private int leaked;

    Attempts(List<Problem> problems) {
        this.problems = List.copyOf(problems);
    }

    void add(List<Judged> judged) {
        all.addAll(judged);
        for (Judged each : judged) {
            String problem = each.sample().problem().id();
            asked.merge(problem, 1, Integer::sum);
            if (each.isRight()) {
                right.merge(problem, 1, Integer::sum);
            } else if (!(each.sample().finish() instanceof Finish.Failed)) {
                wrong.put(problem, each.sample());
            }
        }
    }

    /// @param leaks of the critiques, how many hold the whole worked answer
    void addCritiques(int asked, int leaks) {
        critiques += asked;
        leaked += leaks;
    }

    int critiques() {
        return critiques;
    }

    int leaked() {
        return leaked;
    }

    /// Samples that a hint was shown for, or that begin with a worked answer.
    static boolean isGuided(Sample sample) {
        return sample.hint() instanceof Hint.Shown || sample.origin() instanceof Origin.Begun;
    }

    List<Problem> problems() {
        return problems;
    }

    /// In the order in which they were drawn.
    List<Judged> all() {
        return List.copyOf(all);
    }

    /// Guided samples of which no text came.
    List<Finish.Failed> failures() {
        return all.stream()
                .map(Judged::sample)
                .filter(Attempts::isGuided)
                .map(Sample::finish)
                .filter(Finish.Failed.class::isInstance)
                .map(Finish.Failed.class::cast)
                .toList();
    }

    /// Problems with fewer right samples than wanted.
    List<Problem> below(int wanted) {
        return problems.stream().filter(problem -> right(problem) < wanted).toList();
    }

    /// The last attempt that was not right, cut ones too.
    Optional<Sample> lastWrong(Problem problem) {
        return Optional.ofNullable(wrong.get(problem.id()));
    }

    private int right(Problem problem) {
        return right.getOrDefault(problem.id(), 0);
    }

    /// Of a problem that was asked.
    RightCount count(Problem problem) {
        return new RightCount(right(problem), asked.getOrDefault(problem.id(), 0));
    }

    /// Share of some problems of which a sample is right.
    ///
    /// @param some at least one
    double coverage(List<Problem> some) {
        return some.stream().filter(problem -> right(problem) > 0).count() / (double) some.size();
    }
}
