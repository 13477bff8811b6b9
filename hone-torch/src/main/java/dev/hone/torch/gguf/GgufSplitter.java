package dev.hone.torch.gguf;

import dev.hone.torch.file.Fault;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a byte-level tokenizer cuts text before it merges, by the name that `tokenizer.ggml.pre` gives it. The parts are
/// those of the models' own `tokenizer.json`.
enum GgufSplitter {
    /// SmolLM2: every digit alone, then GPT-2's words.
    SMOLLM("smollm", "smollm"),
    /// Llama 3: words, up to three digits, punctuation with line ends.
    LLAMA3("llama-bpe", "llama3"),
    /// Qwen 2 to 3: as Llama 3, but every digit alone, and text in NFC.
    QWEN2("qwen2", "qwen2"),
    /// GPT-2's words.
    GPT2("gpt-2", "default"),
    /// Mistral Nemo and later: words that end where a capital follows a small letter.
    TEKKEN("tekken", "tekken");

    private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+";
    private static final String CASED_WORDS =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*";
    private static final String SPACES = "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    private final String name;
    private final String alias;

    GgufSplitter(String name, String alias) {
        this.name = name;
        this.alias = alias;
    }

    static GgufSplitter named(String name, String file) {
        for (GgufSplitter splitter : values()) {
            if (splitter.name.equals(name) || splitter.alias.equals(name)) {
                return splitter;
            }
        }
        throw Fault.data(
                file + ": the pre-tokenizer \"" + name + "\" (tokenizer.ggml.pre) is not supported; supported are "
                        + Arrays.stream(values())
                                .flatMap(each -> Stream.of(each.name, each.alias))
                                .distinct()
                                .collect(Collectors.joining(", ")),
                "choose the model as a Hugging Face directory, whose tokenizer.json has it");
    }

    /// Whether llama.cpp begins a text with the begin token where the file does not say.
    boolean begins() {
        return this == LLAMA3 || this == TEKKEN;
    }

    /// Whether a word that is a token as a whole is not built from merges.
    boolean takesWholeWords() {
        return this == LLAMA3 || this == TEKKEN;
    }

    /// Writes `normalizer` and `pre_tokenizer` of a `tokenizer.json`.
    void put(ObjectNode root) {
        if (this == QWEN2) {
            root.putObject("normalizer").put("type", "NFC");
        } else {
            root.putNull("normalizer");
        }
        ObjectNode splitter = root.putObject("pre_tokenizer");
        switch (this) {
            case GPT2 -> byteLevel(splitter, true);
            case SMOLLM -> {
                ArrayNode parts = sequence(splitter);
                parts.addObject().put("type", "Digits").put("individual_digits", true);
                byteLevel(parts.addObject(), true);
            }
            case LLAMA3 -> split(splitter, WORDS + "|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" + SPACES);
            case QWEN2 -> split(splitter, WORDS + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" + SPACES);
            case TEKKEN -> split(splitter, CASED_WORDS + "|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|" + SPACES);
        }
    }

    private static ArrayNode sequence(ObjectNode splitter) {
        return splitter.put("type", "Sequence").putArray("pretokenizers");
    }

    private static void split(ObjectNode splitter, String pattern) {
        ArrayNode parts = sequence(splitter);
        ObjectNode split = parts.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        split.put("behavior", "Isolated").put("invert", false);
        byteLevel(parts.addObject(), false);
    }

    /// Bytes as letters; also the decoder of every such tokenizer.
    static void byteLevel(ObjectNode part, boolean words) {
        part.put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", words);
    }
}
