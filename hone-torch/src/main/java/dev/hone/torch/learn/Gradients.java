package dev.hone.torch.learn;

import dev.hone.torch.device.Transfer;
import dev.hone.torch.kernel.BFloat16;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Derivatives of a loss by parameters, by name, in native memory until they are closed.
public final class Gradients implements AutoCloseable {
    private static final int AT_ONCE = 1 << 14;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /// Takes hold of tensors that belong to the caller's scope.
    Gradients(Map<String, Tensor> tensors) {
        try {
            tensors.forEach((name, tensor) -> {
                Tensor whole = tensor.contiguous();
                whole.retainReference();
                this.tensors.put(name, whole);
            });
        } catch (RuntimeException | Error broken) {
            close();
            throw broken;
        }
    }

    /// Adds the derivative by one parameter, row-major; a loss that does not read it adds nothing.
    public void addTo(String name, float[] sum) {
        add(List.of(this), name, sum, true);
    }

    /// Adds what several passes derived by one parameter, in their order.
    ///
    /// @param onto whether to what `sum` holds, rather than to nothing
    /// @return the sum of the squares of what `sum` then holds
    static double add(List<Gradients> passes, String name, float[] sum, boolean onto) {
        try (var _ = new PointerScope()) {
            List<Buffer> all = passes.stream()
                    .map(pass -> pass.tensors.get(name))
                    .filter(Objects::nonNull)
                    .<Buffer>map(tensor -> Transfer.onHost(tensor).createBuffer())
                    .toList();
            var squares = new Squares();
            var some = new Some();
            for (int start = 0; start < sum.length; start += AT_ONCE) {
                int end = Math.min(start + AT_ONCE, sum.length);
                if (!onto) {
                    Arrays.fill(sum, start, end, 0f);
                }
                for (Buffer each : all) {
                    some.add(each, sum, start, end);
                }
                squares.add(sum, start, end);
            }
            return squares.sum();
        }
    }

    /// A stretch of numbers on its way into an array.
    private static final class Some {
        private final float[] singles = new float[AT_ONCE];
        private final short[] halves = new short[AT_ONCE];

        void add(Buffer from, float[] sum, int start, int end) {
            if (from instanceof ShortBuffer bits) {
                bits.get(halves, 0, end - start);
                for (int i = start; i < end; i++) {
                    sum[i] += BFloat16.toFloat(halves[i - start]);
                }
            } else {
                ((FloatBuffer) from).get(singles, 0, end - start);
                for (int i = start; i < end; i++) {
                    sum[i] += singles[i - start];
                }
            }
        }
    }

    /// A sum of squares in four sums, which need not wait for each other. Whole fours until the last stretch.
    private static final class Squares {
        private double a;
        private double b;
        private double c;
        private double d;

        void add(float[] values, int start, int end) {
            double a = this.a;
            double b = this.b;
            double c = this.c;
            double d = this.d;
            int i = start;
            for (; i + 4 <= end; i += 4) {
                a += (double) values[i] * values[i];
                b += (double) values[i + 1] * values[i + 1];
                c += (double) values[i + 2] * values[i + 2];
                d += (double) values[i + 3] * values[i + 3];
            }
            for (; i < end; i++) {
                a += (double) values[i] * values[i];
            }
            this.a = a;
            this.b = b;
            this.c = c;
            this.d = d;
        }

        double sum() {
            return (a + b) + (c + d);
        }
    }

    /// More than once does nothing more.
    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
        tensors.clear();
    }
}
