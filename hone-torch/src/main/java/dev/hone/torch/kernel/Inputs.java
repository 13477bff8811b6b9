package dev.hone.torch.kernel;

import dev.hone.torch.setting.Dtype;
import java.lang.foreign.MemorySegment;

/// Rows that a [RowProduct] reads, in its numbers.
public sealed interface Inputs {

    /// The whole of it, for the product.
    MemorySegment segment();

    /// Overwrites `count` numbers from `at` on.
    void set(int at, float[] from, int start, int count);

    static Inputs of(Dtype dtype, int size) {
        return switch (dtype) {
            case FLOAT32 -> new Single(new float[size]);
            case BFLOAT16 -> new Half(new short[size]);
        };
    }

    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    record Single(float[] values, MemorySegment segment) implements Inputs {
        Single(float[] values) {
            this(values, MemorySegment.ofArray(values));
        }

        @Override
        public void set(int at, float[] from, int start, int count) {
            System.arraycopy(from, start, values, at, count);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    record Half(short[] values, MemorySegment segment) implements Inputs {
        Half(short[] values) {
            this(values, MemorySegment.ofArray(values));
        }

        @Override
        public void set(int at, float[] from, int start, int count) {
            BFloat16.of(from, start, values, at, count);
        }
    }
}
