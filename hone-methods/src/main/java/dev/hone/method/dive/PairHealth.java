package dev.hone.method.dive;

import dev.hone.data.Decision;
import dev.hone.generate.Embedder;
import dev.hone.measure.DifficultyHistogram;
import dev.hone.measure.Health;
import dev.hone.measure.RightCount;
import dev.hone.measure.diversity.DistinctEquations;
import dev.hone.measure.diversity.DistinctN;
import dev.hone.measure.diversity.EmbeddingDiversity;
import dev.hone.method.dive.Paired.Pair;
import dev.hone.run.Step;
import dev.hone.task.exact.Calculations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The figures of a round, besides the [usual ones][Health] of what it drew. Diversities are means over the
/// questions that have one; a figure that no question has is left out.
///
/// | Figure | Of |
/// |---|---|
/// | `right cosine gap`, `wrong cosine gap` | the round's samples: one less the mean cosine of their embeddings |
/// | `right distinct-n`, `wrong distinct-n` | the round's samples: different n-grams of words |
/// | `right distinct equations` | the round's samples: different equations of all that they have |
/// | `chosen ...`, `rejected ...` | the same of the pairs' sides |
/// | `pairs`, `paired problems` | how many there are |
/// | `chosen age`, `rejected age` | rounds since a side of a pair was drawn, on the average; 0 for this round's |
/// | `pairs of level 1` to `5` | share of the pairs whose question is of this difficulty by the round's samples |
///
/// Diversity also rises when a model gets worse: read it with `right`.
record PairHealth(Embedder embedder) {

    /// @param drawn in this round
    /// @param paired of the whole pool
    SortedMap<String, Double> of(List<Pooled> drawn, Paired paired, int round, Step step) {
        Map<String, Decision> decisions = paired.decisions().stream()
                .collect(Collectors.toMap(each -> each.judged().sample().id(), each -> each));
        SortedMap<String, Double> figures = new TreeMap<>(
                Health.of(drawn.stream().map(each -> decisions.get(each.id())).toList())
                        .figures());
        diversity("right", questions(drawn, Side.RIGHT), figures, step);
        diversity("wrong", questions(drawn, Side.WRONG), figures, step);
        mean(questions(drawn, Side.RIGHT), PairHealth::equations)
                .ifPresent(value -> figures.put("right distinct equations", value));
        pairs(paired.pairs(), round, figures, step);
        levels(drawn, paired.pairs(), figures);
        return figures;
    }

    private static List<List<String>> questions(List<Pooled> samples, Side side) {
        return byQuestion(samples.stream().filter(each -> each.side() == side).toList(), Pooled::problem, Pooled::text);
    }

    private static <T> List<List<String>> byQuestion(
            List<T> items, Function<T, String> question, Function<T, String> text) {
        return List.copyOf(items.stream()
                .collect(Collectors.groupingBy(
                        question, LinkedHashMap::new, Collectors.mapping(text, Collectors.toList())))
                .values());
    }

    private void diversity(String of, List<List<String>> questions, Map<String, Double> figures, Step step) {
        mean(questions, texts -> EmbeddingDiversity.of(embedder.embed(texts, step)))
                .ifPresent(value -> figures.put(of + " cosine gap", value));
        mean(questions, texts -> DistinctN.mean(texts.stream().map(Wording::of).toList()))
                .ifPresent(value -> figures.put(of + " distinct-n", value));
    }

    private static OptionalDouble mean(List<List<String>> questions, Function<List<String>, OptionalDouble> metric) {
        return questions.stream()
                .map(metric)
                .flatMapToDouble(OptionalDouble::stream)
                .average();
    }

    private static OptionalDouble equations(List<String> texts) {
        return DistinctEquations.of(texts.stream().map(Calculations::in).toList());
    }

    private void pairs(List<Pair> pairs, int round, Map<String, Double> figures, Step step) {
        figures.put("pairs", (double) pairs.size());
        if (pairs.isEmpty()) {
            return;
        }
        sides("chosen", pairs.stream().map(pair -> pair.right().sample()).toList(), round, figures, step);
        sides("rejected", pairs.stream().map(pair -> pair.wrong().sample()).toList(), round, figures, step);
        figures.put("paired problems", (double) pairs.stream()
                .map(pair -> pair.right().sample().problem())
                .distinct()
                .count());
    }

    private void sides(String name, List<Pooled> samples, int round, Map<String, Double> figures, Step step) {
        diversity(name, byQuestion(samples, Pooled::problem, Pooled::text), figures, step);
        figures.put(
                name + " age",
                samples.stream()
                        .mapToInt(each -> round - each.round())
                        .average()
                        .orElseThrow());
    }

    private static void levels(List<Pooled> drawn, List<Pair> pairs, Map<String, Double> figures) {
        Map<String, int[]> counts = new HashMap<>();
        for (Pooled each : drawn) {
            int[] count = counts.computeIfAbsent(each.problem(), _ -> new int[2]);
            count[0] += each.side() == Side.RIGHT ? 1 : 0;
            count[1]++;
        }
        for (Pair pair : pairs) {
            int[] count = counts.getOrDefault(pair.right().sample().problem(), new int[] {0, 1});
            int level = DifficultyHistogram.level(new RightCount(count[0], count[1]));
            figures.merge("pairs of level " + level, 1.0 / pairs.size(), Double::sum);
        }
    }
}
