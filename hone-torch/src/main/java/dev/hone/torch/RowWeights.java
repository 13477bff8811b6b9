package dev.hone.torch;

import java.util.Map;

/// The weights in the form that [RowDecoder] multiplies with: projections that read the same input lie in one matrix.
///
/// @param product how matrices are multiplied; all rows of a batch alike, which is checked here once for every shape
@SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
record RowWeights(
        DecoderConfig config, MatrixProduct product, float[] embedding, Layer[] layers, float[] norm, float[] head) {

    /// @param queryKeyValue `[q + 2 kv, hidden]`
    /// @param gateUp `[2 intermediate, hidden]`
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    record Layer(
            float[] attentionNorm,
            float[] queryKeyValue,
            float[] attentionOut,
            float[] gatedNorm,
            float[] gateUp,
            float[] down) {}

    static RowWeights of(DecoderConfig config, Map<String, Weight> weights) {
        if (config.attentionBias() || config.queryKeyNorm()) {
            throw Fault.settings(
                    "sampling from a model of type \"" + config.family().modelType() + "\" is not supported yet",
                    "choose a model of type \"llama\" or \"mistral\"");
        }
        Layer[] layers = new Layer[config.layers()];
        for (int i = 0; i < layers.length; i++) {
            String at = "model.layers." + i + ".";
            layers[i] = new Layer(
                    values(weights, at + "input_layernorm.weight"),
                    join(weights, at + "self_attn.", "q_proj.weight", "k_proj.weight", "v_proj.weight"),
                    values(weights, at + "self_attn.o_proj.weight"),
                    values(weights, at + "post_attention_layernorm.weight"),
                    join(weights, at + "mlp.", "gate_proj.weight", "up_proj.weight"),
                    values(weights, at + "mlp.down_proj.weight"));
        }
        float[] embedding = values(weights, "model.embed_tokens.weight");
        float[] head = config.tied() ? embedding : values(weights, "lm_head.weight");
        var fast =
                new RowWeights(config, new OpenBlas(), embedding, layers, values(weights, "model.norm.weight"), head);
        return fast.columnsAreAlike()
                ? fast
                : new RowWeights(config, new MatrixProduct.Plain(), embedding, layers, fast.norm(), head);
    }

    private boolean columnsAreAlike() {
        Layer layer = layers[0];
        int hidden = config.hidden();
        return alike(layer.queryKeyValue(), hidden)
                && alike(layer.attentionOut(), config.queryWidth())
                && alike(layer.gateUp(), hidden)
                && alike(layer.down(), config.intermediate())
                && alike(head, hidden);
    }

    private boolean alike(float[] matrix, int in) {
        return MatrixProduct.treatsColumnsAlike(product, matrix, matrix.length / in, in);
    }

    private static float[] values(Map<String, Weight> weights, String name) {
        Weight weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("no weight \"" + name + "\"");
        }
        return weight.values();
    }

    private static float[] join(Map<String, Weight> weights, String prefix, String... names) {
        int size = 0;
        for (String name : names) {
            size += values(weights, prefix + name).length;
        }
        float[] joined = new float[size];
        int at = 0;
        for (String name : names) {
            float[] part = values(weights, prefix + name);
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }
}
