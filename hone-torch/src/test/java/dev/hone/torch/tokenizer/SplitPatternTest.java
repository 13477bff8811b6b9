package dev.hone.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.torch.gguf.GgufFixtures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitPatternTest {

    /// Those of real models, in this order: Llama 3; Qwen 2 and 3; Mistral Nemo; GPT-4o; DeepSeek's two; one digit.
    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '"', textBlock = """
        (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 2
        (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 2
        [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 4
        [^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{M}]*[\\p{Ll}\\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 4
        [!"#$%&'()*+,\\-./:;<=>?@\\[\\\\\\]^_`{|}~][A-Za-z]+|[^\\r\\n\\p{L}\\p{P}\\p{S}]?[\\p{L}\\p{M}]+| ?[\\p{P}\\p{S}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+ § 2
        \\s?[A-Za-zµÀ-ÖØ-öø-ƺ]+|\\s?[!-/:-~！-／：-～‘-‟　-。]+|\\s+$|[一-龥ࠀ-一가-퟿]+ § 1
        [^\\r\\n\\p{L}\\p{N}]?+\\p{L}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*|\\s*[\\r\\n]|\\s+ § 1
        [0-9] § 0
        """)
    void expressions_of_real_models_are_read(String pattern, int steps) {
        assertThat(SplitPattern.steps(pattern)).isEqualTo(steps);
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
        assertThatThrownBy(() -> SplitPattern.steps(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    /// 4096 ways, times 4096 * 256: as many as an `int` takes for none.
    @Test
    void ways_beyond_any_number_are_refused() {
        String few = "a{0,63}a{0,63}";
        String many = few + "(" + (few + "|").repeat(255) + few + ")x";
        assertThatThrownBy(() -> SplitPattern.steps(many)).hasMessageContaining("repeats too much");
        String most = "(" + "a{0,99}|".repeat(65) + "a)"; // 6501
        assertThatThrownBy(() -> SplitPattern.steps(most)).hasMessageContaining("repeats too much");
    }

    @Test
    void nesting_and_length_without_end_are_refused() {
        assertThatThrownBy(() -> SplitPattern.steps("(".repeat(5000))).hasMessageContaining("deep");
        assertThatThrownBy(() -> SplitPattern.steps("a?".repeat(4000))).hasMessageContaining("repeats");
        assertThatThrownBy(() -> SplitPattern.steps("a".repeat(10_000))).hasMessageContaining("10000");
    }
}
