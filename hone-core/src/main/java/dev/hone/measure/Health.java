package dev.hone.measure;

import dev.hone.data.Author;
import dev.hone.data.Decision;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a loop is doing, from the samples that a round drew; every round logs it. None of these figures is
/// optimised directly, and a sick loop shows in them before it shows in the result.
///
/// @param figures by name:
///     `right` share of samples with a full mark; `unjudged`, `truncated`, `failed` shares of samples;
///     `kept` share of samples that are learned from; `tokens` mean drawn tokens of a sample;
///     `all right`, `all wrong` shares of problems whose samples agree (groups without variance);
///     `duplicates` share of samples whose text an earlier sample of the problem had;
///     `log-prob` mean log-probability of a drawn token at temperature 1, in nats;
///     `score 0.0-0.2` to `score 0.8-1.0` histogram of the scores, as shares of the scored samples
public record Health(SortedMap<String, Double> figures) {
    private static final int BINS = 5;

    public Health {
        figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
    }

    /// @param decisions of one round, at least one
    public static Health of(List<Decision> decisions) {
        if (decisions.isEmpty()) {
            throw new IllegalArgumentException("a round without samples has no health; draw at least one");
        }
        TreeMap<String, Double> figures = new TreeMap<>();
        List<Judged> judged = decisions.stream().map(Decision::judged).toList();
        double n = judged.size();
        figures.put("right", count(judged, Judged::isRight) / n);
        figures.put("unjudged", count(judged, each -> each.verdict() instanceof Verdict.Unjudged) / n);
        figures.put("truncated", count(judged, each -> each.sample().finish() instanceof Finish.Truncated) / n);
        figures.put("failed", count(judged, each -> each.sample().finish() instanceof Finish.Failed) / n);
        figures.put("kept", decisions.stream().filter(Decision::isKept).count() / n);
        groups(judged, figures);
        lengths(judged, figures);
        histogram(judged, figures);
        return new Health(figures);
    }

    private static double count(List<Judged> judged, java.util.function.Predicate<Judged> what) {
        return judged.stream().filter(what).count();
    }

    private static void groups(List<Judged> judged, Map<String, Double> figures) {
        Map<String, int[]> rightAndAll = new HashMap<>();
        Set<List<String>> texts = new HashSet<>();
        int duplicates = 0;
        for (Judged each : judged) {
            String problem = each.sample().problem().id();
            int[] counts = rightAndAll.computeIfAbsent(problem, id -> new int[2]);
            counts[0] += each.isRight() ? 1 : 0;
            counts[1]++;
            duplicates += texts.add(List.of(problem, each.sample().text())) ? 0 : 1;
        }
        double problems = rightAndAll.size();
        figures.put(
                "all right",
                rightAndAll.values().stream().filter(c -> c[0] == c[1]).count() / problems);
        figures.put(
                "all wrong",
                rightAndAll.values().stream().filter(c -> c[0] == 0).count() / problems);
        figures.put("duplicates", duplicates / (double) judged.size());
    }

    private static void lengths(List<Judged> judged, Map<String, Double> figures) {
        long tokens = 0;
        double logProb = 0;
        for (Judged each : judged) {
            Sample sample = each.sample();
            int drawn = sample.tokens().count(Author.MODEL);
            tokens += drawn;
            logProb += drawn == 0 ? 0 : sample.tokens().drawnLogProb();
        }
        figures.put("tokens", tokens / (double) judged.size());
        if (tokens > 0) {
            figures.put("log-prob", logProb / tokens);
        }
    }

    private static void histogram(List<Judged> judged, Map<String, Double> figures) {
        int[] bins = new int[BINS];
        int scored = 0;
        for (Judged each : judged) {
            if (each.verdict() instanceof Verdict.Scored(double value, String _)) {
                bins[Math.min(BINS - 1, (int) (value * BINS))]++;
                scored++;
            }
        }
        for (int i = 0; i < BINS && scored > 0; i++) {
            figures.put(
                    "score 0." + 2 * i + "-" + (i == BINS - 1 ? "1.0" : "0." + 2 * (i + 1)), bins[i] / (double) scored);
        }
    }
}
