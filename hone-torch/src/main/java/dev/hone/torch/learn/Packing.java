package dev.hone.torch.learn;

import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.objective.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/// Texts laid into slices of one length, so that little is computed on padding or twice: texts that begin alike share
/// the places of their beginning, and trees of them lie side by side. A text sees only itself.
///
/// @param length of a slice, in tokens
/// @param ids `[slices * length]`; 0 where nothing lies
/// @param positions `[slices * length]`: place within its text
/// @param parents `[slices * length]`: where the token before lies, -1 for a first token and where nothing
///     lies
/// @param rows where the logits are that are needed, text by text; texts that share a place may both need it
/// @param targets the token that follows each of `rows`
/// @param sharpness by which the logits of each of `rows` are multiplied: one over the temperature
/// @param reads places where a head is read, text by text
/// @param ends for each text, where its last token lies
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
public record Packing(
        int length,
        long[] ids,
        int[] positions,
        int[] parents,
        long[] rows,
        long[] targets,
        float[] sharpness,
        long[] reads,
        long[] ends) {

    /// Short texts share a slice: each slice and head costs a dispatch. 32, 64 and 96 are equally fast for
    /// the embedded model.
    private static final int SHORTEST_SLICE = 96;
    /// Slices are so many tokens long, or a multiple: machine code is made for each shape, and memory that is
    /// freed fits again. Of 16, 32, 48 and 64 this is the fastest for a model of 135M parameters, by 4 to 7%.
    private static final int STRIDE = 32;

    int slices() {
        return ids.length / length;
    }

    /// The slices of that length which cost least: in longer ones more beginnings are shared and less is padded, but a
    /// place is multiplied with its whole slice. The same texts are always laid the same way.
    public static Packing of(DecoderConfig config, List<Text> texts) {
        List<Integer> inOrder = Branching.inOrder(texts);
        int longest = texts.stream().mapToInt(text -> text.ids().length).max().orElse(0);
        int length = Math.max(SHORTEST_SLICE, longest);
        Slices best = Slices.of(Branching.of(texts, inOrder, length), length);
        for (Slices longer = best; longer.used.size() > 1; ) {
            length += Math.max(1, length / 8);
            longer = Slices.of(Branching.of(texts, inOrder, length), length);
            if (longer.cost(config.hidden()) < best.cost(config.hidden())) {
                best = longer;
            }
        }
        return lay(texts, best.places(texts.size()), best.length(), best.used.size());
    }

    /// Trees in slices.
    ///
    /// @param used of each slice, how many places
    /// @param starts of each tree, where its first place lies: its slice and the place in it
    private record Slices(List<Branching> trees, List<Integer> used, List<int[]> starts) {

        /// First fit, largest tree first.
        static Slices of(List<Branching> trees, int length) {
            List<Branching> largestFirst = trees.stream()
                    .sorted(Comparator.comparingInt(tree -> -tree.size()))
                    .toList();
            List<Integer> used = new ArrayList<>();
            List<int[]> starts = new ArrayList<>();
            int firstWithRoom = 0;
            for (Branching tree : largestFirst) {
                int slice = firstWithRoom;
                while (slice < used.size() && used.get(slice) + tree.size() > length) {
                    slice++;
                }
                if (slice == used.size()) {
                    used.add(0);
                }
                starts.add(new int[] {slice, used.get(slice)});
                used.set(slice, used.get(slice) + tree.size());
                while (firstWithRoom < used.size() && used.get(firstWithRoom) + 2 > length) {
                    firstWithRoom++;
                }
            }
            return new Slices(largestFirst, used, starts);
        }

        int length() {
            return Math.ceilDiv(Math.max(SHORTEST_SLICE, Collections.max(used)), STRIDE) * STRIDE;
        }

        /// Up to a factor: the products with matrices, which are linear in the places, and those of attention. Both
        /// cost the same in slices of 3.4 hidden sizes, as measured on a model of 135M parameters.
        double cost(int hidden) {
            return used.size() * length() * (3.4 * hidden + length());
        }

        /// For each text, where its tokens lie.
        int[][] places(int texts) {
            int[][] places = new int[texts][];
            for (int t = 0; t < trees.size(); t++) {
                Branching tree = trees.get(t);
                int from = starts.get(t)[0] * length() + starts.get(t)[1];
                for (int i = 0; i < tree.texts().size(); i++) {
                    places[tree.texts().get(i)] = Arrays.stream(tree.paths().get(i))
                            .map(place -> from + place)
                            .toArray();
                }
            }
            return places;
        }
    }

    private static Packing lay(List<Text> texts, int[][] places, int length, int slices) {
        int total = Math.multiplyExact(slices, length);
        long[] ids = new long[total];
        int[] positions = new int[total];
        int[] parents = new int[total];
        Arrays.fill(parents, -1);
        int counted = texts.stream().mapToInt(Text::counted).sum();
        long[] rows = new long[counted];
        long[] targets = new long[counted];
        float[] sharpness = new float[counted];
        long[] ends = new long[texts.size()];
        int next = 0;
        for (int t = 0; t < places.length; t++) {
            Text text = texts.get(t);
            int before = -1;
            for (int j = 0; j < text.ids().length; j++) {
                int at = places[t][j];
                ids[at] = text.ids()[j];
                positions[at] = j;
                parents[at] = before;
                if (text.weights()[j] != 0) {
                    rows[next] = before;
                    targets[next] = ids[at];
                    sharpness[next++] = (float) (1 / text.temperature());
                }
                before = at;
            }
            ends[t] = before;
        }
        return new Packing(length, ids, positions, parents, rows, targets, sharpness, reads(texts, places), ends);
    }

    private static long[] reads(List<Text> texts, int[][] places) {
        List<Long> all = new ArrayList<>();
        for (int t = 0; t < places.length; t++) {
            for (int read : texts.get(t).reads()) {
                all.add((long) places[t][read]);
            }
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    /// What is added to attention scores, `[slices, length, length]`: 0 where the place on the right is the
    /// same or on the way to it from the first token of its text, else a number that softmax turns into 0.
    float[] mask() {
        float[] mask = new float[Math.multiplyExact(ids.length, length)];
        Arrays.fill(mask, -1e30f);
        for (int at = 0; at < ids.length; at++) {
            int parent = parents[at];
            if (parent >= 0) {
                System.arraycopy(mask, parent * length, mask, at * length, parent % length + 1);
            }
            mask[at * length + at % length] = 0f;
        }
        return mask;
    }
}
