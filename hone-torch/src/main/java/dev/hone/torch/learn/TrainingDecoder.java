package dev.hone.torch.learn;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.baddbmm;
import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.rsqrt;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.hone.torch.device.Transfer;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.nio.FloatBuffer;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The decoder on libtorch, with gradients. It owns its parameters until it is closed; every other tensor
/// lives in the scope of the call that made it. Several threads may compute at once while none sets a
/// parameter.
///
/// Shapes below: `T` places in a [Packing] (slices times length), `S` slices, `L` their length, `K`
/// key/value heads, `G` query heads of each, `D` head size, `H` hidden size. The stream, norms and positions
/// are float32; products are in the numbers of the [Parameters].
public final class TrainingDecoder implements AutoCloseable {
    static final String EMBEDDING = "model.embed_tokens.weight";

    private final DecoderConfig config;
    private final Parameters parameters;
    private final Adapters adapters;

    /// All weights learn.
    ///
    /// @param weights as named in [DecoderConfig#parameters], others are left out; copied
    public TrainingDecoder(DecoderConfig config, Map<String, Weight> weights, Device device, Dtype dtype) {
        this(config, new Parameters(Map.of(), Parameters.of(config, weights), device, dtype), 1);
    }

    /// All weights learn, in float32 on this machine's processor.
    public TrainingDecoder(DecoderConfig config, Map<String, Weight> weights) {
        this(config, weights, Device.CPU, Dtype.FLOAT32);
    }

    /// That only reads: see [Parameters#reading].
    public static TrainingDecoder reading(DecoderConfig config, Tensors weights, Device device, Dtype dtype) {
        return new TrainingDecoder(config, Parameters.reading(config, weights, Map.of(), device, dtype), 1);
    }

    /// @param parameters those that [DecoderConfig#parameters] names, and what adapters and heads add;
    ///     owned from now on
    /// @param adapterScale the factor on what adapters add
    public TrainingDecoder(DecoderConfig config, Parameters parameters, double adapterScale) {
        this.config = config;
        this.parameters = parameters;
        this.adapters = new Adapters(parameters, adapterScale);
    }

    @Override
    public void close() {
        parameters.close();
    }

    public DecoderConfig config() {
        return config;
    }

    public Parameters parameters() {
        return parameters;
    }

    private Tensor parameter(String name) {
        return parameters.get(name);
    }

    /// Logits after the tokens at `rows`, `[rows][vocabulary]`.
    public float[][] logits(Packing packing, long[] rows) {
        Tensor wanted = states(packing).index_select(0, parameters.transfer().put(rows, rows.length));
        Tensor logits = Transfer.onHost(single(linear(parameters.toMultiply(wanted), parameter(headName()))));
        float[][] values = new float[rows.length][config.vocabulary()];
        FloatBuffer buffer = logits.createBuffer();
        for (float[] row : values) {
            buffer.get(row);
        }
        return values;
    }

    /// The parameter that turns states into logits.
    String headName() {
        return config.tied() ? EMBEDDING : "lm_head.weight";
    }

    /// The stream after the last norm, `[T, H]`.
    private Tensor states(Packing packing) {
        var positions = new Positions(config, packing, parameters);
        Tensor stream = embedded(packing);
        for (int layer = 0; layer < config.layers(); layer++) {
            stream = layer(layer, stream, positions, Noise.none());
        }
        return last(stream);
    }

    /// What the first layer reads, `[T, H]`.
    Tensor embedded(Packing packing) {
        Tensor ids = parameters.transfer().put(packing.ids(), packing.ids().length);
        return single(embedding(parameter(EMBEDDING), ids));
    }

    /// `[T, H] -> [T, H]`.
    Tensor layer(int layer, Tensor stream, Positions positions, Noise noise) {
        String at = "model.layers." + layer + ".";
        Tensor mixed = attention(at, normalised(stream), positions, noise);
        Tensor attended = added(stream, mixed, noise, at + "self_attn.o_proj");
        Tensor gated = gated(at, normalised(attended), noise);
        return added(attended, gated, noise, at + "mlp.down_proj");
    }

    /// The stream after the last norm, `[T, H]`.
    Tensor last(Tensor stream) {
        return normalised(stream).mul(parameter("model.norm.weight"));
    }

    private Tensor added(Tensor stream, Tensor x, Noise noise, String matrix) {
        Tensor weight = parameter(matrix + ".weight");
        Tensor sum = isHalf() ? stream.add(linear(x, weight)) : addmm(stream, x, weight.t());
        return adapters.add(sum, () -> x, noise, matrix);
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
        return linear(x, matrix, new TensorOptional(parameters.toMultiply(cat(parameters(biases), 0))));
    }

    private boolean isHalf() {
        return parameters.dtype() == Dtype.BFLOAT16;
    }

    private static Tensor single(Tensor tensor) {
        return tensor.to(torch.ScalarType.Float);
    }

    private TensorVector parameters(String... names) {
        Tensor[] all = new Tensor[names.length];
        for (int i = 0; i < names.length; i++) {
            all[i] = parameter(names[i]);
        }
        return new TensorVector(all);
    }

    /// Projections that read one normalised input, joined: `[out, H]`. In float32 the norm's weight is folded in: it
    /// would scale `T x H` values, and the matrix of a small model has fewer.
    private Tensor joined(String norm, String... names) {
        Tensor matrix = cat(parameters(names), 0);
        return isHalf() ? matrix : matrix.mul(parameter(norm));
    }

    /// What [#joined] multiplies.
    private Tensor input(Tensor x, String norm) {
        return isHalf() ? scaled(x, norm) : x;
    }

    private Tensor scaled(Tensor x, String norm) {
        return parameters.toMultiply(x.mul(parameter(norm)));
    }

    private Tensor gated(String at, Tensor x, Noise noise) {
        String norm = at + "post_attention_layernorm.weight";
        Tensor matrix = joined(norm, at + "mlp.gate_proj.weight", at + "mlp.up_proj.weight");
        Tensor both = adapters.add(
                linear(input(x, norm), matrix), () -> scaled(x, norm), noise, at + "mlp.gate_proj", at + "mlp.up_proj");
        // split, not narrow: its gradient is one concatenation instead of sums with zeros
        TensorVector halves = both.split(config.intermediate(), 1);
        return silu(halves.get(0)).mul(halves.get(1));
    }

    /// `[T, H] -> [T, heads * D]`. Query heads that share a key head are rows of one product.
    private Tensor attention(String at, Tensor x, Positions positions, Noise noise) {
        long slices = positions.slices;
        long length = positions.length;
        long keyHeads = config.keyValueHeads();
        long group = config.heads() / keyHeads;
        long size = config.headSize();
        String norm = at + "input_layernorm.weight";
        Tensor projected = biased(
                input(x, norm),
                joined(
                        norm,
                        at + "self_attn.q_proj.weight",
                        at + "self_attn.k_proj.weight",
                        at + "self_attn.v_proj.weight"),
                at + "self_attn.q_proj.bias",
                at + "self_attn.k_proj.bias",
                at + "self_attn.v_proj.bias");
        TensorVector all = adapters.add(
                        projected,
                        () -> scaled(x, norm),
                        noise,
                        at + "self_attn.q_proj",
                        at + "self_attn.k_proj",
                        at + "self_attn.v_proj")
                .split(new long[] {config.queryWidth() + config.keyValueWidth(), config.keyValueWidth()}, 1);
        Tensor heads = single(all.get(0)).view(slices * length, config.heads() + keyHeads, size);
        TensorVector turned = parameters
                .toMultiply(positions.turn(headsNormalised(at, heads)))
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
    static final class Positions {
        final long slices;
        final long length;
        final Tensor mask; // [S * K, G * L, L]
        private final long half;
        private final Tensor cos; // [T, 1, D]
        private final Tensor sin; // [T, 1, D], the first half negative

        Positions(DecoderConfig config, Packing packing, Parameters parameters) {
            Transfer transfer = parameters.transfer();
            slices = packing.slices();
            length = packing.length();
            long keyHeads = config.keyValueHeads();
            long group = config.heads() / keyHeads;
            mask = parameters
                    .toMultiply(transfer.put(packing.mask(), slices, 1, 1, length, length))
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
            cos = transfer.put(c, packing.ids().length, 1, size);
            sin = transfer.put(s, packing.ids().length, 1, size);
        }

        /// Turns each pair `(i, i + D/2)` of `[T, heads, D]`: transformers' `rotate_half`.
        Tensor turn(Tensor x) {
            return x.mul(cos).add(x.roll(new long[] {half}, -1).mul(sin));
        }
    }
}
