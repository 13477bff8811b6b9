package dev.hone.torch;

import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// Tensors by name, float32, some of which learn. It owns them until it is closed. Several threads may read
/// at once while none sets one.
final class Parameters implements AutoCloseable {
    private final SequencedMap<String, Tensor> all = new LinkedHashMap<>();
    private final List<String> learning;

    /// Copies the weights.
    Parameters(Map<String, Weight> frozen, SequencedMap<String, Weight> learning) {
        this.learning = List.copyOf(learning.sequencedKeySet());
        try (var _ = new PointerScope()) {
            frozen.forEach((name, weight) -> put(name, weight, false));
            learning.forEach((name, weight) -> put(name, weight, true));
        }
    }

    private void put(String name, Weight weight, boolean learns) {
        long[] sizes = weight.shape().stream().mapToLong(Integer::longValue).toArray();
        Tensor tensor = Tensor.create(weight.values(), sizes);
        tensor.set_requires_grad(learns);
        tensor.retainReference();
        all.put(name, tensor);
    }

    /// Those of `weights` that a decoder has, in its order.
    static SequencedMap<String, Weight> of(DecoderConfig config, Map<String, Weight> weights) {
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

    /// Overwrites a parameter.
    void set(String name, float[] values) {
        try (var _ = new PointerScope()) {
            FloatBuffer buffer = get(name).createBuffer();
            buffer.put(values);
        }
    }

    /// The names of those that learn, in order.
    List<String> learning() {
        return learning;
    }

    /// Those that learn, in order; belongs to the caller's scope.
    TensorVector learningTensors() {
        return new TensorVector(learning.stream().map(this::get).toArray(Tensor[]::new));
    }
}
