package dev.hone.method.dive;

import dev.hone.data.Embedding;
import dev.hone.measure.diversity.DistinctN;
import dev.hone.measure.diversity.EmbeddingDiversity;
import dev.hone.measure.diversity.RunningDiversity;
import dev.hone.method.dive.Selection.Measure;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// Picks texts one by one: the first by the seed, then always the one with which the picked ones are most
/// different. Of those that tie the first is taken; one for which the measure is not defined comes last.
///
/// Costs one evaluation of the measure for each text that is left, each time (card dive, "Pitfalls").
record GreedyPick(Measure measure) {

    /// @return at most `wanted`, in the order in which they were picked
    List<Candidate> from(List<Candidate> texts, int wanted, Seed seed) {
        List<Candidate> left = new ArrayList<>(texts);
        List<Candidate> picked = new ArrayList<>();
        RunningDiversity<Embedding> embeddings = new EmbeddingDiversity.Running();
        RunningDiversity<List<?>> words = new DistinctN.Running();
        while (picked.size() < wanted && !left.isEmpty()) {
            int next = picked.isEmpty() ? seed.random().nextInt(left.size()) : best(left, embeddings, words);
            Candidate candidate = left.remove(next);
            embeddings.add(candidate.embedding());
            words.add(candidate.words());
            picked.add(candidate);
        }
        return picked;
    }

    private int best(List<Candidate> left, RunningDiversity<Embedding> embeddings, RunningDiversity<List<?>> words) {
        double[] values = switch (measure) {
            case EMBEDDING -> embedded(left, embeddings);
            case DISTINCT_N -> worded(left, words);
            case BOTH -> sum(standard(embedded(left, embeddings)), standard(worded(left, words)));
        };
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static double[] embedded(List<Candidate> left, RunningDiversity<Embedding> set) {
        return left.stream()
                .mapToDouble(each -> known(set.with(each.embedding())))
                .toArray();
    }

    private static double[] worded(List<Candidate> left, RunningDiversity<List<?>> set) {
        return left.stream().mapToDouble(each -> known(set.with(each.words()))).toArray();
    }

    /// Both measures are at least 0 where they are defined.
    private static double known(OptionalDouble value) {
        return value.orElse(-1);
    }

    /// Less the mean, over the deviation; all 0 where they are equal.
    private static double[] standard(double[] values) {
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        double[] standard = new double[values.length];
        for (int i = 0; i < values.length && variance > 0; i++) {
            standard[i] = (values[i] - mean) / Math.sqrt(variance);
        }
        return standard;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }
}
