package dev.hone.method.vstar;

import dev.hone.data.Demonstration;
import dev.hone.data.Preference;
import dev.hone.method.vstar.Labelled.Label;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What a verifier learns from: of each problem pairs of a right and a wrong answer, at most so many, in which each
/// right answer comes as often as any other right one up to once, and so each wrong one. A problem whose answers are
/// all right or all wrong gives none; equal texts of a problem are one answer. Both answers of a pair were drawn
/// for the same prompt.
///
/// All pairs of a problem with 8 right and 8 wrong answers are 64, of one with 15 and 1 they are 15: without a bound
/// the problems in the middle are most of what is learned.
///
/// **Paper** card vstar, step 5 and Pitfalls.
///
/// @param perProblem at least 1
record Pairs(int perProblem) {

    Pairs {
        if (perProblem < 1) {
            throw new IllegalArgumentException("pairs of a problem must be at least 1 but were " + perProblem);
        }
    }

    /// @param seed of the order in which answers are taken, problem by problem
    List<Preference> of(List<Labelled> answers, Seed seed) {
        Map<Labelled.Asked, List<Labelled>> byPrompt = new LinkedHashMap<>();
        Labelled.distinct(answers)
                .forEach(each -> byPrompt.computeIfAbsent(each.asked(), _ -> new ArrayList<>())
                        .add(each));
        List<Preference> pairs = new ArrayList<>();
        byPrompt.forEach((asked, own) -> {
            Random random = Random.from(seed.derive(asked.problem()).random());
            pairs.addAll(pairs(shuffled(own, Label.RIGHT, random), shuffled(own, Label.WRONG, random)));
        });
        return pairs;
    }

    private static List<Labelled> shuffled(List<Labelled> answers, Label label, Random random) {
        List<Labelled> own = new ArrayList<>(
                answers.stream().filter(each -> each.label() == label).toList());
        Collections.shuffle(own, random);
        return own;
    }

    /// Goes through both lists in turn. When both begin anew at once, the wrong ones move on by one, so that no pair
    /// comes twice.
    private List<Preference> pairs(List<Labelled> right, List<Labelled> wrong) {
        List<Preference> pairs = new ArrayList<>();
        int all = right.size() * wrong.size();
        int turn = all == 0 ? 1 : all / gcd(right.size(), wrong.size());
        for (int i = 0; i < Math.min(perProblem, all); i++) {
            pairs.add(pair(right.get(i % right.size()), wrong.get((i + i / turn) % wrong.size())));
        }
        return pairs;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static Preference pair(Labelled right, Labelled wrong) {
        return new Preference(
                right.answer().id() + " > " + wrong.answer().id(),
                right.problem().prompt(),
                List.of(),
                side(right.answer()),
                side(wrong.answer()));
    }

    private static Preference.Side side(Demonstration answer) {
        return new Preference.Side(answer.completion(), answer.ending());
    }

    /// The same with the worse answer preferred.
    static List<Preference> swapped(List<Preference> pairs) {
        return pairs.stream()
                .map(each -> new Preference(
                        "swapped " + each.id(), each.prompt(), each.prefix(), each.rejected(), each.chosen()))
                .toList();
    }
}
