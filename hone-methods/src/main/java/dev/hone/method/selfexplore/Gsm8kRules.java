package dev.hone.method.selfexplore;

import dev.hone.data.Sample;
import dev.hone.measure.diversity.EditDistance;
import dev.hone.measure.diversity.Unit;
import dev.hone.select.DistinctEquationLists;
import dev.hone.select.Selector;
import java.util.List;
import java.util.Optional;

/// Solutions are as different as their equations, and a right one goes with the wrong one that is farthest
/// from it.
///
/// @param most right solutions of a problem, at least 1
public record Gsm8kRules(int most) implements Rules {
    /// By which the sides of a true equation may differ.
    private static final double TOLERANCE = 1e-3;

    /// Eight of a problem.
    public static Gsm8kRules asInPaper() {
        return new Gsm8kRules(8);
    }

    @Override
    public Selector right() {
        return new DistinctEquationLists(most, TOLERANCE);
    }

    @Override
    public Optional<Solution> solution(Sample sample) {
        return Optional.of(new Solution(sample, sample.text()));
    }

    @Override
    public List<Solution> wrong(List<Solution> all) {
        return all;
    }

    @Override
    public Optional<Solution> partner(Solution right, List<Solution> left) {
        List<String> text = Unit.CHARACTERS.of(right.text());
        Optional<Solution> farthest = Optional.empty();
        int most = -1;
        for (Solution each : left) {
            int distance = EditDistance.edits(text, Unit.CHARACTERS.of(each.text()));
            if (distance > most) {
                most = distance;
                farthest = Optional.of(each);
            }
        }
        return farthest;
    }
}
