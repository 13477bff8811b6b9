package dev.hone.torch;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Text to token ids and back, as `tokenizer.json` says (the Rust library reads it).
///
/// Nothing is dropped on the way: a text with a character that the vocabulary lacks is refused by naming the character.
final class TextTokenizer implements AutoCloseable {
    private final HuggingFaceTokenizer tokenizer;
    private final int unknown;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, int unknown) {
        this.tokenizer = tokenizer;
        this.unknown = unknown;
    }

    static TextTokenizer read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Fault.data(file + " is missing", "point to a directory with tokenizer.json");
        }
        JsonNode root = Json.object(SafeFiles.text(file), file.toString());
        JsonNode model = root.path("model");
        int unknown =
                model.path("vocab").path(model.path("unk_token").asString("")).asInt(-1);
        try {
            // No telemetry, no network: the file is read from disk as it is.
            var tokenizer = HuggingFaceTokenizer.newInstance(
                    file, Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
            return new TextTokenizer(tokenizer, unknown);
        } catch (IOException | RuntimeException broken) {
            throw Fault.data(file + " cannot be read as a tokenizer: " + broken.getMessage(), "fetch it again", broken);
        }
    }

    /// Token ids without special tokens.
    ///
    /// @throws UnknownText if a part of the text has no token
    int[] encode(String text) {
        Encoding encoding = tokenizer.encode(text, false, false);
        long[] ids = encoding.getIds();
        int[] result = new int[ids.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.toIntExact(ids[i]);
            if (result[i] == unknown) {
                throw new UnknownText(text, firstUnknown(text));
            }
        }
        if (result.length == 0 && !text.isEmpty()) {
            throw new UnknownText(text, firstUnknown(text));
        }
        return result;
    }

    private String firstUnknown(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .filter(each -> {
                    long[] ids = tokenizer.encode(each, false, false).getIds();
                    return ids.length == 0 || ids[0] == unknown;
                })
                .findFirst()
                .orElse(text);
    }

    /// The text of tokens, special ones left out.
    String decode(int[] ids) {
        return tokenizer.decode(wide(ids), true);
    }

    /// The text of tokens, special ones too.
    String decodeAll(int[] ids) {
        return tokenizer.decode(wide(ids), false);
    }

    private static long[] wide(int[] ids) {
        return Arrays.stream(ids).asLongStream().toArray();
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /// A text that the vocabulary cannot write.
    static final class UnknownText extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnknownText(String text, String part) {
            super("\"" + part + "\" in \"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text)
                    + "\" is not in the model's vocabulary; leave it out or choose another model");
        }
    }
}
