package dev.hone.torch.tokenizer;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A tokenizer of single characters, for small models of small languages.
///
/// Ids: 0 padding, 1 begin, 2 end, 3 unknown, then the characters in the order given.
///
/// @param characters each a code point, no two alike
public record CharacterVocabulary(List<String> characters) {
    public static final int PAD = 0;
    public static final int BEGIN = 1;
    public static final int END = 2;
    private static final List<String> SPECIALS = List.of("<pad>", "<s>", "</s>", "<unk>");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public CharacterVocabulary {
        characters = List.copyOf(characters);
        if (characters.isEmpty() || characters.stream().distinct().count() != characters.size()) {
            throw new IllegalArgumentException("a vocabulary needs characters, no two alike, but got " + characters);
        }
        for (String each : characters) {
            if (each.codePointCount(0, each.length()) != 1) {
                throw new IllegalArgumentException("\"" + each + "\" is not one character");
            }
        }
    }

    public static CharacterVocabulary of(String characters) {
        return new CharacterVocabulary(
                characters.codePoints().mapToObj(Character::toString).toList());
    }

    public int size() {
        return SPECIALS.size() + characters.size();
    }

    /// The file that the `tokenizers` library reads: words of one character, split on nothing.
    public String tokenizerJson() {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", "1.0");
        root.putNull("truncation");
        root.putNull("padding");
        var added = root.putArray("added_tokens");
        for (int id = 0; id < SPECIALS.size(); id++) {
            added.addObject()
                    .put("id", id)
                    .put("content", SPECIALS.get(id))
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", true);
        }
        root.putNull("normalizer");
        ObjectNode split = root.putObject("pre_tokenizer");
        split.put("type", "Split");
        split.putObject("pattern").put("String", "");
        split.put("behavior", "Isolated");
        split.put("invert", false);
        root.putNull("post_processor");
        root.putObject("decoder").put("type", "Fuse");
        ObjectNode model = root.putObject("model");
        model.put("type", "WordLevel");
        ObjectNode vocabulary = model.putObject("vocab");
        for (String special : SPECIALS) {
            vocabulary.put(special, vocabulary.size());
        }
        for (String character : characters) {
            vocabulary.put(character, vocabulary.size());
        }
        model.put("unk_token", "<unk>");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /// The file that makes transformers' `AutoTokenizer` use the other one.
    public String tokenizerConfigJson(int context) {
        ObjectNode root = JSON.createObjectNode();
        root.put("add_bos_token", false);
        root.put("add_eos_token", false);
        root.put("bos_token", "<s>");
        root.put("clean_up_tokenization_spaces", false);
        root.put("eos_token", "</s>");
        root.put("model_max_length", context);
        root.put("pad_token", "<pad>");
        root.put("tokenizer_class", "PreTrainedTokenizerFast");
        root.put("unk_token", "<unk>");
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }
}
