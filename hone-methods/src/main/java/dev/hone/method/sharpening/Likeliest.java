package dev.hone.method.sharpening;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How sharp a model is already, by its own samples; what is right is told beside it (card sharpening,
/// "Theory in short" and "Building blocks": mass and coverage).
///
/// @param figures by name: `coverage 1/p` mean of `1 / pi(y* | x)`, `C_cov`, with the likeliest sample
///     drawn for `y*`, so at least the true one; `likeliest` mean of `log pi(y* | x)`, nats; `mass on
///     likeliest` share of a problem's samples that are `y*`; `one right` share of problems with a right
///     sample; `samples` drawn of a problem
record Likeliest(SortedMap<String, Double> figures) {

    /// @param answers the model's own samples, judged by what is right
    static Likeliest of(List<Judged> answers) {
        Map<String, List<Judged>> problems = new LinkedHashMap<>();
        answers.forEach(each -> problems.computeIfAbsent(each.sample().problem().id(), _ -> new ArrayList<>())
                .add(each));
        double inverse = 0;
        double nats = 0;
        double mass = 0;
        int known = 0;
        for (List<Judged> group : problems.values()) {
            Optional<Sample> likeliest = group.stream()
                    .map(Judged::sample)
                    .filter(Likeliest::isWhole)
                    .max(Comparator.comparingDouble(sample -> sample.tokens().drawnLogProb()));
            if (likeliest.isPresent()) {
                Sample best = likeliest.get();
                double logProb = best.tokens().drawnLogProb();
                inverse += Math.exp(-logProb);
                nats += logProb;
                mass += (double) group.stream()
                                .filter(each -> each.sample().text().equals(best.text()))
                                .count()
                        / group.size();
                known++;
            }
        }
        TreeMap<String, Double> figures = new TreeMap<>();
        if (known > 0) {
            figures.put("coverage 1/p", inverse / known);
            figures.put("likeliest", nats / known);
            figures.put("mass on likeliest", mass / known);
        }
        if (!problems.isEmpty()) {
            double right = problems.values().stream()
                    .filter(group -> group.stream().anyMatch(Judged::isRight))
                    .count();
            figures.put("one right", right / problems.size());
            figures.put("samples", (double) answers.size() / problems.size());
        }
        return new Likeliest(figures);
    }

    private static boolean isWhole(Sample sample) {
        return sample.finish() instanceof Finish.Stopped && sample.tokens().count(Author.MODEL) > 0;
    }
}
