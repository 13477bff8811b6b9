package dev.hone.torch.sample;

import dev.hone.torch.kernel.Gang;
import dev.hone.torch.kernel.Inputs;
import dev.hone.torch.kernel.PackedMatrix;
import dev.hone.torch.kernel.RowProduct;
import dev.hone.torch.kernel.Vectors;
import dev.hone.torch.model.DecoderConfig;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The decoder for drawing on this machine's processor: Java around one product.
///
/// A row is a token with its sequence; arrays are `[row][dimension]`. What a row computes does not depend, in a single
/// bit, on the other rows: see [RowProduct] and [Vectors].
final class BatchDecoder implements StepDecoder {
    private final BatchWeights weights;
    private final DecoderConfig config;
    private final RowProduct product;
    private final Gang gang;
    private final Arena arena = Arena.ofShared();
    private final KeyValuePages memory;
    private final Pages pages;
    private final int places;
    private final float[] cosines; // [position][pair]
    private final float[] sines;
    private final Pages.Sequence[] sequences;
    private final int[] positions;
    private final int[] tokens;
    private final int[] wanted; // rows whose logits are wanted
    private final int[] bundles; // first row of each, and after the last
    private final int[] common; // pages that the rows of a bundle have in common
    private final float[] stream;
    private final float[] joined; // queries, keys, values
    private final Inputs normed;
    private final Inputs mixed;
    private final Inputs gated;
    private final float[] logits;
    private final Worker[] workers;
    private int rows;
    private int wantedRows;
    private int bundled; // bundles of this step

    /// Scratch memory of one thread.
    private static final class Worker {
        final float[] vector;
        final float[] gate = new float[PackedMatrix.BLOCK * PackedMatrix.ROWS];
        final float[] up = new float[PackedMatrix.BLOCK * PackedMatrix.ROWS];
        final Vectors.Scratch scratch = new Vectors.Scratch(1024);

        final PagedAttention attention;

        Worker(DecoderConfig config, PagedAttention attention) {
            vector = new float[Math.max(config.hidden(), config.intermediate())];
            this.attention = attention;
        }
    }

    /// @param places most tokens of a step
    /// @param wanted most tokens of a step whose logits are wanted
    /// @param capacity longest sequence, prompt and completion together
    BatchDecoder(BatchWeights weights, Gang gang, int places, int wanted, int capacity) {
        this.weights = weights;
        this.config = weights.config();
        this.product = weights.product();
        this.gang = gang;
        this.memory = new KeyValuePages(config, product, arena);
        this.pages = new Pages(memory);
        this.places = places;
        this.cosines = config.rope().cosines(config.headSize(), capacity);
        this.sines = config.rope().sines(config.headSize(), capacity);
        this.sequences = new Pages.Sequence[places];
        this.positions = new int[places];
        this.tokens = new int[places];
        this.wanted = new int[wanted];
        this.bundles = new int[places + 1];
        this.common = new int[places];
        int padded = PackedMatrix.padded(places);
        this.stream = new float[Math.multiplyExact(padded, config.hidden())];
        this.joined = new float[Math.multiplyExact(padded, config.queryWidth() + 2 * config.keyValueWidth())];
        this.normed = Inputs.of(product.dtype(), Math.multiplyExact(padded, config.hidden()));
        this.mixed = Inputs.of(product.dtype(), Math.multiplyExact(padded, config.queryWidth()));
        this.gated = Inputs.of(product.dtype(), Math.multiplyExact(padded, config.intermediate()));
        this.logits = new float[Math.multiplyExact(PackedMatrix.padded(wanted), config.vocabulary())];
        this.workers = new Worker[gang.threads()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(config, new PagedAttention(config, product, memory, capacity));
        }
    }

    @Override
    public Pages pages() {
        return pages;
    }

    @Override
    public void close() {
        arena.close();
    }

    @Override
    public int free() {
        return places - rows;
    }

    @Override
    public int add(Pages.Sequence sequence, int token, boolean logits) {
        sequences[rows] = sequence;
        tokens[rows] = token;
        positions[rows] = sequence.grow();
        if (logits) {
            wanted[wantedRows++] = rows;
        }
        rows++;
        return wantedRows - 1;
    }

    @Override
    public float[] step() {
        bundle();
        gang.each(rows, (from, to, _) -> {
            for (int row = from; row < to; row++) {
                weights.embedding().row(tokens[row], stream, row * config.hidden());
            }
        });
        for (int layer = 0; layer < config.layers(); layer++) {
            attend(layer, weights.layers()[layer]);
            gate(weights.layers()[layer]);
        }
        if (wantedRows > 0) {
            gang.each(wantedRows, (from, to, worker) -> {
                for (int i = from; i < to; i++) {
                    normalise(wanted[i], i, weights.norm(), workers[worker]);
                }
            });
            multiply(weights.head(), wantedRows, normed, logits, false);
        }
        Arrays.fill(sequences, 0, rows, null);
        rows = 0;
        wantedRows = 0;
        return logits;
    }

    private void normalise(int row, int to, float[] weight, Worker worker) {
        int hidden = config.hidden();
        Vectors.normalise(worker.vector, 0, stream, row * hidden, weight, hidden, config.normEpsilon());
        normed.set(to * hidden, worker.vector, 0, hidden);
    }

    private void normalise(float[] weight) {
        gang.each(rows, (from, to, worker) -> {
            for (int row = from; row < to; row++) {
                normalise(row, row, weight, workers[worker]);
            }
        });
    }

    /// All blocks of `matrix`, into `[row][out]`.
    private void multiply(PackedMatrix matrix, int count, Inputs inputs, float[] result, boolean add) {
        MemorySegment segment = MemorySegment.ofArray(result);
        gang.each(matrix.blocks(), (from, to, _) -> {
            for (int block = from; block < to; block++) {
                MemorySegment column = segment.asSlice(4L * matrix.first(block));
                matrix.multiply(block, 0, count, inputs, column, matrix.out(), add);
            }
        });
    }

    private void attend(int layer, BatchWeights.Layer parts) {
        normalise(parts.attentionNorm());
        multiply(parts.queryKeyValue(), rows, normed, joined, false);
        gang.each(rows, (from, to, _) -> {
            for (int row = from; row < to; row++) {
                place(row, layer, parts);
            }
        });
        gang.each(bundled, (from, to, worker) -> {
            for (int i = from; i < to; i++) {
                look(bundles[i], bundles[i + 1], common[i], layer, workers[worker].attention);
            }
        });
        multiply(parts.attentionOut(), rows, mixed, stream, true);
    }

    /// Turns queries and keys to their position and keeps keys and values.
    private void place(int row, int layer, BatchWeights.Layer parts) {
        int start = row * (config.queryWidth() + 2 * config.keyValueWidth());
        float[] bias = parts.bias();
        for (int i = 0; i < bias.length; i++) {
            joined[start + i] += bias[i];
        }
        int key = start + config.queryWidth();
        turn(row, start, config.heads(), parts.queryNorm());
        turn(row, key, config.keyValueHeads(), parts.keyNorm());
        memory.write(sequences[row], positions[row], layer, joined, key, key + config.keyValueWidth());
    }

    private void turn(int row, int start, int heads, float @Nullable [] norm) {
        int size = config.headSize();
        for (int at = start; at < start + heads * size; at += size) {
            if (norm != null) {
                Vectors.normalise(joined, at, joined, at, norm, size, config.normEpsilon());
            }
            Vectors.rotate(joined, at, size, cosines, sines, positions[row] * size / 2);
        }
    }

    /// Pages that a row looks at.
    private int pages(int row) {
        return positions[row] / Pages.SIZE + 1;
    }

    /// Joins rows that lie one behind the other as long as that does not lessen what they have in common.
    private void bundle() {
        bundled = 0;
        for (int row = 0; row < rows; bundled++) {
            bundles[bundled] = row;
            common[bundled] = pages(row);
            int next = row + 1;
            while (next < rows && next - row < PagedAttention.BUNDLE) {
                int both = common(row, next);
                if (both == 0 || (next > row + 1 && both < common[bundled])) {
                    break;
                }
                common[bundled] = Math.min(common[bundled], both);
                next++;
            }
            row = next;
        }
        bundles[bundled] = rows;
    }

    /// Pages that two rows begin with.
    private int common(int row, int other) {
        int most = Math.min(pages(row), pages(other));
        int same = 0;
        while (same < most && sequences[row].page(same) == sequences[other].page(same)) {
            same++;
        }
        return same;
    }

    /// What the rows of a bundle see of themselves and of what came before them.
    private void look(int from, int to, int common, int layer, PagedAttention attention) {
        int width = config.queryWidth();
        int start = width + 2 * config.keyValueWidth();
        attention.begin(layer);
        for (int row = from; row < to; row++) {
            attention.add(sequences[row], positions[row] + 1, joined, row * start);
        }
        attention.look(common);
        for (int row = from; row < to; row++) {
            attention.take(row - from, mixed, row * width);
        }
    }

    /// `stream += down(silu(gate(x)) * up(x))`.
    private void gate(BatchWeights.Layer parts) {
        normalise(parts.gatedNorm());
        gang.each(parts.gate().blocks(), (from, to, worker) -> {
            for (int block = from; block < to; block++) {
                gate(parts, block, workers[worker]);
            }
        });
        multiply(parts.down(), rows, gated, stream, true);
    }

    private void gate(BatchWeights.Layer parts, int block, Worker worker) {
        int width = parts.gate().width(block);
        MemorySegment gate = MemorySegment.ofArray(worker.gate);
        MemorySegment up = MemorySegment.ofArray(worker.up);
        for (int first = 0; first < rows; first += PackedMatrix.ROWS) {
            int count = Math.min(PackedMatrix.ROWS, rows - first);
            parts.gate().multiply(block, first, count, normed, gate, width, false);
            parts.up().multiply(block, first, count, normed, up, width, false);
            Vectors.gated(worker.gate, worker.up, count * width, worker.scratch);
            for (int i = 0; i < count; i++) {
                int at = (first + i) * config.intermediate() + parts.gate().first(block);
                gated.set(at, worker.gate, i * width, width);
            }
        }
    }
}
