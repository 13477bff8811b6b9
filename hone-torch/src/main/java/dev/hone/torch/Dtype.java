package dev.hone.torch;

import java.lang.foreign.MemorySegment;

/// In which numbers the products of a model are computed; sums are float32 in both.
public enum Dtype {
    FLOAT32(4),
    /// Weights, inputs of products, keys and values have 8 significant bits. Half the memory, and faster on processors
    /// that multiply it.
    BFLOAT16(2);

    private static final int TRIALS = 40;

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /// The faster one on this machine; bfloat16 must win clearly, because it is less exact. Takes a few hundredths of a
    /// second.
    public static Dtype fastest() {
        double single = nanos(Brgemm.of(FLOAT32));
        return nanos(Brgemm.of(BFLOAT16)) * 1.3 < single ? BFLOAT16 : FLOAT32;
    }

    private static double nanos(RowProduct product) {
        int inner = 512;
        Inputs left = Inputs.of(product.dtype(), PackedMatrix.ROWS * inner);
        Inputs right = Inputs.of(product.dtype(), PackedMatrix.BLOCK * inner);
        MemorySegment result = MemorySegment.ofArray(new float[PackedMatrix.ROWS * PackedMatrix.BLOCK]);
        double best = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < TRIALS; trial++) {
            long start = System.nanoTime();
            product.multiply(
                    PackedMatrix.ROWS,
                    PackedMatrix.BLOCK,
                    inner,
                    left.segment(),
                    inner,
                    right.segment(),
                    result,
                    PackedMatrix.BLOCK,
                    false);
            best = Math.min(best, (double) (System.nanoTime() - start));
        }
        return best;
    }

    /// Of one number.
    int bytes() {
        return bytes;
    }
}
