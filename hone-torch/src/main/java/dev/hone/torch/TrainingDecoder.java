package dev.hone.torch;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.baddbmm;
import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.rsqrt;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.softmax;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The decoder on libtorch, with gradients. It owns its parameters until it is closed; every other tensor lives in the
/// scope of the call that made it. Several threads may compute at once while none sets a parameter.
///
/// Shapes below: `T` places in a [Packing] (slices times length), `S` slices, `L` their length, `K` key/value heads,
/// `G` query heads of each, `D` head size, `H` hidden size. All float32.
final class TrainingDecoder implements AutoCloseable {
    private final DecoderConfig config;
    private final SequencedMap<String, Tensor> parameters = new LinkedHashMap<>();

    /// @param weights as named in [DecoderConfig#parameters]; copied
    TrainingDecoder(DecoderConfig config, Map<String, Weight> weights) {
        this.config = config;
        try (var _ = new PointerScope()) {
            config.parameters().forEach((name, shape) -> {
                Weight weight = weights.get(name);
                if (weight == null) {
                    throw new IllegalArgumentException("no weight \"" + name + "\"");
                }
                long[] sizes = shape.stream().mapToLong(Integer::longValue).toArray();
                Tensor parameter = Tensor.create(weight.values(), sizes);
                parameter.set_requires_grad(true);
                parameter.retainReference();
                parameters.put(name, parameter);
            });
        }
    }

    @Override
    public void close() {
        parameters.values().forEach(Tensor::releaseReference);
        parameters.clear();
    }

    private Tensor parameter(String name) {
        Tensor parameter = parameters.get(name);
        if (parameter == null) {
            throw new IllegalStateException("no parameter \"" + name + "\", or the decoder is closed");
        }
        return parameter;
    }

    /// Overwrites a parameter.
    void set(String name, float[] values) {
        try (var _ = new PointerScope()) {
            FloatBuffer buffer = parameter(name).createBuffer();
            buffer.put(values);
        }
    }

    /// The gradient of a loss of one value in every parameter, row-major, in the order of [DecoderConfig#parameters].
    /// May be called by several threads at once, each with a loss of its own.
    List<float[]> gradients(Tensor loss) {
        try (var _ = new PointerScope()) {
            TensorVector all = new TensorVector(parameters.values().toArray(new Tensor[0]));
            TensorVector gradients = torch.grad(new TensorVector(loss), all);
            List<float[]> values = new ArrayList<>();
            for (long i = 0; i < gradients.size(); i++) {
                Tensor gradient = gradients.get(i).contiguous();
                float[] each = new float[(int) gradient.numel()];
                FloatBuffer buffer = gradient.createBuffer();
                buffer.get(each);
                values.add(each);
            }
            return values;
        }
    }

    /// Log-probabilities of the targets of a packing, `[targets]`, nats; belongs to the caller's scope.
    Tensor logProbs(Packing packing) {
        Tensor states = states(packing);
        Tensor wanted = states.index_select(0, Tensor.create(packing.rows(), packing.rows().length));
        Tensor logits = linear(wanted, head());
        Tensor targets = Tensor.create(packing.targets(), packing.targets().length, 1);
        return log_softmax(logits, -1).gather(1, targets).view(-1);
    }

    /// Logits after the tokens at `rows`, `[rows][vocabulary]`.
    float[][] logits(Packing packing, long[] rows) {
        Tensor wanted = states(packing).index_select(0, Tensor.create(rows, rows.length));
        Tensor logits = linear(wanted, head()).contiguous();
        float[][] values = new float[rows.length][config.vocabulary()];
        FloatBuffer buffer = logits.createBuffer();
        for (float[] row : values) {
            buffer.get(row);
        }
        return values;
    }

    private Tensor head() {
        return config.tied() ? parameter("model.embed_tokens.weight") : parameter("lm_head.weight");
    }

    /// The stream after the last norm, `[T, H]`.
    private Tensor states(Packing packing) {
        var positions = new Positions(config, packing);
        Tensor ids = Tensor.create(packing.ids(), packing.ids().length);
        Tensor stream = embedding(parameter("model.embed_tokens.weight"), ids);
        for (int layer = 0; layer < config.layers(); layer++) {
            String at = "model.layers." + layer + ".";
            Tensor mixed = attention(at, normalised(stream), positions);
            stream = addmm(
                    stream, mixed, parameter(at + "self_attn.o_proj.weight").t());
            Tensor gated = gated(at, normalised(stream));
            stream = addmm(stream, gated, parameter(at + "mlp.down_proj.weight").t());
        }
        return normalised(stream).mul(parameter("model.norm.weight"));
    }

    /// `x / sqrt(mean(x^2) + epsilon)` over the last dimension; the norm's weight is left to what follows.
    private Tensor normalised(Tensor x) {
        Tensor meanSquare = x.mul(x).mean(new long[] {-1}, true, new ScalarTypeOptional());
        return x.mul(rsqrt(meanSquare.add(new Scalar(config.normEpsilon()))));
    }

    /// A projection of `[T, in]`, with its bias where this family has one.
    private Tensor biased(Tensor x, Tensor matrix, String... biases) {
        if (!config.attentionBias()) {
            return linear(x, matrix);
        }
        return linear(x, matrix, new TensorOptional(cat(parameters(biases), 0)));
    }

    private TensorVector parameters(String... names) {
        Tensor[] all = new Tensor[names.length];
        for (int i = 0; i < names.length; i++) {
            all[i] = parameter(names[i]);
        }
        return new TensorVector(all);
    }

    /// Projections that read one normalised input, joined, with the norm's weight folded in: `[out, H]`. The norm
    /// scales `T x H` values, the matrix has far fewer.
    private Tensor joined(String norm, String... names) {
        return cat(parameters(names), 0).mul(parameter(norm));
    }

    private Tensor gated(String at, Tensor x) {
        Tensor matrix =
                joined(at + "post_attention_layernorm.weight", at + "mlp.gate_proj.weight", at + "mlp.up_proj.weight");
        // split, not narrow: its gradient is one concatenation instead of sums with zeros
        TensorVector both = linear(x, matrix).split(config.intermediate(), 1);
        return silu(both.get(0)).mul(both.get(1));
    }

    /// `[T, H] -> [T, heads * D]`. Query heads that share a key head are rows of one product.
    private Tensor attention(String at, Tensor x, Positions positions) {
        long slices = positions.slices;
        long length = positions.length;
        long keyHeads = config.keyValueHeads();
        long group = config.heads() / keyHeads;
        long size = config.headSize();
        TensorVector all = biased(
                        x,
                        joined(
                                at + "input_layernorm.weight",
                                at + "self_attn.q_proj.weight",
                                at + "self_attn.k_proj.weight",
                                at + "self_attn.v_proj.weight"),
                        at + "self_attn.q_proj.bias",
                        at + "self_attn.k_proj.bias",
                        at + "self_attn.v_proj.bias")
                .split(new long[] {config.queryWidth() + config.keyValueWidth(), config.keyValueWidth()}, 1);
        TensorVector turned = positions
                .turn(headsNormalised(at, all.get(0).view(slices * length, config.heads() + keyHeads, size)))
                .split(new long[] {config.heads(), keyHeads}, 1);
        Tensor queries = turned.get(0)
                .view(slices, length, keyHeads, group, size)
                .permute(0, 2, 3, 1, 4)
                .reshape(slices * keyHeads, group * length, size);
        Tensor keys = turned.get(1)
                .view(slices, length, keyHeads, size)
                .permute(0, 2, 3, 1)
                .reshape(slices * keyHeads, size, length);
        Tensor values = all.get(1)
                .view(slices, length, keyHeads, size)
                .permute(0, 2, 1, 3)
                .reshape(slices * keyHeads, length, size);
        Tensor scores =
                baddbmm(positions.mask, queries, keys, new Scalar(1f), new Scalar(1 / Math.sqrt(config.headSize())));
        return bmm(softmax(scores, -1), values)
                .view(slices, keyHeads, group, length, size)
                .permute(0, 3, 1, 2, 4)
                .reshape(slices * length, config.queryWidth());
    }

    /// The norm of each query and key head, `[T, heads + K, D]`, where this family has one.
    private Tensor headsNormalised(String at, Tensor heads) {
        if (!config.queryKeyNorm()) {
            return heads;
        }
        Tensor queries = parameter(at + "self_attn.q_norm.weight").expand(config.heads(), config.headSize());
        Tensor keys = parameter(at + "self_attn.k_norm.weight").expand(config.keyValueHeads(), config.headSize());
        return normalised(heads).mul(cat(new TensorVector(queries, keys), 0));
    }

    /// What a packing says about places, as tensors.
    private static final class Positions {
        final long slices;
        final long length;
        final Tensor mask; // [S * K, G * L, L]
        private final long half;
        private final Tensor cos; // [T, 1, D]
        private final Tensor sin; // [T, 1, D], the first half negative

        Positions(DecoderConfig config, Packing packing) {
            slices = packing.slices();
            length = packing.length();
            long keyHeads = config.keyValueHeads();
            long group = config.heads() / keyHeads;
            mask = Tensor.create(packing.mask(), slices, 1, 1, length, length)
                    .expand(slices, keyHeads, group, length, length)
                    .reshape(slices * keyHeads, group * length, length);
            half = config.headSize() / 2;
            float[] cosines = config.rope().cosines(config.headSize(), packing.length());
            float[] sines = config.rope().sines(config.headSize(), packing.length());
            int pairs = (int) half;
            int size = config.headSize();
            float[] c = new float[packing.ids().length * size];
            float[] s = new float[c.length];
            for (int at = 0; at < packing.ids().length; at++) {
                int from = packing.positions()[at] * pairs;
                for (int pair = 0; pair < pairs; pair++) {
                    c[at * size + pair] = cosines[from + pair];
                    c[at * size + pairs + pair] = cosines[from + pair];
                    s[at * size + pair] = -sines[from + pair];
                    s[at * size + pairs + pair] = sines[from + pair];
                }
            }
            cos = Tensor.create(c, packing.ids().length, 1, size);
            sin = Tensor.create(s, packing.ids().length, 1, size);
        }

        /// Turns each pair `(i, i + D/2)` of `[T, heads, D]`: transformers' `rotate_half`.
        Tensor turn(Tensor x) {
            return x.mul(cos).add(x.roll(new long[] {half}, -1).mul(sin));
        }
    }
}
