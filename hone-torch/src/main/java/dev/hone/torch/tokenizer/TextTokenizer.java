package dev.hone.torch.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.hone.torch.file.Fault;
import dev.hone.torch.file.Json;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.template.Unwritable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Text to token ids and back, as `tokenizer.json` says (the Rust library reads it).
///
/// Nothing is dropped on the way but what the file says, such as white space between words: a text with a character
/// that the vocabulary lacks is refused by naming the character.
public final class TextTokenizer implements AutoCloseable {
    /// No telemetry, no network: the file is read from disk as it is.
    private static final Map<String, String> AS_IT_IS =
            Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    /// In characters. From a match in a longer text the library may go back so often that it gives up and ends the
    /// process; see [SplitPattern]. With some expressions it is less.
    static final int LONGEST = 1 << 19;

    private final HuggingFaceTokenizer tokenizer;
    private final int unknown;
    private final SpecialTokens specials;
    private final Path file;
    private final int longest;
    private @Nullable TokenBytes bytes;

    private TextTokenizer(TokenizerJson.Checked checked, SpecialTokens specials, Path file) throws IOException {
        this.tokenizer = loaded(checked.json());
        this.longest = checked.longest();
        this.unknown = checked.unknown();
        this.specials = specials;
        this.file = file;
    }

    public static TextTokenizer read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw Fault.data(file + " is missing", "point to a directory with tokenizer.json");
        }
        JsonNode root = Json.object(SafeFiles.text(file), file.toString());
        TokenizerJson.Checked checked = TokenizerJson.checked(root, file.toString());
        SpecialTokens specials = SpecialTokens.of(root);
        try {
            return new TextTokenizer(checked, specials, file);
        } catch (IOException | RuntimeException broken) {
            throw Fault.data(file + " cannot be read as a tokenizer: " + broken.getMessage(), "fetch it again", broken);
        }
    }

    /// @param json that was [checked][TokenizerJson]
    private static HuggingFaceTokenizer loaded(String json) throws IOException {
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), AS_IT_IS);
    }

    /// Those that no text shall become by itself.
    public SpecialTokens specials() {
        return specials;
    }

    /// This tokenizer with other names for its special tokens, by which alone they are recognised; to be
    /// closed.
    public TextTokenizer renamed() {
        try {
            String json = specials.renamed(SafeFiles.text(file), file.toString());
            TokenizerJson.Checked checked = TokenizerJson.checked(Json.object(json, file.toString()), file.toString());
            var renamed = new TextTokenizer(checked, specials, file);
            try {
                specials.check(renamed);
            } catch (RuntimeException broken) {
                renamed.close();
                throw broken;
            }
            return renamed;
        } catch (IOException | RuntimeException broken) {
            throw new Unwritable("the text of a special token cannot be written as text with this model's tokenizer ("
                    + broken.getMessage() + "); leave it out");
        }
    }

    /// Token ids. The text of a special token becomes that token.
    ///
    /// @throws Unwritable if it is longer than [#LONGEST] or than this tokenizer's expressions allow, or a part
    ///     of the text has no token
    public int[] encode(String text) {
        refuseLonger(text, longest);
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

    static void refuseLonger(String text, int longest) {
        if (text.length() > longest) {
            throw new Unwritable("a text of " + text.length() + " characters is longer than " + longest
                    + ", the most that this tokenizer makes into tokens at once; shorten or split it");
        }
    }

    private String firstUnknown(String text) {
        return text.codePoints()
                .mapToObj(Character::toString)
                .filter(each -> {
                    long[] ids = tokenizer.encode(each, false, false).getIds();
                    return ids.length == 0 || Arrays.stream(ids).anyMatch(id -> id == unknown);
                })
                .findFirst()
                .orElse(text);
    }

    /// What each token adds to a text, in bytes; read the first time.
    ///
    /// @throws dev.hone.run.HoneException if tokens of this kind have no bytes of their own
    public synchronized TokenBytes bytes() {
        if (bytes == null) {
            bytes = TokenBytes.of(Json.object(SafeFiles.text(file), file.toString()));
        }
        return bytes;
    }

    /// The text of tokens, special ones left out.
    public String decode(int[] ids) {
        return tokenizer.decode(wide(ids), true);
    }

    /// The text of tokens, special ones too.
    public String decodeAll(int[] ids) {
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
    static final class UnknownText extends Unwritable {
        private static final long serialVersionUID = 1;

        UnknownText(String text, String part) {
            super("\"" + part + "\" in \"" + (text.length() > 60 ? text.substring(0, 60) + "..." : text)
                    + "\" is not in the model's vocabulary; leave it out or choose another model");
        }
    }
}
