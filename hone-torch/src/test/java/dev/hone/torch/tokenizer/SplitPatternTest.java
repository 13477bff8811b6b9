package dev.hone.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.torch.gguf.GgufFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPatternTest {

    /// Those of real models, in this order: Llama 3; Qwen 2 and 3; Mistral Nemo; GPT-4o, once without its second
    /// kind of words; DeepSeek's two; one digit; GPT-2.
    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '"', textBlock = """
        (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 2 § 0
        (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 2 § 0
        [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 4 § 0
        [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 4 § 2
        [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]+[\\p{Ll}\\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 4 § 0
        [!"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 2 § 0
        \\s?[A-Za-zµÀ-ÖØ-öø-ƺ]+|\\s?[!-/:-~！-／：-～‘-‟　-。]+|\\s+$|[一-龥ࠀ-一가-퟿]+ § 1 § 1
        [^\\r\\n\\p{L}\\p{N}]?+\\p{L}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+ § 1 § 0
        [0-9] § 0 § 0
        's|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+ § 1 § 0
        """)
    void expressions_of_real_models_are_read(String pattern, int steps, int again) {
        assertThat(SplitPattern.cost(pattern)).isEqualTo(new SplitPattern.Cost(steps, again));
    }

    /// `a*b` fails on `aaaa` from each `a`, unless something takes all of them once it has failed.
    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '"', textBlock = """
        a*b|a+ § 0
        a*+b|a++ § 0
        x?a*b|x?a+y* § 0
        a*b|a+b|a+(?!c)|a+ § 0
        [^b]+c § 1
        a*b|a+? § 1
        a*b|a § 1
        a*b|a|a+ § 1
        a+|a*b|a+c § 2
        a*b|a+?(?=a)|a+ § 2
        a*b|c+ § 1
        a*b|xa+ § 1
        xa*b|xa+ § 1
        (?:x)?a*b|(?:x)?a+ § 2
        a*b|a{1,} § 1
        \\+*b|\\++ § 0
        """)
    void a_loop_that_nothing_takes_when_it_fails_is_counted(String pattern, int again) {
        assertThat(SplitPattern.cost(pattern).again()).isEqualTo(again);
    }

    @Test
    void those_written_for_gguf_files_are_read() {
        assertThat(GgufFixtures.preTokenizers())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(new TokenizerParts("here").preTokenizer(each))
                        .isEqualTo(each));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+a+)+b",
                "(a+)+",
                "(?:a|a)*b",
                "a*a*b",
                "\\s*\\s*\\s*x",
                "(a+|b)",
                "(?!a*b)",
                "a**",
                "a{2}{3}",
                "a{1,1000}",
                "a{3,2}",
                "a{0}",
                "a{",
                "(a",
                "a)",
                "[a",
                "[[a]]",
                "[a&&b]",
                "[]",
                "\\1",
                "\\k<a>",
                "(?<n>a)",
                "(?<=a)b",
                "(?i)a",
                "(?>a)",
                "(?~a)",
                "\\p{L",
                "[\\1]",
                "*a",
                "a|+",
                "}",
                "\\",
                "(?",
                "^*",
                "(a?){3}",
                "[a\\"
            })
    void what_may_take_for_ever_or_is_not_known_is_refused(String pattern) {
        assertThatThrownBy(() -> SplitPattern.cost(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    /// 4096 ways, times 4096 * 256: as many as an `int` takes for none.
    @Test
    void ways_beyond_any_number_are_refused() {
        String few = "a{0,63}a{0,63}";
        String many = few + "(" + (few + "|").repeat(255) + few + ")x";
        assertThatThrownBy(() -> SplitPattern.cost(many)).hasMessageContaining("repeats too much");
        String most = "(" + "a{0,99}|".repeat(65) + "a)"; // 6501
        assertThatThrownBy(() -> SplitPattern.cost(most)).hasMessageContaining("repeats too much");
    }

    @Test
    void nesting_and_length_without_end_are_refused() {
        assertThatThrownBy(() -> SplitPattern.cost("(".repeat(5000))).hasMessageContaining("deep");
        assertThatThrownBy(() -> SplitPattern.cost("a?".repeat(4000))).hasMessageContaining("repeats");
        assertThatThrownBy(() -> SplitPattern.cost("a".repeat(10_000))).hasMessageContaining("10000");
    }
}
