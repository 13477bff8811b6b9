package dev.hone.torch.sample;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.rsqrt;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.hone.torch.device.Scopes;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.model.DecoderConfig;
import java.util.Arrays;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The decoder for drawing on tensors of libtorch, whose weights, keys and values stay on their device; a step sends
/// token ids and places there and brings logits back.
///
/// Rows and pages of a step are padded to powers of two, so that there are few shapes: what a row computes depends on
/// the others through the shape of the whole at most, and then in the order of sums.
///
/// Shapes below: `N` rows, `P` pages of the longest, `T` their positions, `K` key/value heads, `G` query heads of each,
/// `D` head size, `H` hidden size. The stream, norms, positions and shares are float32; products are in the numbers of
/// the weights.
final class TensorDecoder implements StepDecoder {
    /// The score of a position that a row does not see; finite, so that nothing becomes NaN.
    private static final float UNSEEN = -1e30f;

    private final TensorWeights weights;
    private final DecoderConfig config;
    private final Transfer transfer;
    private final TensorPages memory;
    private final Pages pages;
    private final int places;
    private final Tensor cosines; // [capacity, D]
    private final Tensor sines; // [capacity, D], the first half negative
    private final Pages.Sequence[] sequences;
    private final long[] positions;
    private final long[] tokens;
    private final long[] wanted; // rows whose logits are wanted
    private final float[] logits;
    private int rows;
    private int wantedRows;

    /// A step's places, as tensors.
    ///
    /// @param pages of all rows, `[N * P]`
    /// @param slots where each row's key and value are written, `[N]`
    /// @param mask added to scores, `[N, 1, T]`
    /// @param cos and `sin`: `[N, 1, D]`
    private record Layout(long count, Tensor pages, Tensor slots, Tensor mask, Tensor cos, Tensor sin) {}

    /// @param places most tokens of a step
    /// @param wanted most tokens of a step whose logits are wanted
    /// @param capacity longest sequence, prompt and completion together
    TensorDecoder(TensorWeights weights, int places, int wanted, int capacity) {
        this.weights = weights;
        this.config = weights.config();
        this.transfer = weights.transfer();
        this.places = places;
        this.sequences = new Pages.Sequence[places];
        this.positions = new long[padded(places)];
        this.tokens = new long[padded(places)];
        this.wanted = new long[padded(wanted)];
        this.logits = new float[Math.multiplyExact(wanted, config.vocabulary())];
        this.memory = new TensorPages(weights);
        this.pages = new Pages(memory);
        try (var _ = new PointerScope()) {
            cosines = table(config.rope().cosines(config.headSize(), capacity), 1);
            sines = table(config.rope().sines(config.headSize(), capacity), -1);
        }
    }

    /// `[positions, D]` from `[positions, D / 2]`.
    private Tensor table(float[] half, int sign) {
        int pairs = config.headSize() / 2;
        float[] whole = new float[2 * half.length];
        for (int i = 0; i < half.length; i++) {
            int at = i / pairs * 2 * pairs + i % pairs;
            whole[at] = sign * half[i];
            whole[at + pairs] = half[i];
        }
        Tensor table = transfer.put(whole, half.length / pairs, config.headSize());
        table.retainReference();
        return table;
    }

    /// The next power of two.
    private static int padded(int count) {
        return count <= 1 ? 1 : Integer.highestOneBit(count - 1) * 2;
    }

    @Override
    public Pages pages() {
        return pages;
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
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Layout layout = layout();
            Tensor ids = transfer.put(Arrays.copyOf(tokens, (int) layout.count), layout.count);
            Tensor stream = single(embedding(weights.get(TensorWeights.EMBEDDING), ids));
            for (int layer = 0; layer < config.layers(); layer++) {
                int now = layer;
                Tensor input = stream;
                stream = Scopes.outliving(() -> {
                    Tensor attended = input.add(attention(now, input, layout));
                    return attended.add(gated(weights.layer(now), attended));
                });
            }
            if (wantedRows > 0) {
                read(stream);
            }
        }
        Arrays.fill(sequences, 0, rows, null);
        Arrays.fill(tokens, 0, rows, 0);
        Arrays.fill(positions, 0, rows, 0);
        Arrays.fill(wanted, 0, wantedRows, 0);
        rows = 0;
        wantedRows = 0;
        return logits;
    }

    /// Rows that pad see position 0 of page 0, and write there.
    private Layout layout() {
        int count = padded(rows);
        int longest = 1;
        for (int row = 0; row < rows; row++) {
            longest = Math.max(longest, (int) positions[row] / Pages.SIZE + 1);
        }
        int width = padded(longest);
        int seen = width * Pages.SIZE;
        long[] table = new long[count * width];
        long[] slots = new long[count];
        float[] mask = new float[Math.multiplyExact(count, seen)];
        Arrays.fill(mask, UNSEEN);
        for (int row = 0; row < count; row++) {
            int position = (int) positions[row];
            Arrays.fill(mask, row * seen, row * seen + position + 1, 0f);
            if (row < rows) {
                for (int page = 0; page <= position / Pages.SIZE; page++) {
                    table[row * width + page] = TensorPages.place(sequences[row].page(page));
                }
            }
            slots[row] = table[row * width + position / Pages.SIZE] * Pages.SIZE + position % Pages.SIZE;
        }
        Tensor places = transfer.put(Arrays.copyOf(positions, count), count);
        return new Layout(
                count,
                transfer.put(table, table.length),
                transfer.put(slots, count),
                transfer.put(mask, count, 1, seen),
                cosines.index_select(0, places).unsqueeze(1),
                sines.index_select(0, places).unsqueeze(1));
    }

    /// Logits of the wanted rows, to the host.
    private void read(Tensor stream) {
        int count = padded(wantedRows);
        Tensor rowsToRead = transfer.put(Arrays.copyOf(wanted, count), count);
        Tensor states = normalised(stream.index_select(0, rowsToRead)).mul(weights.get(TensorWeights.NORM));
        Tensor all = single(linear(states.to(weights.type()), weights.head()));
        Transfer.read(all.narrow(0, 0, wantedRows), logits, 0, wantedRows * config.vocabulary());
    }

    /// `[N, H] -> [N, H]`.
    private Tensor attention(int index, Tensor stream, Layout layout) {
        TensorWeights.Layer layer = weights.layer(index);
        long count = layout.count;
        long keyHeads = config.keyValueHeads();
        long group = config.heads() / keyHeads;
        long size = config.headSize();
        Tensor joined = single(linear(scaled(stream, layer.attentionNorm()), layer.queryKeyValue()));
        for (Tensor bias : layer.bias()) {
            joined = joined.add(bias);
        }
        TensorVector parts =
                joined.split(new long[] {config.queryWidth() + config.keyValueWidth(), config.keyValueWidth()}, 1);
        Tensor heads = parts.get(0).view(count, config.heads() + keyHeads, size);
        for (Tensor norm : layer.headNorms()) {
            heads = normalised(heads).mul(norm);
        }
        TensorVector turned = turned(heads, layout).to(weights.type()).split(new long[] {config.heads(), keyHeads}, 1);
        memory.write(2 * index, layout.slots, turned.get(1).reshape(count, config.keyValueWidth()));
        memory.write(2 * index + 1, layout.slots, parts.get(1).to(weights.type()));
        Tensor queries = turned.get(0).reshape(count * keyHeads, group, size);
        Tensor keys = memory.read(2 * index, layout.pages)
                .view(count, -1, keyHeads, size)
                .permute(0, 2, 3, 1)
                .reshape(count * keyHeads, size, -1);
        Tensor values = memory.read(2 * index + 1, layout.pages)
                .view(count, -1, keyHeads, size)
                .permute(0, 2, 1, 3)
                .reshape(count * keyHeads, -1, size);
        Tensor scores = single(bmm(queries, keys))
                .mul(new Scalar(1 / Math.sqrt(config.headSize())))
                .view(count, keyHeads * group, -1)
                .add(layout.mask);
        Tensor shares = softmax(scores, -1).to(weights.type()).view(count * keyHeads, group, -1);
        return single(linear(bmm(shares, values).view(count, config.queryWidth()), layer.attentionOut()));
    }

    /// `down(silu(gate(x)) * up(x))`, `[N, H]`.
    private Tensor gated(TensorWeights.Layer layer, Tensor stream) {
        TensorVector halves =
                linear(scaled(stream, layer.gatedNorm()), layer.gateAndUp()).split(config.intermediate(), 1);
        return single(linear(silu(halves.get(0)).mul(halves.get(1)), layer.down()));
    }

    private Tensor scaled(Tensor stream, Tensor norm) {
        return normalised(stream).mul(norm).to(weights.type());
    }

    /// `x / sqrt(mean(x^2) + epsilon)` over the last dimension.
    private Tensor normalised(Tensor x) {
        Tensor meanSquare = x.mul(x).mean(new long[] {-1}, true, new ScalarTypeOptional());
        return x.mul(rsqrt(meanSquare.add(new Scalar(config.normEpsilon()))));
    }

    /// Turns each pair `(i, i + D/2)` of `[N, heads, D]`: transformers' `rotate_half`.
    private Tensor turned(Tensor heads, Layout layout) {
        return heads.mul(layout.cos)
                .add(heads.roll(new long[] {config.headSize() / 2}, -1).mul(layout.sin));
    }

    private static Tensor single(Tensor tensor) {
        return tensor.to(torch.ScalarType.Float);
    }

    @Override
    public void close() {
        memory.close();
        cosines.releaseReference();
        sines.releaseReference();
    }
}
