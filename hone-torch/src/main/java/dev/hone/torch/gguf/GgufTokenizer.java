package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The tokenizer in a GGUF file's metadata, as the files of a Hugging Face directory.
///
/// Read are `tokenizer.ggml.model` `gpt2` (bytes, merged by rank) and `llama` (SentencePiece, merged by score, with
/// bytes for what it lacks). Control tokens become special tokens, user-defined ones are added.
final class GgufTokenizer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "tokenizer.ggml.";

    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;

    private final GgufMetadata metadata;
    private final String file;
    private final List<String> tokens;
    private final int[] types;
    private final boolean sentencePiece;

    private GgufTokenizer(GgufFile gguf, int vocabulary) {
        metadata = gguf.metadata();
        file = gguf.path().toString();
        sentencePiece = isSentencePiece();
        tokens = metadata.texts(PREFIX + "tokens");
        types = types();
        if (types.length != tokens.size() || tokens.size() > vocabulary) {
            throw Fault.data(
                    file + ": " + tokens.size() + " tokens with " + types.length + " types and an embedding of "
                            + vocabulary + " rows; expected as many types as tokens, and no more tokens than rows",
                    "fetch the file again, or choose another");
        }
    }

    /// Where the file has none, every token is a normal one.
    private int[] types() {
        if (metadata.has(PREFIX + "token_type")) {
            return metadata.integers(PREFIX + "token_type");
        }
        int[] normal = new int[tokens.size()];
        Arrays.fill(normal, GgufPieces.NORMAL);
        return normal;
    }

    /// @param vocabulary rows of the embedding
    static GgufTokenizer of(GgufFile gguf, int vocabulary) {
        return new GgufTokenizer(gguf, vocabulary);
    }

    private boolean isSentencePiece() {
        String model = metadata.text(PREFIX + "model");
        return switch (model) {
            case "gpt2" -> false;
            case "llama" -> true;
            default ->
                throw Fault.data(
                        file + ": the tokenizer \"" + model
                                + "\" (tokenizer.ggml.model) is not supported; supported are \"gpt2\" and \"llama\"",
                        "choose the model as a Hugging Face directory, whose tokenizer.json has it");
        };
    }

    /// The file that the `tokenizers` library reads.
    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        addedTokens(root.putArray("added_tokens"));
        if (sentencePiece) {
            new GgufPieces(metadata, tokens, types).put(root);
        } else {
            bytes(root);
        }
        if (begins()) {
            beginFirst(root.putObject("post_processor"));
        } else {
            root.putNull("post_processor");
        }
        return JSON.writeValueAsString(root) + "\n";
    }

    private void addedTokens(ArrayNode added) {
        for (int id = 0; id < types.length; id++) {
            if (types[id] == CONTROL
                    || types[id] == USER_DEFINED
                    || (sentencePiece && types[id] == GgufPieces.UNKNOWN)) {
                added.addObject()
                        .put("id", id)
                        .put("content", tokens.get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", types[id] != USER_DEFINED);
            }
        }
    }

    private GgufSplitter splitter() {
        return GgufSplitter.named(metadata.anyText(PREFIX + "pre").orElse("default"), file); // as llama.cpp
    }

    private void bytes(ObjectNode root) {
        splitter().put(root);
        GgufSplitter.byteLevel(root.putObject("decoder"), true);
        ObjectNode model = root.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("unk_token");
        model.put("fuse_unk", false);
        model.put("byte_fallback", false);
        model.put("ignore_merges", splitter().takesWholeWords());
        ObjectNode vocabulary = model.putObject("vocab");
        for (int id = 0; id < types.length; id++) {
            if (types[id] != UNUSED) { // what only fills the embedding has no text
                vocabulary.put(tokens.get(id), id);
            }
        }
        ArrayNode merges = model.putArray("merges");
        for (String merge : metadata.texts(PREFIX + "merges")) {
            int space = merge.indexOf(' ', 1);
            if (space < 0 || space == merge.length() - 1) {
                throw Fault.data(file + ": the merge \"" + merge + "\" is not two tokens", "fetch the file again");
            }
            merges.addArray().add(merge.substring(0, space)).add(merge.substring(space + 1));
        }
    }

    private boolean begins() {
        boolean usually = sentencePiece || splitter().begins();
        return metadata.flag(PREFIX + "add_bos_token", usually) && role("bos").isPresent();
    }

    private void beginFirst(ObjectNode processor) {
        int id = metadata.integer(PREFIX + "bos_token_id");
        String begin = tokens.get(id);
        processor.put("type", "TemplateProcessing");
        ArrayNode single = processor.putArray("single");
        putBegin(single, begin);
        putSequence(single, "A", 0);
        ArrayNode pair = processor.putArray("pair");
        putBegin(pair, begin);
        putSequence(pair, "A", 0);
        putSequence(pair, "B", 1);
        ObjectNode special = processor.putObject("special_tokens").putObject(begin);
        special.put("id", begin);
        special.putArray("ids").add(id);
        special.putArray("tokens").add(begin);
    }

    private static void putBegin(ArrayNode parts, String begin) {
        parts.addObject().putObject("SpecialToken").put("id", begin).put("type_id", 0);
    }

    private static void putSequence(ArrayNode parts, String name, int type) {
        parts.addObject().putObject("Sequence").put("id", name).put("type_id", type);
    }

    /// The text of the token with a role, such as `eos`.
    private Optional<String> role(String name) {
        String key = PREFIX + name + "_token_id";
        if (!metadata.has(key)) {
            return Optional.empty();
        }
        int id = metadata.integer(key);
        if (id >= tokens.size()) {
            throw Fault.data(
                    file + ": " + key + " is " + id + " and there are " + tokens.size() + " tokens",
                    "fetch the file again, or choose another");
        }
        return Optional.of(tokens.get(id));
    }

    /// `tokenizer_config.json`, with the chat template if the file has one.
    String configJson(int context) {
        ObjectNode root = JSON.createObjectNode();
        root.put("add_bos_token", begins());
        root.put("add_eos_token", false);
        role("bos").ifPresent(text -> root.put("bos_token", text));
        metadata.anyText("tokenizer.chat_template").ifPresent(text -> root.put("chat_template", text));
        root.put("clean_up_tokenization_spaces", false);
        role("eos").ifPresent(text -> root.put("eos_token", text));
        root.put("model_max_length", context);
        role("padding").ifPresent(text -> root.put("pad_token", text));
        root.put("tokenizer_class", "PreTrainedTokenizerFast");
        role("unknown").ifPresent(text -> root.put("unk_token", text));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// `generation_config.json`: every token that ends a turn or a text.
    String generationJson() {
        ObjectNode root = JSON.createObjectNode();
        put(root, "bos_token_id", "bos");
        ArrayNode ends = root.putArray("eos_token_id");
        for (String role : List.of("eos", "eot", "eom")) {
            if (role(role).isPresent()) {
                int id = metadata.integer(PREFIX + role + "_token_id");
                if (ends.valueStream().noneMatch(known -> known.asInt() == id)) {
                    ends.add(id);
                }
            }
        }
        put(root, "pad_token_id", "padding");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private void put(ObjectNode root, String field, String role) {
        if (role(role).isPresent()) {
            root.put(field, metadata.integer(PREFIX + role + "_token_id"));
        }
    }
}
