package dev.hone.torch.learn;

import dev.hone.torch.device.Transfer;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.kernel.BFloat16;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Tensors by name, some of which learn: matrices of the decoder and of adapters in the numbers that
/// products are computed in, all else in float32. It owns them until it is closed. Several threads may read
/// at once while none sets one.
public final class Parameters implements AutoCloseable {
    private static final int AT_ONCE = 1 << 14;

    private final SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    private final List<String> learning;
    private final Transfer transfer;
    private final Dtype dtype;

    /// Copies the weights.
    public Parameters(Map<String, Weight> frozen, SequencedMap<String, Weight> learning, Device device, Dtype dtype) {
        this(device, dtype, learning.sequencedKeySet());
        fill(frozen.keySet(), Tensors.of(frozen), false);
        fill(learning.sequencedKeySet(), Tensors.of(learning), true);
    }

    private Parameters(Device device, Dtype dtype, Collection<String> learning) {
        this.transfer = Transfer.to(device);
        this.dtype = dtype;
        this.learning = List.copyOf(learning);
    }

    /// Nothing learns. Each weight is read when its turn comes and not kept, so that the Java heap never holds all.
    ///
    /// @param weights those that [DecoderConfig#parameters] names, and others that are left out
    /// @param more what a head adds
    public static Parameters reading(
            DecoderConfig config, Tensors weights, Map<String, Weight> more, Device device, Dtype dtype) {
        var parameters = new Parameters(device, dtype, List.of());
        parameters.fill(config.parameters().keySet(), weights, false);
        parameters.fill(more.keySet(), Tensors.of(more), false);
        return parameters;
    }

    private void fill(Collection<String> names, Tensors weights, boolean learns) {
        try {
            for (String name : names) {
                try (var _ = new PointerScope()) {
                    put(name, weights.read(name), learns);
                }
            }
        } catch (RuntimeException | Error broken) {
            close();
            throw broken;
        }
    }

    private void put(String name, Weight weight, boolean learns) {
        long[] sizes = weight.shape().stream().mapToLong(Integer::longValue).toArray();
        Tensor given = Tensor.create(weight.values(), sizes);
        Tensor tensor = transfer.put(given, isHalf(name, sizes) ? torch.ScalarType.BFloat16 : torch.ScalarType.Float);
        tensor.set_requires_grad(learns);
        tensor.retainReference();
        all.put(name, tensor);
    }

    /// Those of `weights` that a decoder has, in its order.
    public static SequencedMap<String, Weight> of(DecoderConfig config, Map<String, Weight> weights) {
        SequencedMap<String, Weight> own = new LinkedHashMap<>();
        for (String name : config.parameters().keySet()) {
            Weight weight = weights.get(name);
            if (weight == null) {
                throw new IllegalArgumentException("no weight \"" + name + "\"");
            }
            own.put(name, weight);
        }
        return own;
    }

    @Override
    public void close() {
        all.values().forEach(Tensor::releaseReference);
        all.clear();
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    Tensor get(String name) {
        Tensor tensor = all.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no parameter \"" + name + "\", or they are closed");
        }
        return tensor;
    }

    private boolean isHalf(String name, long[] sizes) {
        return dtype == Dtype.BFLOAT16 && sizes.length == 2 && !name.equals(HeadKind.WEIGHT);
    }

    /// To where they lie.
    Transfer transfer() {
        return transfer;
    }

    /// What products are computed in.
    Dtype dtype() {
        return dtype;
    }

    /// A tensor in the numbers that products read.
    Tensor toMultiply(Tensor tensor) {
        return dtype == Dtype.BFLOAT16 ? tensor.to(torch.ScalarType.BFloat16) : tensor;
    }

    /// Computes a stretch of an array.
    @FunctionalInterface
    interface Stretch {
        void compute(int from, int to);
    }

    /// Overwrites a parameter.
    public void set(String name, float[] values) {
        set(name, values, (_, _) -> {});
    }

    /// Overwrites a parameter with values that are computed stretch by stretch, each right before it is read.
    void set(String name, float[] values, Stretch stretch) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor tensor = get(name);
            Tensor draft = transfer.draft(tensor);
            Buffer buffer = draft.createBuffer();
            short[] half = new short[AT_ONCE];
            for (int start = 0; start < values.length; start += AT_ONCE) {
                int count = Math.min(AT_ONCE, values.length - start);
                stretch.compute(start, start + count);
                if (buffer instanceof ShortBuffer bits) {
                    BFloat16.of(values, start, half, 0, count);
                    bits.put(half, 0, count);
                } else {
                    ((FloatBuffer) buffer).put(values, start, count);
                }
            }
            tensor.copy_(draft);
        }
    }

    /// The names of those that learn, in order.
    List<String> learning() {
        return learning;
    }
}
