package dev.hone.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Moves a batch of independent sequences on by one token each, with their keys and values kept.
///
/// A row is a column of every matrix here: arrays are `[dimension][row]`, so that the loops of [Lanes] run over rows.
/// All rows write their keys into the same slot of a ring at a step; a row sees the slots since it was
/// [started][#start]. What a row computes does not depend, in a single bit, on what the other rows do: see
/// [MatrixProduct] and [Lanes]; slots before a row's start enter its sums as exact zeros.
///
/// One thread at a time.
final class RowDecoder {
    private final RowWeights weights;
    private final DecoderConfig config;
    private final int width;
    private final int capacity;
    private final float[][][][] keys; // [layer][slot][dimension][row]
    private final float[][][][] values;
    private final long[] starts;
    private final float[][] sight; // [slot][row]: 1 where the row sees the slot, else 0
    private final float[][] blind; // [slot][row]: 0 where the row sees the slot, else -infinity
    private final float[][] cos; // [pair][row]
    private final float[][] sin;
    private final float[] cosines; // [position][pair]
    private final float[] sines;
    private final float[][] stream;
    private final float[][] inner;
    private final float[][] wide;
    private final float[][] scores; // [slot][row]
    private final float[] flatIn;
    private final float[] flatOut;
    private final float[] sum;
    private final float[] scale;
    private final float[] ones;
    private final float[][] logits; // [token][row]
    private final Lanes.Scratch scratch;
    private long now;

    /// @param width rows, a multiple of [MatrixProduct#PANEL]
    /// @param capacity longest sequence, prompt and completion together
    RowDecoder(RowWeights weights, int width, int capacity) {
        if (width % MatrixProduct.PANEL != 0) {
            throw new IllegalArgumentException("width " + width + " is no multiple of " + MatrixProduct.PANEL);
        }
        this.weights = weights;
        this.config = weights.config();
        this.width = width;
        this.capacity = capacity;
        this.keys = new float[config.layers()][capacity][][];
        this.values = new float[config.layers()][capacity][][];
        this.starts = new long[width];
        this.sight = new float[capacity][];
        this.blind = new float[capacity][];
        this.scores = new float[capacity][];
        int pairs = config.headSize() / 2;
        this.cosines = config.rope().cosines(config.headSize(), capacity);
        this.sines = config.rope().sines(config.headSize(), capacity);
        this.cos = new float[pairs][width];
        this.sin = new float[pairs][width];
        this.stream = new float[config.hidden()][width];
        this.inner = new float[Math.max(config.queryWidth(), config.hidden())][width];
        int joined = Math.max(config.queryWidth() + 2 * config.keyValueWidth(), 2 * config.intermediate());
        this.wide = new float[joined][width];
        int widest = Math.max(Math.max(config.queryWidth(), config.hidden()), config.intermediate());
        this.flatIn = new float[Math.multiplyExact(widest, width)];
        this.flatOut =
                new float[Math.multiplyExact(Math.max(Math.max(joined, config.hidden()), config.vocabulary()), width)];
        this.sum = new float[width];
        this.scale = new float[width];
        this.ones = new float[width];
        Arrays.fill(ones, 1f);
        this.logits = new float[config.vocabulary()][width];
        this.scratch = new Lanes.Scratch(width);
    }

    int width() {
        return width;
    }

    /// The next token of this row is the first of a new sequence.
    void start(int row) {
        starts[row] = now;
    }

    /// Keys and values of a row so far, `[layer][position][keys, then values]`.
    float[][][] snapshot(int row) {
        int length = (int) (now - starts[row]);
        int size = config.keyValueWidth();
        float[][][] saved = new float[config.layers()][length][2 * size];
        for (int layer = 0; layer < saved.length; layer++) {
            for (int position = 0; position < length; position++) {
                int slot = slot(starts[row] + position);
                float[] to = saved[layer][position];
                for (int d = 0; d < size; d++) {
                    to[d] = keys[layer][slot][d][row];
                    to[size + d] = values[layer][slot][d][row];
                }
            }
        }
        return saved;
    }

    /// Continues another row's sequence from its snapshot. The ring must be at least as far as the snapshot is long.
    void restore(int row, float[][][] saved) {
        int length = saved[0].length;
        int size = config.keyValueWidth();
        starts[row] = now - length;
        for (int layer = 0; layer < saved.length; layer++) {
            for (int position = 0; position < length; position++) {
                int slot = slot(starts[row] + position);
                float[] from = saved[layer][position];
                for (int d = 0; d < size; d++) {
                    keys[layer][slot][d][row] = from[d];
                    values[layer][slot][d][row] = from[size + d];
                }
            }
        }
    }

    private int slot(long step) {
        return (int) (step % capacity);
    }

    /// Feeds one token to every row.
    ///
    /// @param tokens one id a row; a free row needs any valid id and must have been started at this step
    /// @param head whether any row needs its logits
    /// @return `[token][row]` float32, valid until the next step; unspecified without `head`
    float[][] step(int[] tokens, Head head) {
        int slot = slot(now);
        open(slot);
        for (int row = 0; row < width; row++) {
            int from = tokens[row] * config.hidden();
            for (int d = 0; d < config.hidden(); d++) {
                stream[d][row] = weights.embedding()[from + d];
            }
        }
        turnToPositions();
        List<Integer> window = window();
        for (int layer = 0; layer < config.layers(); layer++) {
            RowWeights.Layer parts = weights.layers()[layer];
            normalise(parts.attentionNorm());
            multiply(parts.queryKeyValue(), config.hidden(), wide);
            attend(layer, slot, window);
            flatten(inner, config.queryWidth());
            multiply(parts.attentionOut(), config.queryWidth(), inner);
            addToStream();
            normalise(parts.gatedNorm());
            multiply(parts.gateUp(), config.hidden(), wide);
            for (int d = 0; d < config.intermediate(); d++) {
                Lanes.gated(wide[d], wide[config.intermediate() + d], scratch);
            }
            flatten(wide, config.intermediate());
            multiply(parts.down(), config.intermediate(), inner);
            addToStream();
        }
        if (head == Head.COMPUTED) {
            normalise(weights.norm());
            multiply(weights.head(), config.hidden(), logits);
        }
        now++;
        return logits;
    }

    /// Whether a step goes through to the logits.
    enum Head {
        COMPUTED,
        SKIPPED
    }

    private void open(int slot) {
        if (sight[slot] != null) {
            return;
        }
        sight[slot] = new float[width];
        blind[slot] = new float[width];
        scores[slot] = new float[width];
        for (int layer = 0; layer < config.layers(); layer++) {
            keys[layer][slot] = new float[config.keyValueWidth()][width];
            values[layer][slot] = new float[config.keyValueWidth()][width];
        }
    }

    private void turnToPositions() {
        for (int row = 0; row < width; row++) {
            int at = (int) (now - starts[row]) * cos.length;
            for (int pair = 0; pair < cos.length; pair++) {
                cos[pair][row] = cosines[at + pair];
                sin[pair][row] = sines[at + pair];
            }
        }
    }

    /// The slots that some row sees, oldest first, with what each row sees of them.
    private List<Integer> window() {
        long oldest = now;
        for (long start : starts) {
            oldest = Math.min(oldest, start);
        }
        var slots = new ArrayList<Integer>();
        for (long step = oldest; step <= now; step++) {
            int slot = slot(step);
            for (int row = 0; row < width; row++) {
                boolean sees = step >= starts[row];
                sight[slot][row] = sees ? 1f : 0f;
                blind[slot][row] = sees ? 0f : Float.NEGATIVE_INFINITY;
            }
            slots.add(slot);
        }
        return slots;
    }

    private void normalise(float[] weight) {
        Arrays.fill(sum, 0f);
        for (float[] dimension : stream) {
            Lanes.addProduct(sum, dimension, dimension);
        }
        Lanes.inverseRoot(scale, sum, config.hidden(), config.normEpsilon());
        for (int d = 0; d < stream.length; d++) {
            Lanes.product(inner[d], stream[d], scale, weight[d]);
        }
        flatten(inner, stream.length);
    }

    private void flatten(float[][] from, int dimensions) {
        for (int d = 0; d < dimensions; d++) {
            System.arraycopy(from[d], 0, flatIn, d * width, width);
        }
    }

    /// `matrix x flatIn`, into as many dimensions of `to` as the matrix has rows.
    private void multiply(float[] matrix, int in, float[][] to) {
        int out = matrix.length / in;
        weights.product().multiply(matrix, out, in, flatIn, flatOut, width);
        for (int d = 0; d < out; d++) {
            System.arraycopy(flatOut, d * width, to[d], 0, width);
        }
    }

    private void addToStream() {
        for (int d = 0; d < stream.length; d++) {
            Lanes.add(stream[d], inner[d]);
        }
    }

    /// From `wide` (queries, keys, values) to `inner` (one mixture of values a query head).
    private void attend(int layer, int slot, List<Integer> window) {
        int size = config.headSize();
        int half = size / 2;
        for (int head = 0; head < config.heads() + config.keyValueHeads(); head++) {
            for (int pair = 0; pair < half; pair++) {
                Lanes.rotate(wide[head * size + pair], wide[head * size + half + pair], cos[pair], sin[pair]);
            }
        }
        int firstKey = config.queryWidth();
        int firstValue = firstKey + config.keyValueWidth();
        for (int d = 0; d < config.keyValueWidth(); d++) {
            System.arraycopy(wide[firstKey + d], 0, keys[layer][slot][d], 0, width);
            System.arraycopy(wide[firstValue + d], 0, values[layer][slot][d], 0, width);
        }
        int group = config.heads() / config.keyValueHeads();
        for (int head = 0; head < config.heads(); head++) {
            weigh(head * size, keys[layer], head / group * size, window);
            mix(head * size, values[layer], head / group * size, window);
        }
    }

    /// Softmax over the window of query times key, unnormalised in `scores`, one over its sum in `scale`.
    private void weigh(int query, float[][][] layerKeys, int key, List<Integer> window) {
        float factor = (float) (1 / Math.sqrt(config.headSize()));
        Arrays.fill(scale, Float.NEGATIVE_INFINITY);
        for (int slot : window) {
            float[][] k = layerKeys[slot];
            Arrays.fill(sum, 0f);
            int d = 0;
            for (; d + 4 <= config.headSize(); d += 4) {
                int q = query + d;
                int at = key + d;
                Lanes.addProducts(
                        sum, wide[q], k[at], wide[q + 1], k[at + 1], wide[q + 2], k[at + 2], wide[q + 3], k[at + 3]);
            }
            for (; d < config.headSize(); d++) {
                Lanes.addProduct(sum, wide[query + d], k[key + d]);
            }
            Lanes.scaled(scores[slot], sum, factor, blind[slot]);
            Lanes.max(scale, scores[slot]);
        }
        Arrays.fill(sum, 0f);
        for (int slot : window) {
            Lanes.exponential(scores[slot], scores[slot], scale, ones, sight[slot], scratch);
            Lanes.add(sum, scores[slot]);
        }
        Lanes.inverse(scale, sum);
    }

    private void mix(int out, float[][][] layerValues, int value, List<Integer> window) {
        for (int d = 0; d < config.headSize(); d++) {
            float[] mixture = inner[out + d];
            int at = value + d;
            Arrays.fill(mixture, 0f);
            int i = 0;
            for (; i + 4 <= window.size(); i += 4) {
                int a = window.get(i);
                int b = window.get(i + 1);
                int c = window.get(i + 2);
                int e = window.get(i + 3);
                Lanes.addProducts(
                        mixture,
                        scores[a],
                        layerValues[a][at],
                        scores[b],
                        layerValues[b][at],
                        scores[c],
                        layerValues[c][at],
                        scores[e],
                        layerValues[e][at]);
            }
            for (; i < window.size(); i++) {
                Lanes.addProduct(mixture, scores[window.get(i)], layerValues[window.get(i)][at]);
            }
            Lanes.product(mixture, mixture, scale, 1f);
        }
    }
}
