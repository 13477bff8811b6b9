package dev.hone.torch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import dev.hone.torch.gguf.GgufFixtures;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.tokenizer.TextTokenizer;
import dev.hone.torch.tokenizer.TokenBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stop strings and constraints over real tokenizers' tokens.
class TextLimitsTest {
    private static final String TEXT = "Hello  boxes, 12 + 345 = 357\n\tü and 漢字 and 🙂🙂!";

    @TempDir
    Path folder;

    private TextTokenizer tokenizer(String fixture) throws IOException {
        return GgufFixtures.tokenizer(fixture, folder);
    }

    private static String text(TokenBytes bytes, int[] ids) {
        var all = new ByteArrayOutputStream();
        for (int id : ids) {
            all.writeBytes(bytes.of(id));
        }
        String text = all.toString(StandardCharsets.UTF_8);
        return bytes.dropsSpace() && text.startsWith(" ") ? text.substring(1) : text;
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm", "gpt-2", "llama-bpe", "qwen2", "tekken", "pieces"})
    void bytes_of_tokens_are_what_decoding_gives(String fixture) throws IOException {
        try (TextTokenizer tokenizer = tokenizer(fixture)) {
            int[] ids = tokenizer.encode(TEXT);
            assertThat(text(tokenizer.bytes(), ids))
                    .isEqualTo(tokenizer.decode(ids))
                    .isEqualTo(TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"smollm", "qwen2", "pieces"})
    void a_stop_string_is_met_at_the_token_that_completes_it_wherever_tokens_and_characters_begin(String fixture)
            throws IOException {
        try (TextTokenizer tokenizer = tokenizer(fixture)) {
            int[] ids = tokenizer.encode(TEXT);
            Random random = new Random(1);
            for (int round = 0; round < 300; round++) {
                int from = TEXT.offsetByCodePoints(0, random.nextInt(TEXT.codePointCount(0, TEXT.length()) - 3));
                int to = TEXT.offsetByCodePoints(from, 1 + random.nextInt(3));
                String string = TEXT.substring(from, to);
                int expected = 1;
                while (!tokenizer.decode(Arrays.copyOf(ids, expected)).contains(string)) {
                    expected++;
                }
                for (int forced : new int[] {0, expected / 2}) {
                    int[] kept = Arrays.copyOf(ids, forced);
                    int[] drawn = Arrays.copyOfRange(ids, forced, ids.length);
                    var stop = new StopStrings(List.of("never", string), tokenizer.bytes(), kept);
                    int met = 1;
                    while (!stop.isMet(drawn, met)) {
                        met++;
                    }
                    assertThat(forced + met)
                            .as("\"%s\" after %d", string, forced)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void a_text_ends_before_the_string_that_is_complete_first() {
        assertThat(StopStrings.end(List.of("abcd", "bc"), "xabcd", 0)).hasValue(2);
        assertThat(StopStrings.end(List.of("c", "abc"), "xabcd", 0)).hasValue(1); // both complete, the longest
        assertThat(StopStrings.end(List.of("q"), "xabcd", 0)).isEmpty();
        assertThat(StopStrings.end(List.of("ab"), "ab ab", 2)).hasValue(3); // the first was forced
        assertThat(StopStrings.end(List.of("b a"), "ab ab", 2)).hasValue(1); // begins in what was forced
    }

    /// Goes on at random, as a model might that wants anything but to match.
    private static String wander(RegexGuide regex, TokenBytes bytes, int[] kept, int end, Random random) {
        Guide guide = regex.after(kept);
        int[] ids = kept;
        int state = guide.start();
        while (true) {
            long[] allowed = guide.allowed(state);
            int[] tokens = random.ints(0, 64 * allowed.length)
                    .filter(id -> ((allowed[id >> 6] >>> id) & 1) == 1)
                    .limit(1)
                    .toArray();
            if (tokens[0] == end || ids.length > 300) {
                return text(bytes, ids);
            }
            state = guide.next(state, tokens[0]);
            ids = LoadedModel.join(ids, tokens);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(18|3) [+*] 4 = [0-9]{1,3}",
                "\\{\"name\": \"[a-zü漢]{1,9}\", \"age\": \\d+\\}",
                "[^a-z\\n]{2,5}(🙂|ü)?\\n",
                "[-+*]{2,3}[^-a-z]{2}[\\w=-]?",
                " ?yes|no"
            })
    void whatever_is_drawn_matches_the_whole_expression(String pattern) throws IOException {
        for (String fixture : List.of("smollm", "pieces")) {
            try (TextTokenizer tokenizer = tokenizer(fixture)) {
                TokenBytes bytes = tokenizer.bytes();
                var regex = new RegexGuide(pattern, bytes, 1000, new int[] {0});
                Pattern java = Pattern.compile(pattern, Pattern.DOTALL);
                Random random = new Random(5);
                for (int i = 0; i < 40; i++) {
                    String text = wander(regex, bytes, new int[0], 0, random);
                    assertThat(java.matcher(text).matches())
                            .as(text.codePoints()
                                    .mapToObj(Integer::toHexString)
                                    .toList()
                                    .toString())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void a_forced_prefix_is_part_of_the_match() throws IOException {
        try (TextTokenizer tokenizer = tokenizer("smollm")) {
            var regex = new RegexGuide("12 [+] [0-9]{1,2}", tokenizer.bytes(), 1000, new int[] {0});
            String text = wander(regex, tokenizer.bytes(), tokenizer.encode("12 +"), 0, new Random(1));
            assertThat(text).matches("12 [+] [0-9]{1,2}");
            int[] wrong = tokenizer.encode("13");
            assertThatThrownBy(() -> regex.after(wrong)).hasMessageContaining("forced prefix");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"^a", "a$", "a+?", "(?=a)b", "\\bx", "[a[b]]", "(a", "a\\", "(.*a.{30}){9}", "a{2000}{2000}"})
    void what_is_not_regular_or_too_large_is_refused_by_name(String pattern) throws IOException {
        try (TextTokenizer tokenizer = tokenizer("smollm")) {
            assertThatThrownBy(() -> new RegexGuide(pattern, tokenizer.bytes(), 1000, new int[] {0}))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining(pattern);
        }
    }

    @Test
    void nesting_without_end_is_refused_or_read_but_never_breaks() throws IOException {
        try (TextTokenizer tokenizer = tokenizer("smollm")) {
            String deep = "(".repeat(499) + "a" + ")".repeat(499);
            var regex = new RegexGuide(deep, tokenizer.bytes(), 1000, new int[] {0});
            assertThat(wander(regex, tokenizer.bytes(), new int[0], 0, new Random(1)))
                    .isEqualTo("a");
            assertThatThrownBy(() -> new RegexGuide("(".repeat(2000), tokenizer.bytes(), 1000, new int[] {0}))
                    .hasMessageContaining("1000");
        }
    }
}
