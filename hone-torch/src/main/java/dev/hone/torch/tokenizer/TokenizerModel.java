package dev.hone.torch.tokenizer;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The model of a tokenizer, copied with the fields that it may have; the vocabulary itself is taken over.
final class TokenizerModel {
    /// As many ids as [dev.hone.torch.model.DecoderConfig] allows rows.
    static final int LARGEST_ID = (1 << 22) - 1;

    /// The id of what a vocabulary lacks, where the file names none: the library would drop it.
    private static final int LOST = LARGEST_ID + 1;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LONGEST_PIECE = 256; // characters; the library goes as deep

    private final String file;

    TokenizerModel(String file) {
        this.file = file;
    }

    ObjectNode checked(JsonNode model) {
        String type = model.path("type").asString("");
        ObjectNode made = JSON.createObjectNode().put("type", type);
        switch (type) {
            case "BPE" -> pairs(model, made);
            case "WordLevel" -> {
                vocabulary(model, made);
                unknown(model, made);
                if (!made.path("unk_token").isString()) {
                    throw wrong("it names no unk_token");
                }
            }
            case "Unigram" -> pieces(model, made);
            default ->
                throw wrong("the type \"" + cut(type) + "\" is not supported; supported are BPE, Unigram, WordLevel");
        }
        return made;
    }

    private void pairs(JsonNode model, ObjectNode made) {
        if (model.path("dropout").asDouble(0) != 0) {
            throw wrong(
                    "dropout " + cut(model.path("dropout").toString()) + " would read a text differently each time");
        }
        for (String field : new String[] {"continuing_subword_prefix", "end_of_word_suffix"}) {
            if (!model.path(field).asString("").isEmpty()) {
                throw wrong(field + " " + cut(model.path(field).toString()) + " is not supported");
            }
        }
        vocabulary(model, made);
        unknown(model, made);
        if (made.path("unk_token").isNull()) {
            String lost = "\uE003"; // of private use
            while (model.path("vocab").has(lost)) {
                lost += lost;
            }
            made.put("unk_token", lost);
            made.putObject("vocab").setAll((ObjectNode) model.path("vocab")).put(lost, LOST);
        }
        for (String flag : new String[] {"fuse_unk", "byte_fallback", "ignore_merges"}) {
            made.put(flag, model.path(flag).asBoolean(false));
        }
        if (!model.path("merges").isArray()) {
            throw wrong("it has no list of merges");
        }
        made.set("merges", model.path("merges"));
    }

    private void vocabulary(JsonNode model, ObjectNode made) {
        JsonNode vocabulary = model.path("vocab");
        if (!vocabulary.isObject()) {
            throw wrong("it has no vocab");
        }
        for (JsonNode id : vocabulary) {
            if (!isId(id)) {
                throw wrong("an id of its vocab is " + cut(id.toString()) + "; allowed are 0 to " + LARGEST_ID);
            }
        }
        made.set("vocab", vocabulary);
    }

    private void unknown(JsonNode model, ObjectNode made) {
        JsonNode unknown = model.path("unk_token");
        if (unknown.isMissingNode() || unknown.isNull()) {
            made.putNull("unk_token");
        } else if (unknown.isString() && model.path("vocab").has(unknown.asString())) {
            made.put("unk_token", unknown.asString());
        } else {
            throw wrong("the unk_token " + cut(unknown.toString()) + " is not in its vocab");
        }
    }

    private void pieces(JsonNode model, ObjectNode made) {
        JsonNode vocabulary = model.path("vocab");
        if (!vocabulary.isArray() || vocabulary.size() > LARGEST_ID) {
            throw wrong("its vocab is no list of at most " + LARGEST_ID);
        }
        for (JsonNode piece : vocabulary) {
            String text = piece.path(0).asString("");
            if (piece.size() != 2
                    || text.length() > LONGEST_PIECE
                    || !piece.path(1).isNumber()) {
                throw wrong("a piece of its vocab is " + cut(piece.toString()) + "; expected is a text of at most "
                        + LONGEST_PIECE + " characters and a score");
            }
        }
        JsonNode unknown = model.path("unk_id");
        if (!isId(unknown) || unknown.asInt() >= vocabulary.size()) {
            throw wrong("unk_id " + cut(unknown.toString()) + " is none of its " + vocabulary.size() + " pieces");
        }
        made.set("vocab", vocabulary);
        made.put("unk_id", unknown.asInt());
        made.put("byte_fallback", model.path("byte_fallback").asBoolean(false));
    }

    /// The id that stands for what the vocabulary lacks.
    ///
    /// @param checked what [#checked] gave
    static int unknownId(JsonNode checked) {
        String token = checked.path("unk_token").asString("");
        return checked.path("unk_id").asInt(checked.path("vocab").path(token).asInt(-1));
    }

    static boolean isId(JsonNode id) {
        return id.isIntegralNumber() && id.canConvertToInt() && id.asInt() >= 0 && id.asInt() <= LARGEST_ID;
    }

    /// For messages.
    static String cut(String text) {
        return text.length() > 100 ? text.substring(0, 100) + "..." : text;
    }

    private HoneException wrong(String what) {
        return Fault.data(file + ": the tokenizer's model: " + what, "choose a model with another tokenizer");
    }
}
