package dev.hone.torch.model;

import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The decoders that this engine computes. They differ in what their attention adds, in the defaults of
/// `config.json`, and in how that file asks for a sliding window; figures are those of transformers 5.
public enum Family {
    LLAMA("llama", "LlamaForCausalLM"),
    MISTRAL("mistral", "MistralForCausalLM"),
    QWEN2("qwen2", "Qwen2ForCausalLM"),
    QWEN3("qwen3", "Qwen3ForCausalLM");

    private static final int WINDOW = 4096;

    private final String modelType;
    private final String architecture;

    Family(String modelType, String architecture) {
        this.modelType = modelType;
        this.architecture = architecture;
    }

    /// The value of `model_type` in `config.json`.
    public String modelType() {
        return modelType;
    }

    /// The class of transformers that runs it.
    public String architecture() {
        return architecture;
    }

    /// Whether the query, key and value projections add a bias; the output projection never does.
    boolean attentionBias() {
        return this == QWEN2;
    }

    /// Whether each head of queries and keys passes a norm before it is turned to its position.
    boolean queryKeyNorm() {
        return this == QWEN3;
    }

    static Family of(JsonNode root, String file) {
        String type = root.path("model_type").asString("");
        for (Family family : values()) {
            if (family.modelType.equals(type)) {
                return family;
            }
        }
        throw Fault.data(
                file + ": model_type \"" + type + "\" is not supported; supported are "
                        + Arrays.stream(values())
                                .map(family -> "\"" + family.modelType + "\"")
                                .collect(Collectors.joining(", ")),
                "choose a model of one of these families");
    }

    /// Key heads where the file is silent: one a query head in Llama, a number in the others, which no real file omits.
    int keyValueHeads(JsonNode root, int heads, String file) {
        JsonNode value = root.path("num_key_value_heads");
        return value.isNull() || (value.isMissingNode() && this == LLAMA)
                ? heads
                : Json.integer(root, "num_key_value_heads", file);
    }

    /// Width of a head where the file is silent.
    int headSize(int hidden, int heads) {
        return this == QWEN3 ? 128 : hidden / Math.max(1, heads);
    }

    /// Longest text where the file is silent.
    int context() {
        return switch (this) {
            case LLAMA -> 2048;
            case MISTRAL -> 4096 * 32;
            case QWEN2, QWEN3 -> 32768;
        };
    }

    /// Refuses a window shorter than the longest text: attention here sees all that came before.
    void refuseWindow(JsonNode root, int layers, int context, String file) {
        OptionalInt window = window(root, layers, file);
        if (window.isPresent() && window.getAsInt() < context) {
            throw Fault.data(
                    file + ": sliding_window " + window.getAsInt() + " is below max_position_embeddings " + context
                            + ", and attention with a window is not supported",
                    "choose a model without it, or lower max_position_embeddings to the window");
        }
    }

    /// The window of any layer, in tokens, the token itself included.
    private OptionalInt window(JsonNode root, int layers, String file) {
        boolean some = switch (this) {
            case LLAMA -> false;
            case MISTRAL -> true;
            case QWEN2, QWEN3 -> Json.flag(root, "use_sliding_window", false, file) && slides(root, layers, file);
        };
        return !some || root.path("sliding_window").isNull()
                ? OptionalInt.empty()
                : OptionalInt.of(Json.integer(root, "sliding_window", WINDOW, file));
    }

    private static boolean slides(JsonNode root, int layers, String file) {
        JsonNode types = root.path("layer_types");
        if (!types.isArray()) {
            return Json.integer(root, "max_window_layers", 28, file) < layers;
        }
        for (JsonNode type : types) {
            if (!type.asString("").equals("full_attention")) {
                return true;
            }
        }
        return false;
    }

    /// The fields that only this family's file has.
    void put(ObjectNode root) {
        if (this == LLAMA || this == QWEN3) {
            root.put("attention_bias", false);
        }
        if (this == LLAMA) {
            root.put("mlp_bias", false);
        } else {
            root.putNull("sliding_window"); // where it is missing, transformers takes one of 4096
        }
        if (this == QWEN2 || this == QWEN3) {
            root.put("use_sliding_window", false);
        }
    }
}
