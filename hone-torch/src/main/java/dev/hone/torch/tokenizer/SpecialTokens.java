package dev.hone.torch.tokenizer;

import dev.hone.torch.file.Json;
import dev.hone.torch.template.Unwritable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The special tokens of a tokenizer, and how a text that spells one is kept from becoming it.
///
/// A user may write `<|im_end|>`; a template writes it too, and only there it ends a turn. So a mark is put
/// into what a user wrote ([#guarded]) before the template is rendered; afterwards those without a mark are
/// given names that no text has ([#named]), the marks go, and a tokenizer that knows the special tokens by
/// these names only ([#renamed]) does the rest. Everything else about it stays, so all other text has the
/// tokens that it always has.
///
/// A file may hold thousands of them that begin alike, so they are looked up in their order: at each place of a text
/// the last that is not above what stands there, then what that one begins with.
public final class SpecialTokens {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Of Unicode's private use: no text means anything by them.
    private static final String MARK = "\uE000";

    private static final String OPEN = "\uE001";
    private static final String CLOSE = "\uE002";

    private final SortedMap<String, Integer> ids; // by text
    private final String[] texts;
    private final int[] within; // of each text, which other it begins with, the longest; -1 if with none

    private SpecialTokens(SortedMap<String, Integer> ids) {
        this.ids = ids;
        this.texts = ids.keySet().toArray(String[]::new);
        this.within = new int[texts.length];
        for (int i = 0; i < texts.length; i++) {
            int other = i - 1;
            while (other >= 0 && !texts[i].startsWith(texts[other])) {
                other = within[other];
            }
            within[i] = other;
        }
    }

    /// @param tokenizer the content of `tokenizer.json`
    static SpecialTokens of(JsonNode tokenizer) {
        SortedMap<String, Integer> ids = new TreeMap<>();
        tokenizer
                .path("added_tokens")
                .valueStream()
                .filter(SpecialTokens::isSpecial)
                .forEach(token -> ids.put(
                        token.path("content").asString(), token.path("id").asInt(-1)));
        return new SpecialTokens(ids);
    }

    private static boolean isSpecial(JsonNode token) {
        return token.path("special").asBoolean(false)
                && token.path("content").isString()
                && !token.path("content").asString().isEmpty();
    }

    /// @throws Unwritable if the text is longer than any that is made into tokens
    public boolean occurIn(String text) {
        TextTokenizer.refuseLonger(text, TextTokenizer.LONGEST);
        return first(text).isPresent();
    }

    /// The text of the special token that begins at a place, the longest; null if there is none.
    private @Nullable String at(String text, int place) {
        int low = 0;
        int high = texts.length;
        int alikeBelow = high == 0 ? 0 : alike(texts[0], text, place, 0);
        int alikeAbove = high == 0 ? 0 : alike(texts[high - 1], text, place, 0);
        while (low < high) {
            int middle = (low + high) >>> 1;
            String special = texts[middle];
            int alike = alike(special, text, place, Math.min(alikeBelow, alikeAbove)); // so all between are
            if (alike < special.length()
                    && (place + alike == text.length() || special.charAt(alike) > text.charAt(place + alike))) {
                high = middle;
                alikeAbove = alike;
            } else {
                low = middle + 1;
                alikeBelow = alike;
            }
        }
        int last = low - 1;
        while (last >= 0 && texts[last].length() > alikeBelow) {
            last = within[last];
        }
        return last < 0 ? null : texts[last];
    }

    /// How many characters of a special token's text stand at a place.
    ///
    /// @param known how many do at least
    private static int alike(String special, String text, int place, int known) {
        int most = Math.min(special.length(), text.length() - place);
        int alike = known;
        while (alike < most && special.charAt(alike) == text.charAt(place + alike)) {
            alike++;
        }
        return alike;
    }

    /// A mark in every text of a special token, after its first character.
    ///
    /// @throws Unwritable if the text holds what marks are made of, or is longer than any that is made into tokens
    public String guarded(String text) {
        TextTokenizer.refuseLonger(text, TextTokenizer.LONGEST);
        for (String each : List.of(MARK, OPEN, CLOSE)) {
            if (text.contains(each)) {
                throw new Unwritable("the text holds the character U+"
                        + Integer.toHexString(each.charAt(0)).toUpperCase(Locale.ROOT)
                        + " of private use, and beside the text of a special token it cannot be read; take it out");
            }
        }
        StringBuilder guarded = new StringBuilder();
        for (int place = 0; place < text.length(); place = text.offsetByCodePoints(place, 1)) {
            guarded.appendCodePoint(text.codePointAt(place));
            guarded.append(at(text, place) == null ? "" : MARK);
        }
        return guarded.toString();
    }

    /// The same in every text of plain values.
    public Map<String, Object> guarded(Map<String, Object> values) {
        Map<String, Object> guarded = new LinkedHashMap<>();
        values.forEach((key, value) -> guarded.put(guarded(key), guardedAny(value)));
        return guarded;
    }

    private Object guardedAny(Object value) {
        return switch (value) {
            case String text -> guarded(text);
            case List<?> list -> list.stream().map(this::guardedAny).toList();
            case Map<?, ?> map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((key, each) -> values.put(String.valueOf(key), each));
                yield guarded(values);
            }
            default -> value;
        };
    }

    /// Whether a string in plain values holds the text of a special token.
    public boolean occurInAny(@Nullable Object value) {
        return switch (value) {
            case String text -> occurIn(text);
            case List<?> list -> list.stream().anyMatch(this::occurInAny);
            case Map<?, ?> map ->
                map.entrySet().stream().anyMatch(each -> occurInAny(each.getKey()) || occurInAny(each.getValue()));
            case null, default -> false;
        };
    }

    /// The text without marks, in which those special tokens that had none go by their names.
    public String named(String guarded) {
        StringBuilder named = new StringBuilder();
        int place = 0;
        while (place < guarded.length()) {
            String special = at(guarded, place);
            if (special != null && !isMarked(guarded, place, special)) {
                named.append(name(ids.getOrDefault(special, -1)));
                place += special.length();
            } else {
                char each = guarded.charAt(place++);
                named.append(each == MARK.charAt(0) ? "" : each);
            }
        }
        return named.toString();
    }

    /// A mark inside of a longer one is enough for it not to be found.
    private static boolean isMarked(String text, int place, String special) {
        return special.codePointCount(0, special.length()) == 1 && text.startsWith(MARK, place + special.length());
    }

    /// The first that a text holds.
    public OptionalInt first(String text) {
        for (int place = 0; place < text.length(); place++) {
            String special = at(text, place);
            if (special != null) {
                return OptionalInt.of(ids.getOrDefault(special, -1));
            }
        }
        return OptionalInt.empty();
    }

    private static String name(int id) {
        return OPEN + id + CLOSE;
    }

    /// A `tokenizer.json` in which they have their names; whatever adds tokens by itself is gone.
    String renamed(String json, String file) {
        ObjectNode root = (ObjectNode) Json.object(json, file);
        root.putNull("post_processor");
        for (JsonNode token : root.path("added_tokens")) {
            if (isSpecial(token)) {
                ((ObjectNode) token)
                        .put("content", name(token.path("content").asString()))
                        .put("normalized", false);
            }
        }
        if (root.path("model") instanceof ObjectNode model) {
            renameModel(model);
        }
        return JSON.writeValueAsString(root);
    }

    private String name(String special) {
        Integer id = ids.get(special);
        return id == null ? special : name(id);
    }

    private void renameModel(ObjectNode model) {
        if (model.path("unk_token").isString()) {
            model.put("unk_token", name(model.path("unk_token").asString()));
        }
        switch (model.path("vocab")) {
            case ObjectNode words ->
                ids.forEach((special, id) -> {
                    JsonNode known = words.remove(special);
                    if (known != null) {
                        words.set(name(id), known);
                    }
                });
            case ArrayNode pieces ->
                pieces.forEach(piece -> {
                    if (piece instanceof ArrayNode pair && pair.path(0).isString()) {
                        pair.set(0, name(pair.path(0).asString()));
                    }
                });
            default -> {}
        }
    }

    /// @throws IllegalArgumentException if a renamed tokenizer gives another id to a name
    void check(TextTokenizer renamed) {
        List<String> wrong = new ArrayList<>();
        ids.forEach((special, id) -> {
            if (!Arrays.equals(renamed.encode(name(id)), new int[] {id})) {
                wrong.add(special);
            }
        });
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong + " would have other ids");
        }
    }
}
