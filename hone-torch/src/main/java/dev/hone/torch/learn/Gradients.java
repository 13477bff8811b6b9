package dev.hone.torch.learn;

import dev.hone.torch.device.Transfer;
import dev.hone.torch.kernel.BFloat16;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
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
    ///
    /// @return `sum`
    public float[] addTo(String name, float[] sum) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            return sum;
        }
        try (var _ = new PointerScope()) {
            Buffer buffer = Transfer.onHost(tensor).createBuffer();
            if (buffer instanceof ShortBuffer halves) {
                add(halves, sum);
            } else {
                add((FloatBuffer) buffer, sum);
            }
        }
        return sum;
    }

    private static void add(FloatBuffer from, float[] sum) {
        float[] some = new float[AT_ONCE];
        for (int start = 0; start < sum.length; start += AT_ONCE) {
            int count = Math.min(AT_ONCE, sum.length - start);
            from.get(some, 0, count);
            for (int i = 0; i < count; i++) {
                sum[start + i] += some[i];
            }
        }
    }

    private static void add(ShortBuffer from, float[] sum) {
        short[] some = new short[AT_ONCE];
        for (int start = 0; start < sum.length; start += AT_ONCE) {
            int count = Math.min(AT_ONCE, sum.length - start);
            from.get(some, 0, count);
            for (int i = 0; i < count; i++) {
                sum[start + i] += BFloat16.toFloat(some[i]);
            }
        }
    }

    /// More than once does nothing more.
    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
        tensors.clear();
    }
}
