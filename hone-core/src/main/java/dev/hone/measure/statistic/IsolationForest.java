package dev.hone.measure.statistic;

import dev.hone.data.Embedding;
import dev.hone.run.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Isolation Forest (Liu, Ting and Zhou 2008): says which vectors stand apart. A tree cuts a few of them
/// again and again, each time along a component drawn at random, at a place drawn between that component's
/// lowest and highest value; what stands apart is alone after few cuts. The score of `x` among `n` vectors
/// is `2^(-E[h(x)] / c(n))` with `h` the cuts that it took in a tree and `c(n)` the mean of a tree of
/// random order: in `(0, 1)`, above 0.5 for what is alone sooner than that, 0.5 for all where all are
/// alike.
///
/// A component in which a node's vectors do not differ is not drawn for it. Where a tree ends with `m`
/// vectors together, `c(m)` is added. `c(n) = 2 H(n-1) - 2 (n-1) / n` takes the harmonic numbers as they
/// are, where the paper approximates them.
///
/// @param trees at least 1
/// @param subsample vectors that a tree is made of, at most, at least 2; without replacement
public record IsolationForest(int trees, int subsample) {

    public IsolationForest {
        if (trees < 1) {
            throw new IllegalArgumentException("trees must be at least 1 but were " + trees + "; the paper takes 100");
        }
        if (subsample < 2) {
            throw new IllegalArgumentException(
                    "subsample must be at least 2 vectors but was " + subsample + "; the paper takes 256");
        }
    }

    /// The paper's 100 trees of 256.
    public static IsolationForest standard() {
        return new IsolationForest(100, 256);
    }

    /// @param vectors at least two, of one dimension
    /// @param seed of the trees
    /// @return a score each, in the order given
    public List<Double> scores(List<Embedding> vectors, Seed seed) {
        float[][] rows = rows(vectors);
        int size = Math.min(subsample, rows.length);
        int deepest = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1); // the logarithm, rounded up
        double[] cuts = new double[rows.length];
        for (int i = 0; i < trees; i++) {
            SplittableRandom random = seed.derive(i).random();
            Tree tree = Tree.grow(rows, drawn(rows.length, size, random), deepest, random);
            for (int row = 0; row < rows.length; row++) {
                cuts[row] += tree.cuts(rows[row]);
            }
        }
        double usual = Tree.usualCuts(size);
        return Arrays.stream(cuts)
                .mapToObj(all -> Math.pow(2, -all / trees / usual))
                .toList();
    }

    private static float[][] rows(List<Embedding> vectors) {
        if (vectors.size() < 2) {
            throw new IllegalArgumentException(
                    "what stands apart shows among at least 2 vectors but there are " + vectors.size());
        }
        int dimension = vectors.getFirst().dimension();
        float[][] rows = new float[vectors.size()][dimension];
        for (int row = 0; row < rows.length; row++) {
            Embedding vector = vectors.get(row);
            if (vector.dimension() != dimension) {
                throw new IllegalArgumentException("vectors of " + dimension + " and " + vector.dimension()
                        + " components cannot be compared; make all of them with one embedder");
            }
            for (int i = 0; i < dimension; i++) {
                rows[row][i] = vector.at(i);
            }
        }
        return rows;
    }

    /// The first `size` of a shuffle.
    private static int[] drawn(int all, int size, SplittableRandom random) {
        int[] order = IntStream.range(0, all).toArray();
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i, all);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return Arrays.copyOf(order, size);
    }

    /// One tree of cuts.
    private sealed interface Tree {

        /// @param rows that were together where the tree ended
        record Leaf(int rows) implements Tree {}

        /// @param below those whose component is below the cut
        record Cut(int component, float at, Tree below, Tree above) implements Tree {}

        static Tree grow(float[][] rows, int[] own, int deepest, SplittableRandom random) {
            if (own.length < 2 || deepest == 0) {
                return new Leaf(own.length);
            }
            int component = differing(rows, own, random);
            if (component < 0) {
                return new Leaf(own.length);
            }
            float lowest = lowest(rows, own, component);
            float highest = highest(rows, own, component);
            // above the lowest and at most the highest, so that both sides have a row
            float at = Math.clamp((float) random.nextDouble(lowest, highest), Math.nextUp(lowest), highest);
            int[] below =
                    Arrays.stream(own).filter(row -> rows[row][component] < at).toArray();
            int[] above =
                    Arrays.stream(own).filter(row -> rows[row][component] >= at).toArray();
            return new Cut(
                    component, at, grow(rows, below, deepest - 1, random), grow(rows, above, deepest - 1, random));
        }

        /// One of the components in which the rows differ, each as likely; -1 where there is none. Drawn
        /// blindly as long as that is cheaper than to look at all of them.
        private static int differing(float[][] rows, int[] own, SplittableRandom random) {
            int dimension = rows[0].length;
            for (int attempt = 0; attempt < dimension; attempt++) {
                int component = random.nextInt(dimension);
                if (lowest(rows, own, component) < highest(rows, own, component)) {
                    return component;
                }
            }
            int[] all = IntStream.range(0, dimension)
                    .filter(component -> lowest(rows, own, component) < highest(rows, own, component))
                    .toArray();
            return all.length == 0 ? -1 : all[random.nextInt(all.length)];
        }

        private static float lowest(float[][] rows, int[] own, int component) {
            float lowest = Float.POSITIVE_INFINITY;
            for (int row : own) {
                lowest = Math.min(lowest, rows[row][component]);
            }
            return lowest;
        }

        private static float highest(float[][] rows, int[] own, int component) {
            float highest = Float.NEGATIVE_INFINITY;
            for (int row : own) {
                highest = Math.max(highest, rows[row][component]);
            }
            return highest;
        }

        /// `h(x)`.
        default double cuts(float[] row) {
            int depth = 0;
            Tree at = this;
            while (at instanceof Cut cut) {
                at = row[cut.component] < cut.at ? cut.below : cut.above;
                depth++;
            }
            return at instanceof Leaf(int together) ? depth + usualCuts(together) : depth;
        }

        /// `c(n)`: the mean number of cuts until one of `n` rows in random order is alone.
        static double usualCuts(int rows) {
            double harmonic = 0;
            for (int i = 1; i < rows; i++) {
                harmonic += 1.0 / i;
            }
            return rows < 2 ? 0 : 2 * harmonic - 2.0 * (rows - 1) / rows;
        }
    }
}
