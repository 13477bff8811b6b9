package dev.hone.method.selfexplore;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.measure.diversity.EditDistance;
import dev.hone.measure.diversity.Unit;
import dev.hone.select.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Solutions are as different as their texts, and a right one goes with the shortest of the wrong ones that
/// are far from it, so that no endless repetition is chosen. What follows the line with the final answer is
/// cut off; without one, there is no solution.
///
/// @param answer announced by which words
/// @param mostRight right solutions of a problem, at least 1
/// @param mostWrong wrong solutions of a problem, at least 1
public record MathRules(FinalAnswer answer, int mostRight, int mostWrong) implements Rules {
    /// Edits over `len_a + len_b / 2` that two solutions must have more of.
    private static final double APART = 0.2;
    /// Edits over the longer length that a pair should have more of, the best first; the last is for any
    /// pair.
    private static final List<Double> FAR = List.of(0.5, 0.4, 0.3, -1.0);

    public MathRules {
        if (mostRight < 1 || mostWrong < 1) {
            throw new IllegalArgumentException("a problem needs at least 1 right and 1 wrong solution but may have "
                    + mostRight + " and " + mostWrong);
        }
    }

    /// Eight right and 24 wrong solutions of a problem.
    public static MathRules asInPaper(FinalAnswer answer) {
        return new MathRules(answer, 8, 24);
    }

    @Override
    public Selector right() {
        return (judged, _) -> {
            Map<String, List<String>> kept = new HashMap<>();
            return judged.stream()
                    .map(each -> decide(
                            each, kept.computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())))
                    .toList();
        };
    }

    private Decision decide(Judged each, List<String> kept) {
        if (!each.isRight()) {
            return new Decision(
                    each, Fate.DROPPED, "not right: " + each.verdict().because());
        }
        Optional<Solution> solution = solution(each.sample());
        if (solution.isEmpty()) {
            return new Decision(each, Fate.DROPPED, "its final answer is not announced by \"" + answer.phrase() + "\"");
        }
        return add(solution.get().text(), kept, mostRight)
                ? new Decision(each, Fate.KEPT, "right, and far from what is kept")
                : new Decision(
                        each,
                        Fate.DROPPED,
                        "near to what is kept, or beyond the first " + mostRight + " of its problem");
    }

    /// Adds a text that is far from all that are there, while there is room.
    private static boolean add(String text, List<String> kept, int most) {
        if (kept.size() >= most || !kept.stream().allMatch(other -> areApart(text, other))) {
            return false;
        }
        kept.add(text);
        return true;
    }

    private static boolean areApart(String a, String b) {
        List<String> first = Unit.CHARACTERS.of(a);
        List<String> second = Unit.CHARACTERS.of(b);
        return EditDistance.edits(first, second) > APART * (first.size() + second.size() / 2.0);
    }

    @Override
    public Optional<Solution> solution(Sample sample) {
        return answer.cut(sample.text()).map(text -> new Solution(sample, text));
    }

    @Override
    public List<Solution> wrong(List<Solution> all) {
        List<String> kept = new ArrayList<>();
        return all.stream().filter(each -> add(each.text(), kept, mostWrong)).toList();
    }

    private record Measured(Solution solution, double distance) {}

    @Override
    public Optional<Solution> partner(Solution right, List<Solution> left) {
        List<String> text = Unit.CHARACTERS.of(right.text());
        List<Measured> measured = left.stream()
                .map(each -> new Measured(each, EditDistance.between(text, Unit.CHARACTERS.of(each.text()))))
                .toList();
        return FAR.stream().flatMap(far -> shortest(measured, far).stream()).findFirst();
    }

    private static Optional<Solution> shortest(List<Measured> measured, double far) {
        return measured.stream()
                .filter(each -> each.distance > far)
                .map(Measured::solution)
                .min(Comparator.comparingInt(each -> each.text().length()));
    }
}
