package dev.hone.measure.diversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DistinctNTest {

    // a b a b and a b: unigrams a, b of 6; bigrams ab, ba of 4; trigrams aba, bab of 2; one of four; none of five
    @Test
    void it_is_the_share_of_different_n_grams_of_the_set() {
        List<List<String>> texts = List.of(Unit.CHARACTERS.of("abab"), Unit.CHARACTERS.of("ab"));
        assertThat(DistinctN.of(texts, 1)).hasValue(2 / 6.0);
        assertThat(DistinctN.of(texts, 2)).hasValue(2 / 4.0);
        assertThat(DistinctN.of(texts, 3)).hasValue(1);
        assertThat(DistinctN.of(texts, 4)).hasValue(1);
        assertThat(DistinctN.of(texts, 5)).isEmpty();
        assertThat(DistinctN.mean(texts).orElseThrow()).isCloseTo((1 / 3.0 + 1 / 2.0 + 1 + 1) / 4, within(1e-12));
    }

    @Test
    void nothing_has_no_diversity() {
        assertThat(DistinctN.mean(List.of())).isEmpty();
        assertThat(DistinctN.mean(List.of(List.of(), List.of()))).isEmpty();
        assertThatThrownBy(() -> DistinctN.of(List.of(), 0)).hasMessageContaining("at least 1 token but n was 0");
    }

    @Test
    void it_agrees_with_joined_strings() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 200; trial++) {
            List<List<Integer>> texts = new ArrayList<>();
            for (int text = random.nextInt(1, 6); text > 0; text--) {
                List<Integer> tokens = new ArrayList<>();
                for (int i = random.nextInt(12); i > 0; i--) {
                    tokens.add(random.nextInt(3));
                }
                texts.add(tokens);
            }
            for (int n = 1; n <= 5; n++) {
                List<String> grams = new ArrayList<>();
                for (List<Integer> text : texts) {
                    for (int from = 0; from <= text.size() - n; from++) {
                        String gram = "";
                        for (int i = 0; i < n; i++) {
                            gram += text.get(from + i) + " ";
                        }
                        grams.add(gram);
                    }
                }
                if (grams.isEmpty()) {
                    assertThat(DistinctN.of(texts, n)).isEmpty();
                } else {
                    assertThat(DistinctN.of(texts, n)).hasValue((double) new TreeSet<>(grams).size() / grams.size());
                }
            }
        }
    }

    @Test
    void the_same_text_again_halves_it() {
        List<String> text = Unit.WORDS.of("She has 12 of them.");
        assertThat(text).containsExactly("She", "has", "12", "of", "them", ".");
        assertThat(DistinctN.mean(List.of(text))).hasValue(1);
        assertThat(DistinctN.mean(List.of(text, text))).hasValue(0.5);
    }

    @Test
    void units_are_code_points_or_words() {
        assertThat(Unit.WORDS.of("12*3=36;\tÜbung x2"))
                .containsExactly("12", "*", "3", "=", "36", ";", "Übung", "x", "2");
        assertThat(Unit.CHARACTERS.of("a\n𝄞 ")).containsExactly("a", "\n", "𝄞", " ");
        assertThat(Unit.WORDS.of("  ")).isEmpty();
    }

    @Test
    void a_set_that_grows_is_as_diverse_as_one_that_is_complete() {
        SplittableRandom random = new Seed(3).random();
        DistinctN.Running running = new DistinctN.Running();
        List<List<Integer>> members = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<Integer> next =
                    random.ints(random.nextInt(i < 3 ? 3 : 12), 0, 4).boxed().toList();
            OptionalDouble promised = running.with(next);
            running.add(next);
            members.add(next);
            OptionalDouble whole = DistinctN.mean(members);
            assertThat(running.value()).isEqualTo(promised);
            assertThat(running.value().isPresent()).isEqualTo(whole.isPresent());
            assertThat(running.value().orElse(0)).isCloseTo(whole.orElse(0), within(1e-12));
        }
        assertThat(running.value()).isPresent();
    }
}
