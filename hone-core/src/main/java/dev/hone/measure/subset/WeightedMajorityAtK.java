package dev.hone.measure.subset;

import dev.hone.run.Seed;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Weighted maj@k: the chance that the answer with the most weight among `k` samples is right,
/// `argmax_a of sum over i with a_i = a of w_i`. With equal weights it is [MajorityAtK].
///
/// Answers that share the first place share it equally; weights within one part in 10^12 of the largest count as
/// equal to it, so that the order of adding decides nothing. A sample without an answer, or with weight 0, has no
/// vote; a subset without any vote counts 0.
///
/// **Exact** up to [#SUBSETS] subsets, as for `k = n` and for all `k` of 14 samples; else the mean over so many
/// subsets drawn by chance, whose standard error is at most 0.008.
public final class WeightedMajorityAtK {
    /// All subsets are looked at if there are at most so many, else so many are drawn.
    public static final int SUBSETS = 4_000;

    private static final double EQUAL = 1 - 1e-12;

    private WeightedMajorityAtK() {}

    /// @param votes at least `k`
    /// @param k at least 1
    /// @param seed of the subsets, such as one derived from the problem's id
    public static Expectation estimate(List<Vote> votes, int k, Seed seed) {
        int n = votes.size();
        Draw.of("weighted maj@" + k, n, k);
        Election election = Election.of(votes);
        return atMost(n, k, SUBSETS) ? all(election, n, k) : drawn(election, n, k, seed.random());
    }

    /// @param answers of each vote
    /// @param weights of each vote
    private record Election(Answers answers, List<Double> weights) {

        static Election of(List<Vote> votes) {
            List<Double> weights = votes.stream()
                    .map(vote -> switch (vote) {
                        case Vote.Cast(String _, boolean _, double weight) -> weight;
                        case Vote.Withheld() -> 0.0;
                    })
                    .toList();
            return new Election(Answers.of(votes), weights);
        }

        /// The share of the first place that right answers have.
        ///
        /// @param subset indices of votes; the first `k` count
        double won(int[] subset, int k) {
            double[] sums = new double[answers.count()];
            double most = 0;
            for (int i = 0; i < k; i++) {
                int answer = answers.byVote().get(subset[i]);
                if (answer != Answers.NONE) {
                    sums[answer] += weights.get(subset[i]);
                    most = Math.max(most, sums[answer]);
                }
            }
            int sharing = 0;
            int right = 0;
            for (int answer = 0; answer < sums.length && most > 0; answer++) {
                if (sums[answer] >= most * EQUAL) {
                    sharing++;
                    right += answers.right().get(answer) ? 1 : 0;
                }
            }
            return sharing == 0 ? 0 : (double) right / sharing;
        }
    }

    /// Whether there are at most so many subsets of `k`.
    private static boolean atMost(int n, int k, int limit) {
        double subsets = 1;
        for (int i = 1; i <= Math.min(k, n - k); i++) {
            subsets = subsets * (n - i + 1) / i;
            if (subsets > limit + 0.5) {
                return false;
            }
        }
        return true;
    }

    private static Expectation all(Election election, int n, int k) {
        int[] subset = IntStream.range(0, k).toArray();
        double won = 0;
        int subsets = 0;
        int moved;
        do {
            won += election.won(subset, k);
            subsets++;
            moved = k - 1;
            while (moved >= 0 && subset[moved] == n - k + moved) {
                moved--;
            }
            if (moved >= 0) {
                subset[moved]++;
                for (int i = moved + 1; i < k; i++) {
                    subset[i] = subset[i - 1] + 1;
                }
            }
        } while (moved >= 0);
        return new Expectation.Exact(won / subsets);
    }

    private static Expectation drawn(Election election, int n, int k, SplittableRandom random) {
        int[] order = IntStream.range(0, n).toArray();
        double sum = 0;
        double squares = 0;
        for (int subset = 0; subset < SUBSETS; subset++) {
            for (int i = 0; i < k; i++) {
                int other = random.nextInt(i, n);
                int swapped = order[i];
                order[i] = order[other];
                order[other] = swapped;
            }
            double won = election.won(order, k);
            sum += won;
            squares += won * won;
        }
        double mean = sum / SUBSETS;
        double variance = Math.max(0, squares / SUBSETS - mean * mean) * SUBSETS / (SUBSETS - 1);
        return new Expectation.Sampled(mean, Math.sqrt(variance / SUBSETS), SUBSETS);
    }
}
