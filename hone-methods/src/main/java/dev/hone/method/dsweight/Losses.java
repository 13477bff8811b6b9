package dev.hone.method.dsweight;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.measure.Health;
import dev.hone.measure.statistic.KolmogorovSmirnov;
import dev.hone.measure.statistic.RankCorrelation;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the samples were like and what the filter did, besides the [usual figures][Health]; a figure that
/// there is nothing for is left out.
///
/// | Figure | Of |
/// |---|---|
/// | `answered` | share of the samples in which an answer can be read |
/// | `consistent` | share of the samples that answer as most of their question do |
/// | `right of consistent`, `right of kept` | shares of these that are right, by whoever knows |
/// | `human loss`, `sample loss` | means, nats a token, under the base model |
/// | `loss gap before`, `loss gap after` | how far the losses of candidates, of kept ones, are from human ones |
/// | `weight with length` | Spearman's correlation of DS weight and number of tokens |
///
/// How far is a Kolmogorov-Smirnov distance.
///
/// @param human losses of the worked answers
record Losses(List<Double> human) {
    /// Beyond it a filter by loss is one by length (card ds-weight, "What to reproduce").
    static final double LENGTH_FILTER = 0.8;

    double mean() {
        return human.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /// @param decisions on all samples that were drawn, with verdicts of whoever knows what is right
    SortedMap<String, Double> health(List<Decision> decisions, Votes votes, List<Candidate> candidates) {
        SortedMap<String, Double> figures = new TreeMap<>(Health.of(decisions).figures());
        List<Judged> drawn = decisions.stream().map(Decision::judged).toList();
        List<Judged> kept = decisions.stream()
                .filter(Decision::isKept)
                .map(Decision::judged)
                .toList();
        share(drawn, each -> votes.answer(each.sample()).isPresent())
                .ifPresent(value -> figures.put("answered", value));
        share(drawn, each -> votes.isConsistent(each.sample())).ifPresent(value -> figures.put("consistent", value));
        share(drawn.stream().filter(each -> votes.isConsistent(each.sample())).toList(), Judged::isRight)
                .ifPresent(value -> figures.put("right of consistent", value));
        share(kept, Judged::isRight).ifPresent(value -> figures.put("right of kept", value));
        figures.put("human loss", mean());
        losses(candidates, kept, figures);
        lengths(candidates).ifPresent(value -> figures.put("weight with length", value));
        return figures;
    }

    private static OptionalDouble share(List<Judged> samples, java.util.function.Predicate<Judged> which) {
        return samples.stream().mapToDouble(each -> which.test(each) ? 1 : 0).average();
    }

    private void losses(List<Candidate> candidates, List<Judged> kept, Map<String, Double> figures) {
        Set<String> ids = kept.stream().map(each -> each.sample().id()).collect(Collectors.toSet());
        List<Double> before = candidates.stream().map(Candidate::loss).toList();
        List<Double> after = candidates.stream()
                .filter(each -> ids.contains(each.sample().id()))
                .map(Candidate::loss)
                .toList();
        if (!after.isEmpty()) {
            figures.put(
                    "sample loss",
                    before.stream().mapToDouble(Double::doubleValue).average().orElseThrow());
            figures.put("loss gap before", KolmogorovSmirnov.distance(human, before));
            figures.put("loss gap after", KolmogorovSmirnov.distance(human, after));
        }
    }

    private OptionalDouble lengths(List<Candidate> candidates) {
        return RankCorrelation.spearman(
                candidates.stream()
                        .map(each -> Weight.shift(mean(), each.loss()))
                        .toList(),
                candidates.stream()
                        .map(Candidate::sample)
                        .map(Sample::tokens)
                        .map(tokens -> (double) tokens.size())
                        .toList());
    }
}
