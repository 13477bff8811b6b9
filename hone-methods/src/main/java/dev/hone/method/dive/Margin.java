package dev.hone.method.dive;

import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.generate.Likelihood;
import dev.hone.judge.Group;
import dev.hone.judge.LikelihoodJudge;
import dev.hone.judge.LikelihoodJudge.Score;
import dev.hone.method.dive.Paired.Pair;
import dev.hone.record.Recording;
import dev.hone.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/// By how much the model that learned prefers the right sides of its pairs: the mean of `beta (log
/// p(y+|x)/p_ref(y+|x) - log p(y-|x)/p_ref(y-|x))`, in nats, over the first pairs. Old samples are another
/// model's, and easy to tell apart (card dive, "Pitfalls"), so theirs stands beside it.
record Margin(Likelihood likelihood, Recording recording, double beta) {
    /// Pairs that are looked at, at most.
    static final int PAIRS = 256;

    /// @return `margin` of all, `margin of old pairs` of those with a side from an earlier round, if there
    ///     are any
    SortedMap<String, Double> of(List<Pair> pairs, Model learned, Model reference, int round, Run run) {
        List<Pair> some = pairs.subList(0, Math.min(PAIRS, pairs.size()));
        Map<String, Double> rewards = rewards(some, learned, reference, round, run);
        SortedMap<String, Double> figures = new TreeMap<>();
        mean(some, _ -> true, rewards).ifPresent(value -> figures.put("margin", value));
        mean(some, pair -> age(pair, round) > 0, rewards).ifPresent(value -> figures.put("margin of old pairs", value));
        return figures;
    }

    private Map<String, Double> rewards(List<Pair> pairs, Model learned, Model reference, int round, Run run) {
        List<Sample> samples = new ArrayList<>();
        for (Pair pair : pairs) {
            samples.add(pair.right().sample().judged().sample());
            samples.add(pair.wrong().sample().judged().sample());
        }
        Map<String, Double> rewards = new HashMap<>();
        for (Judged each : recording
                .record(
                        "margin of round " + round,
                        new LikelihoodJudge(likelihood, learned, new Score.ImpliedReward(reference, beta)))
                .judge(Group.of(samples), run.step("margin", round))) {
            if (each.verdict() instanceof Verdict.Rewarded(double reward, String _)) {
                rewards.put(each.sample().id(), reward);
            }
        }
        return rewards;
    }

    private static int age(Pair pair, int round) {
        return round
                - Math.min(pair.right().sample().round(), pair.wrong().sample().round());
    }

    private static OptionalDouble mean(List<Pair> pairs, Predicate<Pair> which, Map<String, Double> rewards) {
        return pairs.stream()
                .filter(which)
                .flatMapToDouble(pair -> margin(pair, rewards))
                .average();
    }

    private static DoubleStream margin(Pair pair, Map<String, Double> rewards) {
        Double right = rewards.get(pair.right().sample().id());
        Double wrong = rewards.get(pair.wrong().sample().id());
        return right == null || wrong == null ? DoubleStream.empty() : DoubleStream.of(right - wrong);
    }
}
