package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.Family;
import java.util.List;

/// The shape of the decoder in a GGUF file, from its metadata and the shape of its embedding.
public final class GgufConfig {
    private static final float INITIALIZER_RANGE = 0.02f; // GGUF does not say; nothing here initialises

    private final GgufFile file;
    private final GgufMetadata metadata;
    private final String architecture;

    private GgufConfig(GgufFile file) {
        this.file = file;
        this.metadata = file.metadata();
        this.architecture = metadata.text("general.architecture");
    }

    /// @throws dev.hone.run.HoneException naming the architecture, or what of it is not supported
    public static DecoderConfig of(GgufFile file) {
        return new GgufConfig(file).read();
    }

    private DecoderConfig read() {
        Family family = family();
        refuseExperts();
        int hidden = metadata.integer(key("embedding_length"));
        int heads = metadata.integer(key("attention.head_count"));
        int headSize = metadata.integer(key("attention.key_length"), hidden / Math.max(1, heads));
        int context = metadata.integer(key("context_length"));
        refuseOtherThan(headSize, "attention.value_length");
        refuseOtherThan(headSize, "rope.dimension_count");
        refuseWindow(context);
        return new DecoderConfig(
                family,
                vocabulary(),
                hidden,
                metadata.integer(key("feed_forward_length")),
                layers(),
                heads,
                metadata.integer(key("attention.head_count_kv"), heads),
                headSize,
                context,
                (float) metadata.real(key("attention.layer_norm_rms_epsilon")),
                new GgufRope(file, architecture, headSize).read(),
                !file.tensors().containsKey("output.weight"),
                INITIALIZER_RANGE,
                new DecoderConfig.Specials(id("bos"), id("eos"), id("padding")));
    }

    private String key(String name) {
        return architecture + "." + name;
    }

    private int id(String role) {
        return metadata.integer("tokenizer.ggml." + role + "_token_id", -1);
    }

    private Family family() {
        return switch (architecture) {
            case "llama" -> Family.LLAMA; // Mistral's too
            case "qwen2" -> Family.QWEN2;
            case "qwen3" -> Family.QWEN3;
            default ->
                throw Fault.data(
                        file.path() + ": architecture \"" + architecture
                                + "\" is not supported; supported are \"llama\" (Mistral too), \"qwen2\" and \"qwen3\"",
                        "choose a model of one of these");
        };
    }

    /// Rows of the embedding: files pad it beyond the tokens that have a text.
    private int vocabulary() {
        GgufTensor embedding = file.tensors().get("token_embd.weight");
        if (embedding == null) {
            throw Fault.data(file.path() + ": tensor \"token_embd.weight\" is missing", "fetch the file again");
        }
        List<Integer> shape = embedding.shape();
        return shape.getFirst();
    }

    private int layers() {
        int layers = metadata.integer(key("block_count"));
        if (layers > file.tensors().size()) {
            throw Fault.data(
                    file.path() + ": " + layers + " layers and only "
                            + file.tensors().size() + " tensors",
                    "fetch the file again, it is damaged");
        }
        return layers;
    }

    private void refuseExperts() {
        int experts = metadata.integer(key("expert_count"), 0);
        if (experts > 0) {
            throw Fault.data(
                    file.path() + ": a mixture of " + experts + " experts is not supported",
                    "choose a model without experts");
        }
    }

    private void refuseOtherThan(int headSize, String name) {
        int value = metadata.integer(key(name), headSize);
        if (value != headSize) {
            throw Fault.data(
                    file.path() + ": " + key(name) + " is " + value + " and a head is " + headSize
                            + " wide; supported are equal ones",
                    "choose another model");
        }
    }

    private void refuseWindow(int context) {
        int window = metadata.integer(key("attention.sliding_window"), 0);
        if (window > 0 && window < context) {
            throw Fault.data(
                    file.path() + ": a sliding window of " + window + " tokens below the context of " + context
                            + " is not supported",
                    "choose a model without it");
        }
    }
}
