package dev.hone.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Texts laid side by side into slices of one length, so that little is computed on padding. A text sees
/// only itself.
///
/// @param length of a slice, in tokens
/// @param ids `[slices * length]`; 0 where nothing lies
/// @param positions `[slices * length]`: place within its text
/// @param owners `[slices * length]`: which text lies here, -1 where none
/// @param rows places whose logits are needed, ascending
/// @param targets the token that follows each of `rows`
/// @param sharpness by which the logits of each of `rows` are multiplied: one over the temperature
/// @param reads places where a head is read, text by text
/// @param places for each text, where its first token lies
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record Packing(
        int length,
        long[] ids,
        int[] positions,
        int[] owners,
        long[] rows,
        long[] targets,
        float[] sharpness,
        long[] reads,
        int[] places) {

    /// Short texts share a slice: each slice and head costs a dispatch. 32, 64 and 96 are equally fast for
    /// the embedded model.
    private static final int SHORTEST_SLICE = 96;

    int slices() {
        return ids.length / length;
    }

    /// First fit, longest text first: the same texts are always laid the same way.
    static Packing of(List<Text> texts) {
        List<Integer> longestFirst = IntStream.range(0, texts.size())
                .boxed()
                .sorted(Comparator.comparingInt(i -> -texts.get(i).ids().length))
                .toList();
        int length = Math.max(SHORTEST_SLICE, texts.get(longestFirst.getFirst()).ids().length);
        var used = new ArrayList<Integer>();
        int[] places = new int[texts.size()];
        int firstWithRoom = 0;
        for (int i : longestFirst) {
            int size = texts.get(i).ids().length;
            int slice = firstWithRoom;
            while (slice < used.size() && used.get(slice) + size > length) {
                slice++;
            }
            if (slice == used.size()) {
                used.add(0);
            }
            places[i] = slice * length + used.get(slice);
            used.set(slice, used.get(slice) + size);
            while (firstWithRoom < used.size() && used.get(firstWithRoom) + 2 > length) {
                firstWithRoom++;
            }
        }
        return lay(texts, places, length, used.size());
    }

    private static Packing lay(List<Text> texts, int[] places, int length, int slices) {
        int total = Math.multiplyExact(slices, length);
        long[] ids = new long[total];
        int[] positions = new int[total];
        int[] owners = new int[total];
        float[] sharpnessOfNext = new float[total]; // 0 where nothing is predicted
        Arrays.fill(owners, -1);
        int counted = 0;
        for (int t = 0; t < places.length; t++) {
            Text text = texts.get(t);
            for (int j = 0; j < text.ids().length; j++) {
                int at = places[t] + j;
                ids[at] = text.ids()[j];
                positions[at] = j;
                owners[at] = t;
                if (text.weights()[j] != 0) {
                    sharpnessOfNext[at - 1] = (float) (1 / text.temperature());
                    counted++;
                }
            }
        }
        long[] rows = new long[counted];
        long[] targets = new long[counted];
        float[] sharpness = new float[counted];
        int next = 0;
        for (int at = 0; at < total; at++) {
            if (sharpnessOfNext[at] != 0) {
                rows[next] = at;
                targets[next] = ids[at + 1];
                sharpness[next++] = sharpnessOfNext[at];
            }
        }
        return new Packing(length, ids, positions, owners, rows, targets, sharpness, reads(texts, places), places);
    }

    private static long[] reads(List<Text> texts, int[] places) {
        return IntStream.range(0, places.length)
                .boxed()
                .flatMapToLong(t -> Arrays.stream(texts.get(t).reads()).mapToLong(read -> places[t] + read))
                .toArray();
    }

    /// What is added to attention scores, `[slices, length, length]`: 0 where the place on the right is an
    /// earlier one (or the same) of the same text, else a number that softmax turns into 0.
    float[] mask() {
        float[] mask = new float[Math.multiplyExact(ids.length, length)];
        Arrays.fill(mask, -1e30f);
        for (int at = 0; at < ids.length; at++) {
            int slice = at / length * length;
            for (int other = slice; other <= at; other++) {
                if (owners[other] == owners[at]) {
                    mask[at * length + other - slice] = 0f;
                }
            }
        }
        return mask;
    }
}
