package dev.hone.method.dive;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Embedding;
import dev.hone.generate.Embedder;
import dev.hone.method.dive.Paired.Pair;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// From a pool of samples to pairs, question by question: steps 2b to 2f of the card, whose letters are in
/// the margin.
///
/// Of texts of one side that differ only in [Wording] the latest stays, so that the age of a pair says for how
/// long nobody has drawn such a text; those that are paired [as drawn][Selection.AsDrawn] all stay. A sample
/// that was cut short takes no whole one's place.
///
/// @param most pairs of a question, at least 1
record Pairing(int most, Selection selection, Embedder embedder) {

    Paired of(List<Pooled> pool, Step step) {
        Map<String, List<Pooled>> questions = new LinkedHashMap<>();
        pool.forEach(each -> questions
                .computeIfAbsent(each.problem(), _ -> new ArrayList<>())
                .add(each));
        Map<String, Decision> fates = new HashMap<>();
        List<Pair> pairs = new ArrayList<>();
        questions.values().forEach(question -> pairs.addAll(pairs(question, fates, step)));
        return new Paired(
                List.copyOf(pairs),
                pool.stream().map(each -> fates.get(each.id())).toList());
    }

    private List<Pair> pairs(List<Pooled> question, Map<String, Decision> fates, Step step) {
        List<Pooled> right = distinct(side(question, Side.RIGHT), fates); // b, c
        List<Pooled> wrong = distinct(side(question, Side.WRONG), fates);
        side(question, Side.NEITHER)
                .forEach(each -> drop(each, each.judged().verdict().because(), fates));
        if (right.isEmpty() || wrong.isEmpty()) {
            right.forEach(each -> drop(each, "right, but its problem has no wrong sample", fates));
            wrong.forEach(each -> drop(each, "wrong, and its problem has no right sample", fates));
            return List.of();
        }
        Seed seed = step.seed().derive("pairs").derive(question.getFirst().problem());
        List<Candidate> better = ordinary(candidates(right, step), fates, seed.derive(Side.RIGHT.name())); // d
        List<Candidate> worse = ordinary(candidates(wrong, step), fates, seed.derive(Side.WRONG.name()));
        int count = Math.min(most, Math.min(better.size(), worse.size()));
        List<Candidate> chosen = picked(better, count, fates, seed.derive(Side.RIGHT.name())); // e
        List<Candidate> rejected = picked(worse, count, fates, seed.derive(Side.WRONG.name()));
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) { // f
            pairs.add(new Pair(chosen.get(i), rejected.get(i)));
            keep(chosen.get(i), rejected.get(i), i + 1, fates);
            keep(rejected.get(i), chosen.get(i), i + 1, fates);
        }
        return pairs;
    }

    private List<Pooled> distinct(List<Pooled> side, Map<String, Decision> fates) {
        return switch (selection) {
            case Selection.AsDrawn() -> side;
            case Selection.Shuffled(), Selection.Diverse(var _, var _) -> different(side, fates);
        };
    }

    private static List<Pooled> different(List<Pooled> side, Map<String, Decision> fates) {
        Set<List<String>> wordings = new HashSet<>();
        List<Pooled> different = new ArrayList<>();
        for (Pooled each : side.reversed()) {
            if (wordings.add(Wording.of(each.text()))) {
                different.add(each);
            } else {
                drop(each, "same wording as a later sample", fates);
            }
        }
        return different.reversed();
    }

    private static List<Pooled> side(List<Pooled> samples, Side side) {
        return samples.stream().filter(each -> each.side() == side).toList();
    }

    private List<Candidate> candidates(List<Pooled> samples, Step step) {
        List<Embedding> embeddings =
                embedder.embed(samples.stream().map(Pooled::text).toList(), step);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            candidates.add(new Candidate(
                    samples.get(i), embeddings.get(i), Wording.of(samples.get(i).text())));
        }
        return candidates;
    }

    private List<Candidate> ordinary(List<Candidate> side, Map<String, Decision> fates, Seed seed) {
        return switch (selection) {
            case Selection.AsDrawn(), Selection.Shuffled() -> side;
            case Selection.Diverse(Selection.Measure _, double contamination) -> {
                List<Boolean> outliers = new Outliers(contamination)
                        .among(side.stream().map(Candidate::embedding).toList(), seed.derive("forest"));
                List<Candidate> ordinary = new ArrayList<>();
                for (int i = 0; i < side.size(); i++) {
                    if (outliers.get(i)) {
                        drop(side.get(i).sample(), "an outlier of its side", fates);
                    } else {
                        ordinary.add(side.get(i));
                    }
                }
                yield ordinary;
            }
        };
    }

    private List<Candidate> picked(List<Candidate> side, int count, Map<String, Decision> fates, Seed seed) {
        List<Candidate> picked = switch (selection) {
            case Selection.AsDrawn(), Selection.Shuffled() -> {
                List<Candidate> shuffled = new ArrayList<>(side);
                Collections.shuffle(shuffled, Random.from(seed.random()));
                yield shuffled.subList(0, count);
            }
            case Selection.Diverse(Selection.Measure measure, double _) ->
                new GreedyPick(measure).from(side, count, seed.derive("first"));
        };
        side.forEach(each -> drop(each.sample(), "not among the " + count + " picked of its side", fates));
        return picked;
    }

    private static void keep(Candidate kept, Candidate other, int number, Map<String, Decision> fates) {
        fates.put(
                kept.sample().id(),
                new Decision(
                        kept.sample().judged(),
                        Fate.KEPT,
                        "pair " + number + " with " + other.sample().id()));
    }

    private static void drop(Pooled dropped, String because, Map<String, Decision> fates) {
        fates.put(dropped.id(), new Decision(dropped.judged(), Fate.DROPPED, because));
    }
}
