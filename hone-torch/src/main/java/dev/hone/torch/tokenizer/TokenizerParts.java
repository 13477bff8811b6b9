package dev.hone.torch.tokenizer;

import dev.hone.run.HoneException;
import dev.hone.torch.file.Fault;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// The parts of a tokenizer that change a text one after the other, each copied with the fields that it may have.
/// How often they multiply the text is added up and bounded; how long the cutting of it takes, by how long a text may
/// be.
final class TokenizerParts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int MOST = 32;
    private static final int DEEPEST = 4;
    private static final int LONGEST_TEXT = 32; // that a part puts in
    private static final int MOST_GROWTH = 256;
    /// For each character of a text of [TextTokenizer#LONGEST]; see [SplitPattern].
    private static final int MOST_STEPS = 6;
    /// Characters of a text for each of which one step may be taken anew from each of them: some seconds.
    private static final int LONGEST_AGAIN = 1 << 15;

    private static final Set<String> NORMALIZERS =
            Set.of("Sequence", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Prepend", "Replace");
    private static final Set<String> PRE_TOKENIZERS = Set.of(
            "Sequence", "ByteLevel", "Digits", "Split", "Metaspace", "Punctuation", "Whitespace", "WhitespaceSplit");
    private static final Set<String> DECODERS =
            Set.of("Sequence", "ByteLevel", "ByteFallback", "Fuse", "Metaspace", "Replace", "Strip");
    private static final Set<String> BEHAVIORS =
            Set.of("Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous");
    private static final Set<String> SCHEMES = Set.of("first", "never", "always");

    private final String file;
    private int count;
    private int growth = 1;
    private int again;
    private int longest = TextTokenizer.LONGEST;

    TokenizerParts(String file) {
        this.file = file;
    }

    /// How many characters a text may have for these parts; to be asked after them.
    int longest() {
        return longest;
    }

    JsonNode normalizer(JsonNode part) {
        return part(part, "normalizer", NORMALIZERS, 0, this::normalizer);
    }

    private void normalizer(JsonNode part, ObjectNode made) {
        switch (part.path("type").asString("")) {
            case "Prepend" -> {
                String text = text(part, "prepend", 1);
                made.put("prepend", text);
                grow(1 + bytes(text));
            }
            case "Replace" -> replace(part, made, 1); // an added token that became empty would be found everywhere
            case "NFC" -> grow(3); // most code points for one, as Unicode has them
            case "NFD" -> grow(4);
            case "NFKC", "NFKD" -> grow(18); // U+FDFA
            default -> {}
        }
    }

    /// To be asked after the normalizer, whose text it gets.
    JsonNode preTokenizer(JsonNode part) {
        return part(part, "pre_tokenizer", PRE_TOKENIZERS, 0, this::preTokenizer);
    }

    private void preTokenizer(JsonNode part, ObjectNode made) {
        switch (part.path("type").asString("")) {
            case "ByteLevel" -> {
                flags(part, made, "add_prefix_space", "trim_offsets", "use_regex");
                take(new SplitPattern.Cost(1, 0));
                grow(4);
            }
            case "Digits" -> flags(part, made, "individual_digits");
            case "Split" -> {
                take(pattern(part, made));
                made.put("behavior", oneOf(part, "behavior", BEHAVIORS));
                flags(part, made, "invert");
            }
            case "Metaspace" -> metaspace(part, made);
            case "Punctuation" -> {
                if (part.has("behavior")) {
                    made.put("behavior", oneOf(part, "behavior", BEHAVIORS));
                }
            }
            default -> {}
        }
    }

    JsonNode decoder(JsonNode part) {
        return part(part, "decoder", DECODERS, 0, this::decoder);
    }

    private void decoder(JsonNode part, ObjectNode made) {
        switch (part.path("type").asString("")) {
            case "ByteLevel" -> flags(part, made, "add_prefix_space", "trim_offsets", "use_regex");
            case "Metaspace" -> metaspace(part, made);
            case "Replace" -> replace(part, made, 0);
            case "Strip" -> {
                int start = part.path("start").asInt(-1);
                if (start < 0 || start > LONGEST_TEXT || part.path("stop").asInt(-1) != 0) {
                    throw wrong("a Strip that does not take 0 to " + LONGEST_TEXT
                            + " characters at the start and none at the end is not supported");
                }
                made.put("content", character(part, "content"))
                        .put("start", start)
                        .put("stop", 0);
            }
            default -> {}
        }
    }

    private interface Fields {
        void copy(JsonNode part, ObjectNode made);
    }

    private JsonNode part(JsonNode part, String role, Set<String> known, int depth, Fields fields) {
        if (part.isMissingNode() || part.isNull()) {
            return NullNode.getInstance();
        }
        String type = part.path("type").asString("");
        if (!known.contains(type)) {
            throw wrong("the " + role + " \"" + TokenizerModel.cut(type) + "\" is not supported; supported are "
                    + new TreeSet<>(known));
        }
        count++;
        if (count > MOST || depth > DEEPEST) {
            throw wrong("a " + role + " of more than " + MOST + " parts, or more than " + DEEPEST + " deep");
        }
        ObjectNode made = JSON.createObjectNode().put("type", type);
        if (type.equals("Sequence")) {
            String name = role.replace("_", "") + "s";
            ArrayNode parts = made.putArray(name);
            for (JsonNode each : part.path(name)) {
                if (!each.isObject()) {
                    throw wrong("a part of a " + role + " is no object");
                }
                parts.add(part(each, role, known, depth + 1, fields));
            }
        } else {
            fields.copy(part, made);
        }
        return made;
    }

    private void replace(JsonNode part, ObjectNode made, int shortest) {
        take(pattern(part, made));
        String content = text(part, "content", shortest);
        made.put("content", content);
        grow(1 + bytes(content));
    }

    private SplitPattern.Cost pattern(JsonNode part, ObjectNode made) {
        JsonNode pattern = part.path("pattern");
        ObjectNode copy = made.putObject("pattern");
        if (pattern.path("String").isString() && pattern.size() == 1) {
            copy.put("String", pattern.path("String").asString());
            return new SplitPattern.Cost(0, 0);
        }
        if (!pattern.path("Regex").isString() || pattern.size() != 1) {
            throw wrong("a pattern is neither a String nor a Regex");
        }
        String regex = pattern.path("Regex").asString();
        copy.put("Regex", regex);
        try {
            return SplitPattern.cost(regex);
        } catch (IllegalArgumentException refused) {
            throw wrong("the regular expression \"" + TokenizerModel.cut(regex) + "\": " + refused.getMessage());
        }
    }

    private void metaspace(JsonNode part, ObjectNode made) {
        String replacement = character(part, "replacement");
        made.put("replacement", replacement);
        if (part.has("prepend_scheme")) {
            made.put("prepend_scheme", oneOf(part, "prepend_scheme", SCHEMES));
        }
        for (String flag : List.of("split", "add_prefix_space")) {
            if (part.path(flag).isBoolean()) {
                flags(part, made, flag);
            }
        }
        grow(1 + bytes(replacement));
    }

    private void flags(JsonNode part, ObjectNode made, String... names) {
        for (String name : names) {
            if (part.path(name).isBoolean()) {
                made.put(name, part.path(name).asBoolean());
            } else if (!name.equals("use_regex") || part.has(name)) {
                throw wrong("the " + part.path("type") + " does not say whether " + name);
            }
        }
    }

    private String oneOf(JsonNode part, String field, Set<String> allowed) {
        String value = part.path(field).asString("");
        if (!allowed.contains(value)) {
            throw wrong(field + " \"" + TokenizerModel.cut(value) + "\" is not one of " + new TreeSet<>(allowed));
        }
        return value;
    }

    private String character(JsonNode part, String field) {
        String text = text(part, field, 1);
        if (text.codePointCount(0, text.length()) != 1) {
            throw wrong(field + " \"" + text + "\" is not one character");
        }
        return text;
    }

    private String text(JsonNode part, String field, int shortest) {
        JsonNode text = part.path(field);
        if (!text.isString()
                || text.asString().length() < shortest
                || text.asString().length() > LONGEST_TEXT) {
            throw wrong(field + " " + TokenizerModel.cut(text.toString()) + " is no text of " + shortest + " to "
                    + LONGEST_TEXT + " characters");
        }
        return text.asString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private void grow(int factor) {
        growth *= factor;
        if (growth > MOST_GROWTH) {
            throw wrong("its parts could make a text more than " + MOST_GROWTH + " times as long");
        }
    }

    private void take(SplitPattern.Cost cost) {
        if (cost.steps() > MOST_STEPS) {
            throw wrong("cutting a text could take more than " + MOST_STEPS + " steps a character");
        }
        if (cost.steps() > 0) {
            longest = Math.min(longest, TextTokenizer.LONGEST * MOST_STEPS / (cost.steps() * growth));
        }
        again += cost.again() * growth;
        if (again > 0) {
            longest = Math.min(longest, LONGEST_AGAIN / again);
        }
    }

    private HoneException wrong(String what) {
        return Fault.data(file + ": " + what, "choose a model with another tokenizer");
    }
}
