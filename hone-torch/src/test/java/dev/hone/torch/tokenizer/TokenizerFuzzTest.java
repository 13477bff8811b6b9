package dev.hone.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.hone.data.Message;
import dev.hone.run.HoneException;
import dev.hone.torch.Allowance;
import dev.hone.torch.NativeMemory;
import dev.hone.torch.Tiny;
import dev.hone.torch.model.PromptFormat;
import dev.hone.torch.model.PromptWriter;
import dev.hone.torch.setting.SpecialText;
import dev.hone.torch.template.Unwritable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// Any text as a `tokenizer.json`, and any text for that tokenizer: ids and text again, or a refusal. What the native
/// library does not survive, no target survives: then the input still lies in the folder of the test.
class TokenizerFuzzTest {
    /// Where a text has a character that the vocabulary lacks, each of its characters is encoded alone.
    private static final Allowance ALLOWANCE = new Allowance(8 << 20, 5000, Duration.ofSeconds(2));

    /// Of the library, whose searching automata take a table of a kilobyte for each character of an added token. The
    /// constant is for the virtual machine, which compiles meanwhile.
    private static final long NATIVE_BYTES = 256 << 20;

    private static final long NATIVE_PER_BYTE = 2048;

    private static final String TEXT = "Hello  boxes, 12 + 345 = 357\n\tü and 漢字\u0085🙂 \ud83d<s>  ";

    @TempDir
    Path folder;

    static Stream<byte[]> seeds() {
        String added = "{\"version\":\"1.0\",\"added_tokens\":[{\"id\":0,\"content\":\"<s>\",\"single_word\":false,"
                + "\"lstrip\":false,\"rstrip\":true,\"normalized\":false,\"special\":true},{\"id\":1,\"content\":\"He\","
                + "\"single_word\":true,\"lstrip\":true,\"rstrip\":false,\"normalized\":true,\"special\":false}],";
        String pairs = "\"model\":{\"type\":\"BPE\",\"unk_token\":null,\"vocab\":{\"<s>\":0,\"H\":2,\"e\":3,\"He\":1,"
                + "\"Ġ\":4,\"l\":5,\"o\":6,\"<0x0A>\":7,\"▁\":8},\"merges\":[[\"H\",\"e\"]]}}";
        return Stream.of(
                seed(CharacterVocabulary.of(Tiny.CHARACTERS).tokenizerJson()),
                seed(added + "\"normalizer\":{\"type\":\"NFC\"},\"pre_tokenizer\":{\"type\":\"Sequence\","
                        + "\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":\"[^\\\\r\\\\n\\\\p{L}]?\\\\p{L}+"
                        + "|\\\\p{N}{1,3}|(?i:'s|'t)|\\\\s*[\\\\r\\\\n]+|\\\\s+(?!\\\\S)|\\\\s+\"},\"behavior\":"
                        + "\"Isolated\",\"invert\":false},{\"type\":\"ByteLevel\",\"add_prefix_space\":false,"
                        + "\"trim_offsets\":true,\"use_regex\":false}]},\"decoder\":{\"type\":\"ByteLevel\","
                        + "\"add_prefix_space\":true,\"trim_offsets\":true,\"use_regex\":true}," + pairs),
                seed(added + "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Prepend\",\"prepend\":"
                        + "\"▁\"},{\"type\":\"Replace\",\"pattern\":{\"String\":\" \"},\"content\":\"▁\"}]},\"decoder\":"
                        + "{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"▁\"},"
                        + "\"content\":\" \"},{\"type\":\"ByteFallback\"},{\"type\":\"Fuse\"},{\"type\":\"Strip\","
                        + "\"content\":\" \",\"start\":1,\"stop\":0}]},\"model\":{\"type\":\"BPE\",\"unk_token\":\"<s>\","
                        + "\"fuse_unk\":true,\"byte_fallback\":true,\"vocab\":{\"<s>\":0,\"▁\":1,\"H\":2,\"▁H\":3,"
                        + "\"<0x0A>\":4},\"merges\":[\"▁ H\"]}}"),
                seed(added + "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"▁\",\"prepend_scheme\":"
                        + "\"always\",\"split\":true},\"decoder\":{\"type\":\"Metaspace\",\"replacement\":\"▁\","
                        + "\"prepend_scheme\":\"always\",\"split\":true},\"model\":{\"type\":\"Unigram\",\"unk_id\":0,"
                        + "\"vocab\":[[\"<s>\",0.0],[\"▁H\",-1.5],[\"ello\",-2],[\"l\",-3]],\"byte_fallback\":false}}"),
                seed(added + "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Digits\","
                        + "\"individual_digits\":true},{\"type\":\"Punctuation\",\"behavior\":\"Contiguous\"},{\"type\":"
                        + "\"Whitespace\"},{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":false,"
                        + "\"use_regex\":true}]}," + pairs));
    }

    private static byte[] seed(String json) {
        return (json + "\0Hello <s> He 12\n\ud83d\ude42").getBytes(StandardCharsets.UTF_8);
    }

    /// @param content a file; then, after a byte 0, a text
    @Timeout(120)
    @DictionaryEntries({
        "\"Sequence\"",
        "\"NFC\"",
        "\"NFD\"",
        "\"NFKC\"",
        "\"NFKD\"",
        "\"Lowercase\"",
        "\"Prepend\"",
        "\"Replace\"",
        "\"Split\"",
        "\"Digits\"",
        "\"Metaspace\"",
        "\"Punctuation\"",
        "\"Whitespace\"",
        "\"WhitespaceSplit\"",
        "\"ByteLevel\"",
        "\"ByteFallback\"",
        "\"Fuse\"",
        "\"Strip\"",
        "\"WordLevel\"",
        "\"Unigram\"",
        "\"BPE\"",
        "\"Removed\"",
        "\"Isolated\"",
        "\"MergedWithPrevious\"",
        "\"MergedWithNext\"",
        "\"Contiguous\"",
        "\"first\"",
        "\"never\"",
        "{\"Regex\":\"",
        "{\"String\":\"",
        "(?i:a|b)",
        "(?!\\\\S)",
        "\\\\p{L}+",
        "[^a]*",
        "{1,3}",
        "true",
        "false",
        "null"
    })
    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_text_is_read_or_refused_and_any_text_is_encoded_or_refused(byte[] content) throws IOException {
        int end = 0;
        while (end < content.length && content[end] != 0) {
            end++;
        }
        String text = new String(
                content,
                Math.min(content.length, end + 1),
                Math.max(0, content.length - end - 1),
                StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("tokenizer.json"), Arrays.copyOf(content, end));
        long before = NativeMemory.bytes();
        ALLOWANCE.holds(content.length, () -> {
            try (TextTokenizer tokenizer = TextTokenizer.read(file)) {
                for (String each : List.of(text, TEXT)) {
                    use(tokenizer, each);
                }
            }
        });
        assertThat(NativeMemory.bytes() - before)
                .as("bytes that the library allocated for an input of %d bytes", content.length)
                .isLessThan(NATIVE_BYTES + NATIVE_PER_BYTE * content.length);
    }

    private static void use(TextTokenizer tokenizer, String text) {
        try {
            int[] ids = tokenizer.encode(text);
            tokenizer.decode(ids);
            tokenizer.decodeAll(ids);
        } catch (Unwritable refused) {
            // a character that the vocabulary lacks
        }
        try (var writer = new PromptWriter(tokenizer, new PromptFormat.Plain(-1), SpecialText.TEXT)) {
            writer.prompt(List.of(Message.user(text + "<s>")));
        } catch (Unwritable refused) {
            // the same, or special tokens that cannot have other names
        }
        try {
            tokenizer.bytes();
        } catch (HoneException refused) {
            // a decoder whose tokens have no bytes of their own
        }
    }
}
