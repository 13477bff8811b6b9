package dev.hone.torch.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.torch.template.Unwritable;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SpecialTokensTest {

    /// Their ids are their places in the list.
    private static SpecialTokens of(List<String> texts) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        var added = root.putArray("added_tokens");
        texts.forEach(text -> added.addObject()
                .put("id", added.size() - 1)
                .put("content", text)
                .put("special", true));
        return SpecialTokens.of(root);
    }

    @Test
    void the_longest_that_begins_at_the_first_place_is_found_whatever_else_begins_alike() {
        Random random = new Random(1);
        for (int round = 0; round < 2000; round++) {
            List<String> texts = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(_ -> any(random, 1 + random.nextInt(5)))
                    .distinct()
                    .toList();
            String text = any(random, 12);
            int expected = IntStream.range(0, text.length())
                    .map(place -> longestAt(texts, text, place))
                    .filter(id -> id >= 0)
                    .findFirst()
                    .orElse(-1);
            assertThat(of(texts).first(text).orElse(-1))
                    .as("%s in %s", texts, text)
                    .isEqualTo(expected);
            assertThat(of(texts).occurIn(text)).isEqualTo(expected >= 0);
        }
    }

    private static String any(Random random, int length) {
        return random.ints(length, 'a', 'd')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static int longestAt(List<String> texts, String text, int place) {
        return IntStream.range(0, texts.size())
                .filter(id -> text.startsWith(texts.get(id), place))
                .reduce(
                        -1,
                        (one, other) -> one >= 0
                                        && texts.get(one).length()
                                                > texts.get(other).length()
                                ? one
                                : other);
    }

    @Test
    @Timeout(60)
    void as_many_as_a_file_may_hold_that_begin_alike_are_searched_for_in_seconds() {
        SpecialTokens specials = of(IntStream.range(0, 16_000)
                .mapToObj(i -> "a".repeat(150) + (char) ('A' + i % 26) + i)
                .toList());
        String text = "a".repeat(TextTokenizer.LONGEST);
        assertThat(specials.occurIn(text)).isFalse();
        assertThat(specials.named(specials.guarded(text))).isEqualTo(text);
    }

    @Test
    void a_text_that_is_too_long_for_any_tokenizer_is_refused_before_it_is_searched() {
        SpecialTokens specials = of(List.of("<s>"));
        String text = "a".repeat(TextTokenizer.LONGEST + 1);
        assertThatThrownBy(() -> specials.occurIn(text))
                .isInstanceOf(Unwritable.class)
                .hasMessageContaining("524289");
        assertThatThrownBy(() -> specials.guarded(text))
                .isInstanceOf(Unwritable.class)
                .hasMessageContaining("524289");
    }
}
