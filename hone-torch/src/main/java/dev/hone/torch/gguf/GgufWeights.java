package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Tensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.Family;
import dev.hone.torch.setting.StoredDtype;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parameters of a GGUF file under the names and in the layout of Hugging Face transformers.
///
/// llama.cpp stores the query and key rows of the llama architecture in the order of its rotation, which turns
/// neighbours, where transformers turns a head's first half against its second; that order is undone here.
public record GgufWeights(GgufFile file, DecoderConfig config) implements Tensors {
    private static final Pattern IN_LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\.(.+)");
    private static final Map<String, String> OUTSIDE = Map.of(
            "model.embed_tokens.weight", "token_embd.weight",
            "model.norm.weight", "output_norm.weight",
            "lm_head.weight", "output.weight");
    private static final Map<String, String> WITHIN = Map.ofEntries(
            Map.entry("input_layernorm", "attn_norm"),
            Map.entry("self_attn.q_proj", "attn_q"),
            Map.entry("self_attn.k_proj", "attn_k"),
            Map.entry("self_attn.v_proj", "attn_v"),
            Map.entry("self_attn.o_proj", "attn_output"),
            Map.entry("self_attn.q_norm", "attn_q_norm"),
            Map.entry("self_attn.k_norm", "attn_k_norm"),
            Map.entry("post_attention_layernorm", "ffn_norm"),
            Map.entry("mlp.gate_proj", "ffn_gate"),
            Map.entry("mlp.up_proj", "ffn_up"),
            Map.entry("mlp.down_proj", "ffn_down"));
    /// Read with the config, not as a parameter.
    private static final String ROPE = "rope_freqs.weight";

    public GgufWeights {
        check(file, config);
    }

    /// Every parameter has its tensor in the right shape, and no tensor is left over.
    private static void check(GgufFile file, DecoderConfig config) {
        Set<String> left = new HashSet<>(file.tensors().keySet());
        left.remove(ROPE);
        config.parameters().forEach((name, shape) -> {
            GgufTensor tensor = file.tensors().get(stored(name));
            if (tensor == null) {
                throw Fault.data(
                        file.path() + " has " + file.tensors().size() + " tensors and its metadata asks for "
                                + config.parameters().size() + ": missing \"" + stored(name) + "\"",
                        "fetch the file again");
            }
            if (!tensor.shape().equals(shape)) {
                throw Fault.data(
                        file.path() + ": tensor \"" + tensor.name() + "\": expected shape " + shape
                                + " by the metadata, got " + tensor.shape(),
                        "fetch the file again, or choose another");
            }
            left.remove(tensor.name());
        });
        if (!left.isEmpty()) {
            throw Fault.data(
                    file.path() + ": tensor \""
                            + left.stream().sorted().findFirst().orElseThrow() + "\" belongs to "
                            + "something that is not supported in a "
                            + config.family().modelType() + " model",
                    "choose another model");
        }
    }

    private static String stored(String name) {
        Matcher layer = IN_LAYER.matcher(name);
        if (!layer.matches()) {
            return OUTSIDE.getOrDefault(name, name);
        }
        int dot = layer.group(2).lastIndexOf('.');
        String part = layer.group(2).substring(0, dot);
        return "blk." + layer.group(1) + "." + WITHIN.getOrDefault(part, part)
                + layer.group(2).substring(dot);
    }

    @Override
    public SequencedMap<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        config.parameters().forEach((name, shape) -> kinds.put(name, new Kind(StoredDtype.F32, shape)));
        return kinds;
    }

    @Override
    public Weight read(String name) {
        GgufTensor tensor = file.tensors().get(stored(name));
        if (tensor == null) {
            throw new IllegalArgumentException("no parameter \"" + name + "\"");
        }
        int heads = rotatedHeads(name);
        float[] values = tensor.values();
        return new Weight(
                tensor.shape(), heads > 0 ? halves(values, tensor.shape().getLast(), heads) : values);
    }

    /// How many heads a parameter has whose rows llama.cpp reordered; 0 for all other parameters.
    private int rotatedHeads(String name) {
        if (config.family() != Family.LLAMA) {
            return 0;
        }
        if (name.endsWith("q_proj.weight")) {
            return config.heads();
        }
        return name.endsWith("k_proj.weight") ? config.keyValueHeads() : 0;
    }

    /// Rows `[heads, pairs, 2]` become `[heads, 2, pairs]`.
    private static float[] halves(float[] values, int width, int heads) {
        int rows = values.length / width;
        int pairs = rows / heads / 2;
        float[] ordered = new float[values.length];
        for (int row = 0; row < rows; row++) {
            int first = row / (2 * pairs) * 2 * pairs;
            int to = first + row % 2 * pairs + (row - first) / 2;
            System.arraycopy(values, row * width, ordered, to * width, width);
        }
        return ordered;
    }
}
