package dev.hone.method.dsweight;

import dev.hone.data.Sample;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.List;

/// Puts candidates in an order: the lower the rank the sooner one is kept.
///
/// @param valid mean loss of the human answers, nats a token
record Ranking(Filter filter, double valid) {

    /// @return one a candidate, in their order; infinite for what a judge cannot tell
    List<Double> of(List<Candidate> candidates, Step step) {
        return switch (filter) {
            case Filter.Shift() ->
                candidates.stream()
                        .map(each -> Weight.shift(valid, each.loss()))
                        .toList();
            case Filter.Worst() ->
                candidates.stream()
                        .map(each -> -Weight.shift(valid, each.loss()))
                        .toList();
            case Filter.LowLoss() -> candidates.stream().map(Candidate::loss).toList();
            case Filter.HighLoss() ->
                candidates.stream().map(each -> -each.loss()).toList();
            case Filter.Agreement() ->
                candidates.stream().map(Candidate::disagreement).toList();
            case Filter.Chance() -> {
                Seed seed = step.seed().derive("chance");
                yield candidates.stream()
                        .map(each -> seed.derive(each.sample().id()).random().nextDouble())
                        .toList();
            }
            case Filter.Everything(), Filter.Reweighted(double _) ->
                candidates.stream().map(_ -> 0.0).toList();
            case Filter.Rated(Judge judge) -> {
                List<Sample> samples =
                        candidates.stream().map(Candidate::sample).toList();
                List<Double> ranks = new ArrayList<>();
                judge.judge(Group.of(samples), step)
                        .forEach(each -> ranks.add(-each.verdict().rank().orElse(Double.NEGATIVE_INFINITY)));
                yield List.copyOf(ranks);
            }
        };
    }
}
