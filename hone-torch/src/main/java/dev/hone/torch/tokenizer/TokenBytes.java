package dev.hone.torch.tokenizer;

import dev.hone.torch.file.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What each token adds to a text, in bytes of UTF-8: a character may be spread over several tokens, so a
/// token alone need not be text.
///
/// Special tokens, and ids that are none, add nothing.
public final class TokenBytes {
    private static final byte[] NOTHING = {};

    private final byte[][] bytes;
    private final boolean dropsSpace;
    private final int[] ordered; // ids of tokens that add something, in the order of their bytes
    private final int[] shared; // how many bytes each has in common with the one before it

    private TokenBytes(byte[][] bytes, boolean dropsSpace) {
        this.bytes = bytes;
        this.dropsSpace = dropsSpace;
        this.ordered = IntStream.range(0, bytes.length)
                .filter(id -> bytes[id].length > 0)
                .boxed()
                .sorted(Comparator.comparing(id -> bytes[id], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        this.shared = new int[ordered.length];
        for (int i = 1; i < ordered.length; i++) {
            int mismatch = Arrays.mismatch(bytes[ordered[i - 1]], bytes[ordered[i]]);
            shared[i] = mismatch < 0 ? bytes[ordered[i]].length : mismatch;
        }
    }

    /// @param tokenizer the content of `tokenizer.json`
    /// @throws dev.hone.run.HoneException if its decoder is of a kind whose tokens have no bytes of their own
    static TokenBytes of(JsonNode tokenizer) {
        Map<Integer, String> tokens = new HashMap<>();
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary instanceof ArrayNode pieces) {
            for (int id = 0; id < pieces.size(); id++) {
                tokens.put(id, pieces.path(id).path(0).asString(""));
            }
        } else {
            vocabulary.properties().forEach(each -> tokens.put(each.getValue().asInt(-1), each.getKey()));
        }
        for (JsonNode added : tokenizer.path("added_tokens")) {
            boolean special = added.path("special").asBoolean(false);
            tokens.put(
                    added.path("id").asInt(-1),
                    special ? "" : added.path("content").asString(""));
        }
        String decoder = String.valueOf(tokenizer.path("decoder"));
        Spelling spelling = Spelling.of(tokenizer.path("decoder"), decoder);
        // no array longer than the tokens there are can be asked for by a large id
        int size = tokens.keySet().stream()
                .filter(id -> id < 2 * tokens.size())
                .mapToInt(id -> id + 1)
                .max()
                .orElse(0);
        byte[][] bytes = new byte[size][];
        Arrays.fill(bytes, NOTHING);
        tokens.forEach((id, text) -> {
            if (id >= 0 && id < size) {
                bytes[id] = spelling.bytes(text);
            }
        });
        boolean drops = spelling == Spelling.METASPACE ? !decoder.contains("\"never\"") : decoder.contains("\"Strip\"");
        return new TokenBytes(bytes, drops);
    }

    /// How a vocabulary writes bytes; the names are those of the decoders in `tokenizer.json`.
    private enum Spelling {
        BYTE_LEVEL,
        BYTE_FALLBACK,
        METASPACE,
        FUSE;

        static Spelling of(JsonNode node, String decoder) {
            if (decoder.contains("\"ByteLevel\"")) {
                return BYTE_LEVEL;
            }
            if (decoder.contains("\"ByteFallback\"")) {
                return BYTE_FALLBACK;
            }
            if (node.path("type").asString("").equals("Metaspace")) {
                return METASPACE;
            }
            if (node.path("type").asString("").equals("Fuse")) {
                return FUSE;
            }
            throw Fault.data(
                    "the tokenizer's decoder " + (decoder.length() > 200 ? decoder.substring(0, 200) + "..." : decoder)
                            + " is none of ByteLevel, ByteFallback, Metaspace and Fuse, so stop strings and constraints"
                            + " cannot be held against its tokens",
                    "leave them out");
        }

        byte[] bytes(String token) {
            return switch (this) {
                case BYTE_LEVEL -> byteLevel(token);
                case BYTE_FALLBACK ->
                    token.matches("<0x[0-9A-F]{2}>")
                            ? new byte[] {(byte) Integer.parseInt(token.substring(3, 5), 16)}
                            : spaced(token);
                case METASPACE -> spaced(token);
                case FUSE -> token.getBytes(StandardCharsets.UTF_8);
            };
        }

        private static byte[] spaced(String token) {
            return token.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8);
        }

        /// Each character stands for a byte: printable ones of Latin-1 for themselves, the others are counted
        /// up from U+0100 (Radford et al. 2019). A token with another character stands for its own text.
        private static byte[] byteLevel(String token) {
            byte[] bytes = new byte[token.length()];
            for (int i = 0; i < bytes.length; i++) {
                int value = BYTE_OF.getOrDefault(token.charAt(i), -1);
                if (value < 0) {
                    return token.getBytes(StandardCharsets.UTF_8);
                }
                bytes[i] = (byte) value;
            }
            return bytes;
        }
    }

    private static final Map<Character, Integer> BYTE_OF = bytesOfCharacters();

    private static Map<Character, Integer> bytesOfCharacters() {
        Map<Character, Integer> values = new HashMap<>();
        char next = 0x100;
        for (int value = 0; value < 256; value++) {
            boolean printable = (value > ' ' && value <= '~') || (value >= 0xa1 && value != 0xad);
            values.put(printable ? (char) value : next++, value);
        }
        return Map.copyOf(values);
    }

    /// What a token adds; not to be written to.
    public byte[] of(int token) {
        return token < bytes.length ? bytes[token] : NOTHING;
    }

    /// Whether a space with which a text would begin is left out of it.
    public boolean dropsSpace() {
        return dropsSpace;
    }

    /// Goes on by one byte.
    @FunctionalInterface
    public interface Walk {
        /// @return the state after it; negative if it may not come here
        int step(int state, byte next);
    }

    /// All tokens whose bytes may come, each byte that several begin with walked once.
    ///
    /// @param size of the vocabulary
    /// @return a bit a token
    public long[] allowed(int start, int size, Walk walk) {
        long[] allowed = new long[Math.ceilDiv(size, Long.SIZE)];
        int[] states = new int[64]; // after so many bytes
        states[0] = start;
        int alive = 0; // bytes of the token before that could be walked
        for (int i = 0; i < ordered.length; i++) {
            byte[] each = bytes[ordered[i]];
            if (shared[i] > alive) {
                continue; // begins with what could not be walked
            }
            if (each.length >= states.length) {
                states = Arrays.copyOf(states, 2 * each.length);
            }
            alive = shared[i];
            while (alive < each.length) {
                int state = walk.step(states[alive], each[alive]);
                if (state < 0) {
                    break;
                }
                states[++alive] = state;
            }
            if (alive == each.length && ordered[i] < size) {
                allowed[ordered[i] >> 6] |= 1L << ordered[i];
            }
        }
        return allowed;
    }
}
