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
        if (embeddings.isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] sum = new double[embeddings.getFirst().dimension()];
        long n = 0;
        for (Embedding embedding : embeddings) {
            if (embedding.dimension() != sum.length) {
                throw new IllegalArgumentException("vectors of " + sum.length + " and " + embedding.dimension()
                        + " components cannot be compared; make all of them with one embedder");
            }
            double length = embedding.length();
            if (length > 0) {
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += embedding.at(i) / length;
                }
                n++;
            }
        }
        if (n < 2) {
            return OptionalDouble.empty();
        }
        double square = 0;
        for (double component : sum) {
            square += component * component;
        }
        return OptionalDouble.of(Math.clamp(1 - (square - n) / (n * (n - 1.0)), 0, 2));
    }
}
