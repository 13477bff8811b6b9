package dev.hone.torch.kernel;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hone.torch.setting.Dtype;
import java.lang.foreign.MemorySegment;

/// Multiplies a few rows with a block of columns.
///
/// A row's result must not depend, in a single bit, on how many rows there are and what they hold.
/// `right` lies as [#offset] says: in float32 `[k][n]`, in bfloat16 `[k / 2][n][2]`, which is how processors read it.
public interface RowProduct {
    Dtype dtype();

    /// `result[m][n] = left[m][k] right[k][n]`, added to what is there if `add`.
    ///
    /// Segments start where the first number lies; strides are in numbers.
    ///
    /// @param k even in bfloat16
    void multiply(
            int m,
            int n,
            int k,
            MemorySegment left,
            int leftStride,
            MemorySegment right,
            MemorySegment result,
            int resultStride,
            boolean add);

    /// Where number `(k, n)` of a block of `width` columns lies, counted in numbers.
    default int offset(int k, int n, int width) {
        return switch (dtype()) {
            case FLOAT32 -> k * width + n;
            case BFLOAT16 -> (k & -2) * width + 2 * n + (k & 1);
        };
    }

    /// In plain Java, for machines without anything better.
    record Plain(Dtype dtype) implements RowProduct {
        @Override
        public void multiply(
                int m,
                int n,
                int k,
                MemorySegment left,
                int leftStride,
                MemorySegment right,
                MemorySegment result,
                int resultStride,
                boolean add) {
            float[] sums = new float[n];
            for (int row = 0; row < m; row++) {
                for (int j = 0; j < n; j++) {
                    sums[j] = add ? result.getAtIndex(JAVA_FLOAT_UNALIGNED, (long) row * resultStride + j) : 0;
                }
                for (int i = 0; i < k; i++) {
                    float factor = number(left, row * leftStride + i);
                    for (int j = 0; j < n; j++) {
                        sums[j] += factor * number(right, offset(i, j, n));
                    }
                }
                for (int j = 0; j < n; j++) {
                    result.setAtIndex(JAVA_FLOAT_UNALIGNED, (long) row * resultStride + j, sums[j]);
                }
            }
        }

        private float number(MemorySegment from, int at) {
            return switch (dtype) {
                case FLOAT32 -> from.getAtIndex(JAVA_FLOAT_UNALIGNED, at);
                case BFLOAT16 -> BFloat16.toFloat(from.getAtIndex(JAVA_SHORT_UNALIGNED, at));
            };
        }
    }
}
