package dev.hone.torch.file;

import java.util.List;

/// One parameter: row-major float32 values of a shape. The array belongs to this object and is never written to.
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
public record Weight(List<Integer> shape, float[] values) {
    public Weight {
        shape = List.copyOf(shape);
        long count = count(shape);
        if (count != values.length) {
            throw new IllegalArgumentException(
                    "shape " + shape + " needs " + count + " values but there are " + values.length);
        }
    }

    public static long count(List<Integer> shape) {
        long count = 1;
        for (int size : shape) {
            count = Math.multiplyExact(count, (long) size);
        }
        return count;
    }
}
