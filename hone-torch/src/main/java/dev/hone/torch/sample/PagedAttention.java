package dev.hone.torch.sample;

import dev.hone.torch.kernel.Inputs;
import dev.hone.torch.kernel.RowProduct;
import dev.hone.torch.kernel.Vectors;
import dev.hone.torch.model.DecoderConfig;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Softmax of queries times keys, times values, over [KeyValuePages]: a few rows, each a token with its sequence, that
/// look together. Pages that their sequences have in common are multiplied with once for all of them (Hydragen,
/// Juravsky
/// et al. 2024), the others for each. What a row gets does not depend, in a single bit, on the others.
///
/// A page is multiplied with [several key heads at once](KeyValuePages#atOnce), for all the heads that look at them; of
/// what comes out a head reads what belongs to its own key head.
///
/// Scratch memory of one thread: `begin`, `add` for each row, `look`, `take` for each row.
final class PagedAttention {
    /// Rows at most.
    static final int BUNDLE = 4;
    private static final int STRETCH = 1024;

    private final DecoderConfig config;
    private final RowProduct product;
    private final KeyValuePages memory;
    private final int atOnce; // key heads
    private final int headsAtOnce; // heads that look at these
    private final Pages.Sequence[] sequences = new Pages.Sequence[BUNDLE];
    private final int[] seen = new int[BUNDLE]; // positions that a row looks at
    private final Inputs queries; // [slot][head size]
    private final float[] products; // of a page: [row][head at once][key head at once][position]
    private final float[] scores; // [slot][stride]
    private final float[] dense; // scores of all rows and heads without a gap
    private final Inputs shares; // [slot][stride]
    private final float[] mixture; // [slot][key head at once][head size]
    private final Vectors.Scratch scratch = new Vectors.Scratch(STRETCH);
    private int layer;
    private int rows;
    private int stride; // positions in the pages of the longest row

    /// @param capacity longest sequence
    PagedAttention(DecoderConfig config, RowProduct product, KeyValuePages memory, int capacity) {
        this.config = config;
        this.product = product;
        this.memory = memory;
        this.atOnce = KeyValuePages.atOnce(config);
        this.headsAtOnce = headsAtOnce(config);
        int slots = BUNDLE * config.heads();
        int room = Math.multiplyExact(slots, pages(capacity) * Pages.SIZE);
        this.queries = Inputs.of(product.dtype(), slots * config.headSize());
        this.products = new float[BUNDLE * headsAtOnce * atOnce * Pages.SIZE];
        this.scores = new float[room];
        this.dense = new float[room];
        this.shares = Inputs.of(product.dtype(), room);
        this.mixture = new float[slots * atOnce * config.headSize()];
    }

    /// Heads that look at the key heads that are multiplied with at once.
    private static int headsAtOnce(DecoderConfig config) {
        return KeyValuePages.atOnce(config) * config.heads() / config.keyValueHeads();
    }

    /// The heights of its products, from the smallest on.
    static int[] heights(DecoderConfig config) {
        int[] heights = new int[BUNDLE];
        Arrays.setAll(heights, i -> (i + 1) * headsAtOnce(config));
        return heights;
    }

    private static int pages(int positions) {
        return Math.ceilDiv(positions, Pages.SIZE);
    }

    void begin(int layer) {
        this.layer = layer;
        rows = 0;
        stride = 0;
    }

    /// @param seen positions that the row looks at, its own the last of them
    /// @param from where its queries lie from `at` on, `[heads][head size]`
    void add(Pages.Sequence sequence, int seen, float[] from, int at) {
        int size = config.headSize();
        for (int head = 0; head < config.heads(); head += headsAtOnce) {
            queries.set(slot(head, rows) * size, from, at + head * size, headsAtOnce * size);
        }
        sequences[rows] = sequence;
        this.seen[rows] = seen;
        stride = Math.max(stride, pages(seen) * Pages.SIZE);
        rows++;
    }

    /// @param common pages that the sequences of all rows begin with
    void look(int common) {
        for (int page = 0; page < common; page++) {
            score(0, rows, page);
        }
        for (int row = 0; row < rows; row++) {
            for (int page = common; page < pages(seen[row]); page++) {
                score(row, 1, page);
            }
        }
        share();
        for (int page = 0; page < common; page++) {
            mix(0, rows, page);
        }
        for (int row = 0; row < rows; row++) {
            for (int page = common; page < pages(seen[row]); page++) {
                mix(row, 1, page);
            }
        }
        Arrays.fill(sequences, null);
    }

    /// What a row sees, to `[heads][head size]`.
    void take(int row, Inputs to, int at) {
        int size = config.headSize();
        for (int head = 0; head < config.heads(); head++) {
            int from = (slot(head, row) * atOnce + keyHead(head)) * size;
            to.set(at + head * size, mixture, from, size);
        }
    }

    /// Where a head of a row lies: the rows of the heads that go at once are side by side.
    private int slot(int head, int row) {
        return (head / headsAtOnce * BUNDLE + row) * headsAtOnce + head % headsAtOnce;
    }

    /// The key head of a head, among those that are multiplied with at once.
    private int keyHead(int head) {
        return head * config.keyValueHeads() / config.heads() % atOnce;
    }

    /// Queries of `count` rows from `row` on times the keys of a page of the first one's sequence.
    private void score(int row, int count, int page) {
        int size = config.headSize();
        int width = atOnce * Pages.SIZE;
        for (int head = 0; head < config.heads(); head += headsAtOnce) {
            int first = slot(head, row);
            product.multiply(
                    count * headsAtOnce,
                    width,
                    size,
                    queries.segment()
                            .asSlice((long) first * size * product.dtype().bytes()),
                    size,
                    memory.keys(sequences[row].page(page), layer, head / headsAtOnce),
                    MemorySegment.ofArray(products),
                    width,
                    false);
            for (int i = 0; i < count * headsAtOnce; i++) {
                int own = i * width + keyHead(i % headsAtOnce) * Pages.SIZE;
                System.arraycopy(products, own, scores, (first + i) * stride + page * Pages.SIZE, Pages.SIZE);
            }
        }
    }

    /// Scores to shares that add up to 1 for each row and head; what lies after the row's own position gets none.
    private void share() {
        float factor = (float) (1 / Math.sqrt(config.headSize()));
        int end = 0;
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < config.heads(); head++) {
                int at = slot(head, row) * stride;
                Vectors.shift(dense, end, scores, at, seen[row], Vectors.max(scores, at, seen[row]), factor);
                end += seen[row];
            }
        }
        Vectors.exponential(dense, end, scratch);
        end = 0;
        for (int row = 0; row < rows; row++) {
            int whole = pages(seen[row]) * Pages.SIZE;
            for (int head = 0; head < config.heads(); head++) {
                int at = slot(head, row) * stride;
                float inverse = (float) (1 / Vectors.sum(dense, end, seen[row]));
                Vectors.scale(scores, at, dense, end, seen[row], inverse);
                Arrays.fill(scores, at + seen[row], at + whole, 0f);
                shares.set(at, scores, at, whole);
                end += seen[row];
            }
        }
    }

    /// Shares of `count` rows from `row` on times the values of a page of the first one's sequence.
    private void mix(int row, int count, int page) {
        int width = atOnce * config.headSize();
        for (int head = 0; head < config.heads(); head += headsAtOnce) {
            int first = slot(head, row);
            int share = first * stride + page * Pages.SIZE;
            product.multiply(
                    count * headsAtOnce,
                    width,
                    Pages.SIZE,
                    shares.segment().asSlice((long) share * product.dtype().bytes()),
                    stride,
                    memory.values(sequences[row].page(page), layer, head / headsAtOnce),
                    MemorySegment.ofArray(mixture).asSlice(4L * first * width),
                    width,
                    page > 0);
        }
    }
}
