package dev.hone.torch.sample;

import dev.hone.torch.file.Tensors;
import dev.hone.torch.kernel.Brgemm;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.kernel.PackedMatrix;
import dev.hone.torch.kernel.RowProduct;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Dtype;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The weights in the form that [BatchDecoder] multiplies with. They own their memory until they are closed.
///
/// @param head the embedding itself where both are tied
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
public record BatchWeights(
        DecoderConfig config,
        RowProduct product,
        Arena arena,
        PackedMatrix embedding,
        Layer[] layers,
        float[] norm,
        PackedMatrix head)
        implements DrawingWeights {
    /// Threads that compute one batch together; more of them wait for each other too often.
    private static final int GANG = 4;

    /// @param queryKeyValue `[q + 2 kv, hidden]`
    /// @param bias of these, empty for none
    /// @param queryNorm weight of the norm of each query head, null for none
    /// @param gate and `up`: `[intermediate, hidden]`
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    public record Layer(
            float[] attentionNorm,
            PackedMatrix queryKeyValue,
            float[] bias,
            float @Nullable [] queryNorm,
            float @Nullable [] keyNorm,
            PackedMatrix attentionOut,
            float[] gatedNorm,
            PackedMatrix gate,
            PackedMatrix up,
            PackedMatrix down) {}

    /// Packs a copy of the weights.
    public static BatchWeights of(DecoderConfig config, Tensors tensors, Dtype dtype, Gang gang) {
        return of(config, tensors, product(config, dtype), gang);
    }

    /// With a product of one's choice.
    static BatchWeights of(DecoderConfig config, Tensors tensors, RowProduct product, Gang gang) {
        Arena arena = Arena.ofShared();
        try {
            return packed(config, new Packer(tensors, product, arena, gang));
        } catch (RuntimeException | Error broken) {
            arena.close();
            throw broken;
        }
    }

    private static BatchWeights packed(DecoderConfig config, Packer packer) {
        Layer[] layers = new Layer[config.layers()];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = packer.layer("model.layers." + i + ".");
        }
        PackedMatrix embedding = packer.matrix("model.embed_tokens.weight");
        PackedMatrix head = config.tied() ? embedding : packer.matrix("lm_head.weight");
        float[] norm = packer.vector("model.norm.weight");
        return new BatchWeights(config, packer.product, packer.arena, embedding, layers, norm, head);
    }

    /// Reads tensors, one at a time, and packs them.
    private record Packer(Tensors tensors, RowProduct product, Arena arena, Gang gang) {

        Layer layer(String at) {
            String attention = at + "self_attn.";
            return new Layer(
                    vector(at + "input_layernorm.weight"),
                    matrix(attention + "q_proj.weight", attention + "k_proj.weight", attention + "v_proj.weight"),
                    join(attention + "q_proj.bias", attention + "k_proj.bias", attention + "v_proj.bias"),
                    optional(attention + "q_norm.weight"),
                    optional(attention + "k_norm.weight"),
                    matrix(attention + "o_proj.weight"),
                    vector(at + "post_attention_layernorm.weight"),
                    matrix(at + "mlp.gate_proj.weight"),
                    matrix(at + "mlp.up_proj.weight"),
                    matrix(at + "mlp.down_proj.weight"));
        }

        PackedMatrix matrix(String... names) {
            int threads = Math.ceilDiv(gang.threads(), gangs(gang.threads()));
            return PackedMatrix.of(product, arena, gang, threads, tensors, names);
        }

        float[] vector(String name) {
            return tensors.read(name).values();
        }

        private float @Nullable [] optional(String name) {
            return tensors.kinds().containsKey(name) ? vector(name) : null;
        }

        private float[] join(String... names) {
            float[] joined = {};
            for (String name : names) {
                float[] part = optional(name);
                if (part != null) {
                    int at = joined.length;
                    joined = Arrays.copyOf(joined, at + part.length);
                    System.arraycopy(part, 0, joined, at, part.length);
                }
            }
            return joined;
        }
    }

    /// The fastest product whose numbers do not depend on what is computed beside them, which is checked here for every
    /// shape.
    private static RowProduct product(DecoderConfig config, Dtype dtype) {
        RowProduct fast = Brgemm.of(dtype);
        int hidden = config.hidden();
        int queries = config.queryWidth();
        int intermediate = config.intermediate();
        int atOnce = KeyValuePages.atOnce(config);
        int[] heads = PagedAttention.heights(config);
        boolean alike =
                treatsAlike(fast, hidden, queries + 2 * config.keyValueWidth(), intermediate, config.vocabulary())
                        && treatsAlike(fast, queries, hidden)
                        && treatsAlike(fast, intermediate, hidden)
                        && Brgemm.treatsAlike(fast, heads, new int[] {atOnce * Pages.SIZE}, config.headSize())
                        && Brgemm.treatsAlike(fast, heads, new int[] {atOnce * config.headSize()}, Pages.SIZE);
        return alike ? fast : new RowProduct.Plain(dtype);
    }

    /// @param outs outputs of the matrices that read `in` inputs
    private static boolean treatsAlike(RowProduct product, int in, int... outs) {
        int[] widths = IntStream.of(outs)
                .flatMap(out -> IntStream.of(PackedMatrix.widths(out)))
                .distinct()
                .sorted()
                .toArray();
        return Brgemm.treatsAlike(product, PackedMatrix.heights(), widths, in);
    }

    @Override
    public int batches(int threads) {
        return gangs(threads);
    }

    private static int gangs(int threads) {
        return Math.ceilDiv(threads, GANG);
    }

    @Override
    public StepDecoder decoder(Gang gang, int places, int wanted, int capacity) {
        return new BatchDecoder(this, gang, places, wanted, capacity);
    }

    @Override
    public void close() {
        arena.close();
    }
}
