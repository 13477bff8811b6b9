package dev.hone.measure.diversity;

import dev.hone.data.Embedding;
import java.util.List;
import java.util.OptionalDouble;

/// One minus the mean cosine over all pairs of vectors (DIVE, card dive, step 2e: SentBERT diversity). 0 where all
/// point the same way, 1 where they are at right angles on the average; at most 2.
///
/// With `u_i` the vectors at length 1 and `S` their sum, the mean cosine is `(S·S - n) / (n (n - 1))`, so that `n`
/// vectors of dimension `d` take `O(n d)` and not `O(n^2 d)`.
public final class EmbeddingDiversity {
    private EmbeddingDiversity() {}

    /// @param embeddings of one dimension; those of all zeros have no direction and are left out
    /// @return nothing for fewer than two vectors with a direction
    public static OptionalDouble of(List<Embedding> embeddings) {
        Running running = new Running();
        embeddings.forEach(running::add);
        return running.value();
    }

    /// The same of a set that grows. To add a vector takes `O(d)`, and so does to ask what it would make of the set.
    public static final class Running implements RunningDiversity<Embedding> {
        private double[] sum = {};
        private double square;
        private long n;

        @Override
        public OptionalDouble value() {
            return diversity(square, n);
        }

        @Override
        public OptionalDouble with(Embedding candidate) {
            double length = length(candidate);
            return length == 0 ? value() : diversity(squareWith(candidate, length), n + 1);
        }

        @Override
        public void add(Embedding member) {
            double length = length(member);
            if (length == 0) {
                return;
            }
            square = squareWith(member, length);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += member.at(i) / length;
            }
            n++;
        }

        /// @return 0 where it has no direction
        private double length(Embedding embedding) {
            if (sum.length == 0) {
                sum = new double[embedding.dimension()];
            }
            if (embedding.dimension() != sum.length) {
                throw new IllegalArgumentException("vectors of " + sum.length + " and " + embedding.dimension()
                        + " components cannot be compared; make all of them with one embedder");
            }
            return embedding.length();
        }

        /// `(S + u)·(S + u)`
        private double squareWith(Embedding embedding, double length) {
            double all = 0;
            for (int i = 0; i < sum.length; i++) {
                double component = sum[i] + embedding.at(i) / length;
                all += component * component;
            }
            return all;
        }

        private static OptionalDouble diversity(double square, long n) {
            return n < 2
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.clamp(1 - (square - n) / (n * (n - 1.0)), 0, 2));
        }
    }
}
