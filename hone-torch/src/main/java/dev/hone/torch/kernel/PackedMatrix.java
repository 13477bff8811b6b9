package dev.hone.torch.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.setting.Dtype;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/// A matrix `[out, in]` of weights in the order in which a [RowProduct] reads it: blocks of outputs, in each of them
/// the outputs side by side for every input. The memory is its arena's.
public final class PackedMatrix {
    /// Outputs of a block at most.
    public static final int BLOCK = 96;
    /// Rows that go through a block at once; more go through in turn.
    public static final int ROWS = 64;

    /// Outputs that a block may have.
    private static final int[] WIDTHS = {64, BLOCK};

    private static final int ALIGNMENT = 64;
    /// Of a matrix that is read; an embedding as a whole would be the largest thing in the Java heap.
    private static final int NUMBERS_AT_ONCE = 1 << 17;

    private final RowProduct product;
    private final int out;
    private final int in;
    private final int blockWidth;
    private final MemorySegment data;

    private PackedMatrix(RowProduct product, int out, int in, int blockWidth, MemorySegment data) {
        this.product = product;
        this.out = out;
        this.in = in;
        this.blockWidth = blockWidth;
        this.data = data;
    }

    /// @param gang that packs it
    /// @param threads that will multiply with it together
    /// @param names of matrices with the same number of inputs, one below the other
    public static PackedMatrix of(
            RowProduct product, Arena arena, Gang gang, int threads, Tensors tensors, String... names) {
        Map<String, Tensors.Kind> kinds = tensors.kinds();
        int in = 0;
        int out = 0;
        int[] heights = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            Tensors.Kind kind = kinds.get(names[i]);
            if (kind == null) {
                throw new IllegalArgumentException("no weight \"" + names[i] + "\"");
            }
            in = kind.shape().get(1);
            heights[i] = kind.shape().getFirst();
            out += heights[i];
        }
        if (in % 2 != 0) {
            throw Fault.data(
                    names[0] + " reads " + in + " inputs, an odd number, and the engine needs pairs",
                    "choose another model");
        }
        long bytes = (long) out * in * product.dtype().bytes();
        var packed = new PackedMatrix(product, out, in, width(out, threads), arena.allocate(bytes, ALIGNMENT));
        int first = 0;
        int atOnce = Math.max(BLOCK, NUMBERS_AT_ONCE / in);
        for (int i = 0; i < names.length; i++) {
            for (int row = 0; row < heights[i]; row += atOnce) {
                int count = Math.min(atOnce, heights[i] - row);
                packed.take(tensors.rows(names[i], row, count), first + row, gang);
            }
            first += heights[i];
        }
        return packed;
    }

    /// The width of blocks with which the thread that has most to do has least; the narrower of equals.
    private static int width(int out, int threads) {
        return IntStream.of(WIDTHS)
                .boxed()
                .min(Comparator.comparingInt(width -> Math.ceilDiv(Math.ceilDiv(out, width), threads) * width))
                .orElseThrow();
    }

    /// Every width that blocks of a matrix of `out` outputs may have, from the narrowest on.
    public static int[] widths(int out) {
        return IntStream.of(WIDTHS)
                .flatMap(width -> IntStream.of(Math.min(width, out), out % width))
                .filter(width -> width > 0)
                .distinct()
                .sorted()
                .toArray();
    }

    private void take(float[] values, int first, Gang gang) {
        gang.each(values.length / in, (from, to, _) -> {
            for (int row = from; row < to; row++) {
                int output = first + row;
                MemorySegment block = block(output / blockWidth);
                int width = width(output / blockWidth);
                int column = output % blockWidth;
                for (int k = 0; k < in; k++) {
                    float value = values[row * in + k];
                    int at = product.offset(k, column, width);
                    if (product.dtype() == Dtype.BFLOAT16) {
                        block.setAtIndex(JAVA_SHORT_UNALIGNED, at, BFloat16.of(value));
                    } else {
                        block.setAtIndex(JAVA_FLOAT_UNALIGNED, at, value);
                    }
                }
            }
        });
    }

    public int out() {
        return out;
    }

    int in() {
        return in;
    }

    public int blocks() {
        return Math.ceilDiv(out, blockWidth);
    }

    /// Where the outputs of a block begin.
    public int first(int block) {
        return block * blockWidth;
    }

    /// Outputs of a block; the last may have fewer than the others.
    public int width(int block) {
        return Math.min(blockWidth, out - first(block));
    }

    private MemorySegment block(int block) {
        return data.asSlice((long) first(block) * in * product.dtype().bytes());
    }

    /// One output's weights, `[in]`.
    public void row(int output, float[] to, int at) {
        MemorySegment block = block(output / blockWidth);
        int width = width(output / blockWidth);
        int column = output % blockWidth;
        for (int k = 0; k < in; k++) {
            int from = product.offset(k, column, width);
            to[at + k] = product.dtype() == Dtype.BFLOAT16
                    ? BFloat16.toFloat(block.getAtIndex(JAVA_SHORT_UNALIGNED, from))
                    : block.getAtIndex(JAVA_FLOAT_UNALIGNED, from);
        }
    }

    /// The outputs of one block for `rows` rows from `first` on, which must have room for [#padded] many.
    ///
    /// @param left `[first + rows][in]`
    /// @param result where the first row's first output of this block lies
    public void multiply(
            int block, int first, int rows, Inputs left, MemorySegment result, int resultStride, boolean add) {
        int bytes = product.dtype().bytes();
        for (int row = 0; row < rows; row += ROWS) {
            product.multiply(
                    padded(Math.min(ROWS, rows - row)),
                    width(block),
                    in,
                    left.segment().asSlice((long) (first + row) * in * bytes),
                    in,
                    block(block),
                    result.asSlice(4L * row * resultStride),
                    resultStride,
                    add);
        }
    }

    /// So many rows are computed: few different heights, because each is machine code of its own.
    public static int padded(int rows) {
        int whole = rows / ROWS * ROWS;
        int rest = rows - whole;
        if (rest == 0 || rest == 1 || rest == 2) {
            return rows;
        }
        return whole + (rest <= 4 ? 4 : Math.ceilDiv(rest, 8) * 8);
    }

    /// Every height up to [#ROWS] that [#padded] gives.
    public static int[] heights() {
        return IntStream.rangeClosed(1, ROWS)
                .map(PackedMatrix::padded)
                .distinct()
                .toArray();
    }
}
