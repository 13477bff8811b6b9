package dev.hone.torch.model;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What `config.json` says about a decoder. It mirrors that file, hence the number of components.
///
/// @param family what its attention adds
/// @param vocabulary number of token ids
/// @param hidden width of the residual stream
/// @param intermediate width of the gated part
/// @param heads query heads; a multiple of `keyValueHeads`
/// @param headSize width of one head; even, because positions rotate pairs
/// @param context longest sequence, in tokens
/// @param tied whether the output projection is the embedding
/// @param specials ids of begin, end and padding tokens, each -1 if the file names none
public record DecoderConfig(
        Family family,
        int vocabulary,
        int hidden,
        int intermediate,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        int context,
        float normEpsilon,
        Rope rope,
        boolean tied,
        float initializerRange,
        Specials specials) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LARGEST_SIZE = 1 << 22;
    /// Each has a dozen names, before any weight is seen.
    private static final int MOST_LAYERS = 1 << 12;

    /// Token ids with a role; -1 where there is none.
    public record Specials(int begin, int end, int pad) {
        void put(ObjectNode root) {
            putId(root, "bos_token_id", begin);
            putId(root, "eos_token_id", end);
            putId(root, "pad_token_id", pad);
        }

        private static void putId(ObjectNode root, String field, int id) {
            if (id >= 0) {
                root.put(field, id);
            }
        }
    }

    public DecoderConfig {
        var problems = new ArrayList<String>();
        sizes(vocabulary, hidden, intermediate, layers, heads, keyValueHeads, headSize, context)
                .forEach((name, size) -> {
                    int largest = name.equals("num_hidden_layers") ? MOST_LAYERS : LARGEST_SIZE;
                    if (size < 1 || size > largest) {
                        problems.add(name + " is " + size + ", allowed is 1 to " + largest);
                    }
                });
        if (keyValueHeads > 0 && heads % keyValueHeads != 0) {
            problems.add("num_attention_heads " + heads + " is no multiple of num_key_value_heads " + keyValueHeads);
        }
        if ((long) heads * headSize > LARGEST_SIZE) {
            problems.add(
                    "num_attention_heads " + heads + " of head_dim " + headSize + " are wider than " + LARGEST_SIZE);
        }
        if (headSize % 2 != 0) {
            problems.add("head_dim " + headSize + " is odd, rotary positions need pairs");
        }
        if (!(normEpsilon > 0)) {
            problems.add("rms_norm_eps " + normEpsilon + " is not above 0");
        }
        if (!problems.isEmpty()) {
            throw Fault.data("config.json: " + String.join("; ", problems), "correct the file or choose another model");
        }
    }

    private static Map<String, Integer> sizes(int... values) {
        var names = List.of(
                "vocab_size",
                "hidden_size",
                "intermediate_size",
                "num_hidden_layers",
                "num_attention_heads",
                "num_key_value_heads",
                "head_dim",
                "max_position_embeddings");
        var sizes = new LinkedHashMap<String, Integer>();
        for (int i = 0; i < values.length; i++) {
            sizes.put(names.get(i), values[i]);
        }
        return sizes;
    }

    /// Reads the content of a `config.json`, old (`rope_theta`, `rope_scaling`) and new (`rope_parameters`) form.
    public static DecoderConfig parse(String json, String file) {
        JsonNode root = Json.object(json, file);
        Family family = Family.of(root, file);
        refuseOther(Json.text(root, "hidden_act", "silu", file), "silu", "hidden_act", file);
        if (family != Family.QWEN2) { // transformers' Qwen2 never looks at the field
            refuseBias(root, "attention_bias", file);
        }
        refuseBias(root, "mlp_bias", file);
        if (!Json.isAbsent(root.path("quantization_config"))) {
            throw Fault.data(
                    file + ": weights quantised by "
                            + root.path("quantization_config").path("quant_method") + " are not supported",
                    "choose the model in F32, BF16 or F16");
        }
        int hidden = Json.integer(root, "hidden_size", file);
        int heads = Json.integer(root, "num_attention_heads", file);
        int layers = Json.integer(root, "num_hidden_layers", file);
        int context = Json.integer(root, "max_position_embeddings", family.context(), file);
        family.refuseWindow(root, layers, context, file);
        return new DecoderConfig(
                family,
                Json.integer(root, "vocab_size", file),
                hidden,
                Json.integer(root, "intermediate_size", file),
                layers,
                heads,
                family.keyValueHeads(root, heads, file),
                Json.integer(root, "head_dim", family.headSize(hidden, heads), file),
                context,
                (float) Json.number(root, "rms_norm_eps", 1e-6, file),
                Rope.parse(root, file),
                Json.flag(root, "tie_word_embeddings", false, file),
                (float) Json.number(root, "initializer_range", 0.02, file),
                new Specials(
                        firstId(root, "bos_token_id", file),
                        firstId(root, "eos_token_id", file),
                        firstId(root, "pad_token_id", file)));
    }

    private static void refuseBias(JsonNode root, String field, String file) {
        refuseOther(String.valueOf(Json.flag(root, field, false, file)), "false", field, file);
    }

    private static void refuseOther(String value, String only, String field, String file) {
        if (!value.equals(only)) {
            throw Fault.data(
                    file + ": " + field + " \"" + value + "\" is not supported; supported is \"" + only + "\"",
                    "choose a model without it");
        }
    }

    private static int firstId(JsonNode root, String field, String file) {
        JsonNode node = root.path(field);
        JsonNode id = node.isArray() ? node.path(0) : node;
        return Json.isAbsent(id) ? -1 : Json.whole(id, field, file);
    }

    /// The file that transformers reads as this family's class, before version 5 too.
    public String toJson() {
        ObjectNode root = JSON.createObjectNode();
        root.putArray("architectures").add(family.architecture());
        root.put("attention_dropout", 0.0);
        specials.put(root);
        root.put("dtype", "float32");
        root.put("head_dim", headSize);
        root.put("hidden_act", "silu");
        root.put("hidden_size", hidden);
        root.put("initializer_range", decimal(initializerRange));
        root.put("intermediate_size", intermediate);
        root.put("max_position_embeddings", context);
        root.put("model_type", family.modelType());
        root.put("num_attention_heads", heads);
        root.put("num_hidden_layers", layers);
        root.put("num_key_value_heads", keyValueHeads);
        root.put("rms_norm_eps", decimal(normEpsilon));
        rope.write(root);
        family.put(root);
        root.put("tie_word_embeddings", tied);
        root.put("torch_dtype", "float32");
        root.put("use_cache", true);
        root.put("vocab_size", vocabulary);
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// The shortest decimal of a float, so that 1e-6f is written as 1.0E-6 and not as its double expansion.
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    /// Whether the query, key and value projections add a bias.
    public boolean attentionBias() {
        return family.attentionBias();
    }

    /// Whether each head of queries and keys passes a norm before it is turned to its position.
    public boolean queryKeyNorm() {
        return family.queryKeyNorm();
    }

    public int queryWidth() {
        return heads * headSize;
    }

    public int keyValueWidth() {
        return keyValueHeads * headSize;
    }

    /// Every parameter by its name in the file, with its shape, in the order of the forward pass.
    public SequencedMap<String, List<Integer>> parameters() {
        var shapes = new LinkedHashMap<String, List<Integer>>();
        shapes.put("model.embed_tokens.weight", List.of(vocabulary, hidden));
        for (int layer = 0; layer < layers; layer++) {
            String at = "model.layers." + layer + ".";
            shapes.put(at + "input_layernorm.weight", List.of(hidden));
            putAttention(shapes, at + "self_attn.");
            shapes.put(at + "post_attention_layernorm.weight", List.of(hidden));
            shapes.put(at + "mlp.gate_proj.weight", List.of(intermediate, hidden));
            shapes.put(at + "mlp.up_proj.weight", List.of(intermediate, hidden));
            shapes.put(at + "mlp.down_proj.weight", List.of(hidden, intermediate));
        }
        shapes.put("model.norm.weight", List.of(hidden));
        if (!tied) {
            shapes.put("lm_head.weight", List.of(vocabulary, hidden));
        }
        return shapes;
    }

    private void putAttention(Map<String, List<Integer>> shapes, String at) {
        shapes.put(at + "q_proj.weight", List.of(queryWidth(), hidden));
        shapes.put(at + "k_proj.weight", List.of(keyValueWidth(), hidden));
        shapes.put(at + "v_proj.weight", List.of(keyValueWidth(), hidden));
        if (attentionBias()) {
            shapes.put(at + "q_proj.bias", List.of(queryWidth()));
            shapes.put(at + "k_proj.bias", List.of(keyValueWidth()));
            shapes.put(at + "v_proj.bias", List.of(keyValueWidth()));
        }
        if (queryKeyNorm()) {
            shapes.put(at + "q_norm.weight", List.of(headSize));
            shapes.put(at + "k_norm.weight", List.of(headSize));
        }
        shapes.put(at + "o_proj.weight", List.of(hidden, queryWidth()));
    }
}
