package dev.hone.measure;

import dev.hone.data.Embedding;
import dev.hone.generate.Embedder;
import dev.hone.measure.diversity.DistinctEquations;
import dev.hone.measure.diversity.DistinctN;
import dev.hone.measure.diversity.EditDistance;
import dev.hone.measure.diversity.EmbeddingDiversity;
import dev.hone.measure.diversity.Unit;
import dev.hone.measure.subset.PassAtKS;
import dev.hone.run.Step;
import dev.hone.task.exact.Calculations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Function;

/// How different the right samples of a problem are: the chance that `k` samples hold `size` different right ones,
/// and, of the first `size` right ones, their n-grams, calculations, edit distance and embeddings. Sets of one size
/// are compared, since more texts repeat each other more; a problem with fewer right samples has no value.
///
/// **Source** cards star-family-bstar, "Monitoring metrics", and dive, step 2e.
///
/// @param size at least 2
/// @param embedder says how alike texts are
public record RightDiversity(int size, Embedder embedder) {

    public RightDiversity {
        if (size < 2) {
            throw new IllegalArgumentException(
                    "size must be at least 2 right samples but was " + size + "; they are compared with each other");
        }
    }

    /// @return for each figure a value a problem, or NaN
    SequencedMap<String, List<Double>> of(List<Drawn> problems, Step step) {
        LinkedHashMap<String, List<Double>> values = new LinkedHashMap<>();
        int k = problems.getFirst().samples().size();
        if (k >= size) {
            values.put(
                    "pass@" + k + "-" + size,
                    problems.stream()
                            .map(each -> PassAtKS.estimate(k, PassAtKS.classes(each.rightTexts()), k, size))
                            .toList());
        }
        List<List<String>> sets = problems.stream()
                .map(each -> each.rightTexts().stream().limit(size).toList())
                .toList();
        values.put("distinct-n" + of(), each(sets, set -> DistinctN.mean(words(set))));
        values.put(
                "distinct equations" + of(),
                each(
                        sets,
                        set -> DistinctEquations.of(
                                set.stream().map(Calculations::in).toList())));
        values.put("edit distance" + of(), each(sets, set -> EditDistance.mean(words(set))));
        values.put("embedding diversity" + of(), each(sets, set -> EmbeddingDiversity.of(embedded(set, step))));
        return values;
    }

    private String of() {
        return " of " + size + " right";
    }

    private static List<List<String>> words(List<String> texts) {
        return texts.stream().map(Unit.WORDS::of).toList();
    }

    private List<Embedding> embedded(List<String> texts, Step step) {
        return embedder.embed(texts, step);
    }

    private List<Double> each(List<List<String>> sets, Function<List<String>, OptionalDouble> metric) {
        List<Double> values = new ArrayList<>();
        for (List<String> set : sets) {
            values.add(set.size() < size ? Double.NaN : metric.apply(set).orElse(Double.NaN));
        }
        return values;
    }
}
