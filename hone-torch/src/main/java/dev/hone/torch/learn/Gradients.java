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
    private static final int SUMS = 64;

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
            if (all.isEmpty() && !onto) {
                Arrays.fill(sum, 0f);
            }
            double[] squares = new double[SUMS];
            float[] some = new float[AT_ONCE];
            short[] halves = new short[AT_ONCE];
            for (int start = 0; start < sum.length; start += AT_ONCE) {
                int count = Math.min(AT_ONCE, sum.length - start);
                for (int pass = 0; pass < all.size(); pass++) {
                    read(all.get(pass), some, halves, count);
                    if (pass == 0 && !onto) {
                        System.arraycopy(some, 0, sum, start, count);
                    } else {
                        add(some, sum, start, count);
                    }
                }
                square(sum, start, count, squares);
            }
            return Arrays.stream(squares).sum();
        }
    }

    /// @param halves what is read if they are halves
    private static void read(Buffer from, float[] to, short[] halves, int count) {
        if (from instanceof ShortBuffer bits) {
            bits.get(halves, 0, count);
            for (int i = 0; i < count; i++) {
                to[i] = BFloat16.toFloat(halves[i]);
            }
        } else {
            ((FloatBuffer) from).get(to, 0, count);
        }
    }

    private static void add(float[] some, float[] sum, int start, int count) {
        for (int i = 0; i < count; i++) {
            sum[start + i] += some[i];
        }
    }

    /// Adds squares to several sums in turn, so that none waits for another and the compiler can take them together.
    private static void square(float[] values, int start, int count, double[] sums) {
        int i = start;
        for (; i + SUMS <= start + count; i += SUMS) {
            for (int j = 0; j < SUMS; j++) {
                sums[j] += (double) values[i + j] * values[i + j];
            }
        }
        for (; i < start + count; i++) {
            sums[0] += (double) values[i] * values[i];
        }
    }

    /// More than once does nothing more.
    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
        tensors.clear();
    }
}
