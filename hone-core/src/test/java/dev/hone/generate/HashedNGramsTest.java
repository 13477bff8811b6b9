package dev.hone.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Embedding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HashedNGramsTest {
    private static final HashedNGrams STANDARD = HashedNGrams.standard();

    @Test
    void the_defaults_are_these() {
        assertThat(STANDARD).isEqualTo(new HashedNGrams(1_024, 1, 4));
        assertThat(STANDARD.embed("").dimension()).isEqualTo(1_024);
    }

    /// The cosine of the n-gram counts themselves.
    private static double exact(String a, String b) {
        Map<String, Integer> first = grams(a);
        Map<String, Integer> second = grams(b);
        return product(first, second) / Math.sqrt(product(first, first) * product(second, second));
    }

    private static double product(Map<String, Integer> a, Map<String, Integer> b) {
        return a.entrySet().stream()
                .mapToDouble(each -> each.getValue() * b.getOrDefault(each.getKey(), 0))
                .sum();
    }

    private static Map<String, Integer> grams(String text) {
        Map<String, Integer> grams = new HashMap<>();
        for (int from = 0; from < text.length(); from++) {
            for (int to = from + 1; to <= Math.min(text.length(), from + 4); to++) {
                grams.merge(text.substring(from, to), 1, Integer::sum);
            }
        }
        return grams;
    }

    @Test
    void its_cosine_is_near_that_of_the_n_gram_counts() {
        List<String> texts = List.of(
                "12*3=36;36-7=29",
                "36-7=29;12*3=36",
                "She buys 3 boxes of 12 eggs and drops 7, so she has 29 eggs left.",
                "He has 29 eggs, for 3 boxes hold 36 and 7 are broken.",
                "");
        HashedNGrams wide = new HashedNGrams(65_536, 1, 4);
        for (String a : texts.subList(0, 4)) {
            for (String b : texts.subList(0, 4)) {
                assertThat(cosine(wide.embed(a), wide.embed(b))).isCloseTo(exact(a, b), within(0.01));
                assertThat(cosine(STANDARD.embed(a), STANDARD.embed(b))).isCloseTo(exact(a, b), within(0.12));
            }
        }
    }

    @Test
    void a_text_without_n_grams_has_no_direction() {
        assertThat(STANDARD.embed("").length()).isEqualTo(0);
        assertThat(new HashedNGrams(16, 3, 3).embed("ab").length()).isEqualTo(0);
        assertThat(new HashedNGrams(16, 3, 3).embed("abc").length()).isEqualTo(1);
        // characters, not halves of them
        assertThat(new HashedNGrams(16, 2, 2).embed("𝄞").length()).isEqualTo(0);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new HashedNGrams(1, 1, 4)).hasMessageContaining("dimension must be in [2, 65536]");
        assertThatThrownBy(() -> new HashedNGrams(64, 0, 4)).hasMessageContaining("say 0 to 4");
        assertThatThrownBy(() -> new HashedNGrams(64, 3, 2)).hasMessageContaining("say 3 to 2");
        assertThatThrownBy(() -> new HashedNGrams(64, 3, 99)).hasMessageContaining("from 1 to 16");
    }

    private static double cosine(Embedding a, Embedding b) {
        double product = 0;
        for (int i = 0; i < a.dimension(); i++) {
            product += (double) a.at(i) * b.at(i);
        }
        return product / a.length() / b.length();
    }
}
