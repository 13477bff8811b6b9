package dev.hone.torch.tokenizer;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import dev.hone.torch.template.PythonText;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What of a `tokenizer.json` reaches the native library.
///
/// The library believes what it reads, and where it is wrong the process ends: an offset beyond a text, an expression
/// that takes too long, an allocation that fails. So it gets a file made anew, of those parts alone that the
/// supported families use, each with the fields that it may have. What only adds tokens at the ends of a text is left
/// out, because [TextTokenizer] never asks for it.
final class TokenizerJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int MOST_ADDED = 1 << 14; // each is compared with all before it
    private static final int LONGEST_ADDED = 200; // characters; a searching automaton is made of them
    private static final Set<String> FLAGS = Set.of("single_word", "lstrip", "rstrip", "normalized", "special");

    private final String file;

    private TokenizerJson(String file) {
        this.file = file;
    }

    /// @param json the file made anew
    /// @param unknown the id that stands for what the vocabulary lacks
    /// @param longest how many characters a text may have
    record Checked(String json, int unknown, int longest) {}

    /// @param tokenizer the content of a `tokenizer.json`
    /// @throws HoneException naming the part that is not supported, or what is wrong with it
    static Checked checked(JsonNode tokenizer, String file) {
        return new TokenizerJson(file).made(tokenizer);
    }

    private Checked made(JsonNode tokenizer) {
        ObjectNode made = JSON.createObjectNode();
        made.put("version", "1.0");
        made.putNull("truncation");
        made.putNull("padding");
        put(tokenizer.path("added_tokens"), made.putArray("added_tokens"));
        var parts = new TokenizerParts(file);
        made.set("normalizer", parts.normalizer(tokenizer.path("normalizer")));
        made.set("pre_tokenizer", parts.preTokenizer(tokenizer.path("pre_tokenizer")));
        made.putNull("post_processor");
        var decoders = new TokenizerParts(file);
        made.set("decoder", decoders.decoder(tokenizer.path("decoder")));
        if (decoders.longest() < TextTokenizer.LONGEST) { // nobody asks before a text is decoded
            throw wrong("a regular expression of its decoder may take too long");
        }
        ObjectNode model = new TokenizerModel(file).checked(tokenizer.path("model"));
        made.set("model", model);
        return new Checked(JSON.writeValueAsString(made), TokenizerModel.unknownId(model), parts.longest());
    }

    private void put(JsonNode added, ArrayNode made) {
        if (!added.isMissingNode() && (!added.isArray() || added.size() > MOST_ADDED)) {
            throw wrong("added_tokens should be a list of at most " + MOST_ADDED);
        }
        boolean strips = false;
        boolean blank = false;
        for (JsonNode token : added) {
            String content = token.path("content").asString("");
            JsonNode id = token.path("id");
            if (content.isEmpty() || content.length() > LONGEST_ADDED || !TokenizerModel.isId(id)) {
                throw wrong("an added token with the content \"" + TokenizerModel.cut(content) + "\" and the id "
                        + TokenizerModel.cut(id.toString()) + "; allowed are 1 to " + LONGEST_ADDED
                        + " characters and 0 to " + TokenizerModel.LARGEST_ID);
            }
            ObjectNode copy = made.addObject().put("id", id.asInt()).put("content", content);
            for (String flag : new TreeSet<>(FLAGS)) {
                if (!token.path(flag).isBoolean()) {
                    throw wrong("the added token \"" + content + "\" does not say whether it is " + flag);
                }
                copy.put(flag, token.path(flag).asBoolean());
            }
            strips |= copy.path("lstrip").asBoolean() || copy.path("rstrip").asBoolean();
            blank |= content.codePoints().allMatch(PythonText::isSpace);
        }
        if (strips && blank) { // the library cuts where one would take white space that is another
            throw wrong("one added token is white space and another takes the white space beside it");
        }
    }

    private HoneException wrong(String what) {
        return Fault.data(file + ": " + what, "choose a model with another tokenizer");
    }
}
