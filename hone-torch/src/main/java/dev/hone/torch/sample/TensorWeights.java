package dev.hone.torch.sample;

import static org.bytedeco.pytorch.global.torch.cat;

import dev.hone.torch.device.Transfer;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The weights as tensors of libtorch on a device: what [TensorDecoder] multiplies with. Matrices are in the numbers
/// that products are computed in, all else is float32.
public final class TensorWeights implements DrawingWeights {
    static final String EMBEDDING = "model.embed_tokens.weight";
    static final String NORM = "model.norm.weight";

    private final DecoderConfig config;
    private final Transfer transfer;
    private final Dtype dtype;
    private final Map<String, Tensor> all = new HashMap<>();
    private final List<Layer> layers = new ArrayList<>();

    /// @param queryKeyValue `[q + 2 kv, hidden]`
    /// @param bias of these, none or one
    /// @param headNorms weights of the norms of query and key heads, `[heads + kv heads, head size]`, none or one
    /// @param gateAndUp `[2 intermediate, hidden]`
    record Layer(
            Tensor attentionNorm,
            Tensor queryKeyValue,
            List<Tensor> bias,
            List<Tensor> headNorms,
            Tensor attentionOut,
            Tensor gatedNorm,
            Tensor gateAndUp,
            Tensor down) {}

    private TensorWeights(DecoderConfig config, Device device, Dtype dtype) {
        this.config = config;
        this.transfer = Transfer.to(device);
        this.dtype = dtype;
    }

    /// Copies the weights to the device, one at a time.
    public static TensorWeights of(DecoderConfig config, Tensors tensors, Device device, Dtype dtype) {
        var weights = new TensorWeights(config, device, dtype);
        try (var _ = new NoGradGuard()) {
            for (int i = 0; i < config.layers(); i++) {
                weights.layers.add(weights.layer("model.layers." + i + ".", tensors));
            }
            weights.kept(tensors, EMBEDDING);
            weights.kept(tensors, NORM);
            if (!config.tied()) {
                weights.kept(tensors, "lm_head.weight");
            }
        } catch (RuntimeException | Error broken) {
            weights.close();
            throw broken;
        }
        return weights;
    }

    private Layer layer(String at, Tensors tensors) {
        String attention = at + "self_attn.";
        return new Layer(
                kept(tensors, at + "input_layernorm.weight"),
                kept(tensors, attention + "q_proj.weight", attention + "k_proj.weight", attention + "v_proj.weight"),
                config.attentionBias()
                        ? List.of(kept(
                                tensors,
                                attention + "q_proj.bias",
                                attention + "k_proj.bias",
                                attention + "v_proj.bias"))
                        : List.of(),
                config.queryKeyNorm() ? List.of(headNorms(attention, tensors)) : List.of(),
                kept(tensors, attention + "o_proj.weight"),
                kept(tensors, at + "post_attention_layernorm.weight"),
                kept(tensors, at + "mlp.gate_proj.weight", at + "mlp.up_proj.weight"),
                kept(tensors, at + "mlp.down_proj.weight"));
    }

    private Tensor headNorms(String attention, Tensors tensors) {
        try (var _ = new PointerScope()) {
            Tensor queries = put(tensors.read(attention + "q_norm.weight")).expand(config.heads(), config.headSize());
            Tensor keys =
                    put(tensors.read(attention + "k_norm.weight")).expand(config.keyValueHeads(), config.headSize());
            return keep(attention + "norms", cat(new TensorVector(queries, keys), 0));
        }
    }

    /// One or several tensors, joined along their first dimension.
    private Tensor kept(Tensors tensors, String... names) {
        try (var _ = new PointerScope()) {
            Tensor[] parts = new Tensor[names.length];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = put(tensors.read(names[i]));
            }
            return keep(names[0], parts.length == 1 ? parts[0] : cat(new TensorVector(parts), 0));
        }
    }

    private Tensor put(Weight weight) {
        long[] sizes = weight.shape().stream().mapToLong(Integer::longValue).toArray();
        return transfer.put(Tensor.create(weight.values(), sizes), sizes.length == 2 ? type() : torch.ScalarType.Float);
    }

    private Tensor keep(String name, Tensor tensor) {
        tensor.retainReference();
        all.put(name, tensor);
        return tensor;
    }

    /// Of products.
    torch.ScalarType type() {
        return switch (dtype) {
            case FLOAT32 -> torch.ScalarType.Float;
            case BFLOAT16 -> torch.ScalarType.BFloat16;
        };
    }

    Transfer transfer() {
        return transfer;
    }

    Layer layer(int index) {
        return layers.get(index);
    }

    /// One that is not in a layer.
    Tensor get(String name) {
        Tensor tensor = all.get(name);
        if (tensor == null) {
            throw new IllegalStateException("no weight \"" + name + "\", or they are closed");
        }
        return tensor;
    }

    /// What turns states into logits, `[vocabulary, hidden]`.
    Tensor head() {
        return get(config.tied() ? EMBEDDING : "lm_head.weight");
    }

    @Override
    public DecoderConfig config() {
        return config;
    }

    @Override
    public int batches(int threads) {
        return 1;
    }

    @Override
    public StepDecoder decoder(Gang gang, int places, int wanted, int capacity) {
        return new TensorDecoder(this, places, wanted, capacity);
    }

    @Override
    public void close() {
        all.values().forEach(Tensor::releaseReference);
        all.clear();
        layers.clear();
    }
}
