package dev.hone.measure.diversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EditDistanceTest {

    private static double characters(String a, String b) {
        return EditDistance.between(Unit.CHARACTERS.of(a), Unit.CHARACTERS.of(b));
    }

    // kitten, sitten, sittin, sitting: 3 edits over 7 characters
    @Test
    void it_is_the_fewest_edits_over_the_longer_length() {
        assertThat(characters("kitten", "sitting")).isEqualTo(3 / 7.0);
        assertThat(characters("", "abc")).isEqualTo(1);
        assertThat(characters("abc", "abc")).isEqualTo(0);
        assertThat(characters("", "")).isEqualTo(0);
        // 12*3=36 and 12*4=48: as words two of five differ, as characters three of seven
        assertThat(EditDistance.between(Unit.WORDS.of("12*3=36"), Unit.WORDS.of("12*4=48")))
                .isEqualTo(2 / 5.0);
        assertThat(characters("12*3=36", "12*4=48")).isEqualTo(3 / 7.0);
    }

    /// From the definition, without a table.
    private static int twin(List<Integer> a, List<Integer> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.size() + b.size();
        }
        List<Integer> restOfA = a.subList(1, a.size());
        List<Integer> restOfB = b.subList(1, b.size());
        if (a.getFirst().equals(b.getFirst())) {
            return twin(restOfA, restOfB);
        }
        return 1 + Math.min(twin(restOfA, restOfB), Math.min(twin(restOfA, b), twin(a, restOfB)));
    }

    @Test
    void it_agrees_with_its_definition() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 500; trial++) {
            List<Integer> a = tokens(random.nextInt(8), random);
            List<Integer> b = tokens(random.nextInt(8), random);
            int longer = Math.max(1, Math.max(a.size(), b.size()));
            assertThat(EditDistance.between(a, b)).isEqualTo((double) twin(a, b) / longer);
            assertThat(EditDistance.between(b, a)).isEqualTo(EditDistance.between(a, b));
            assertThat(EditDistance.edits(a, b)).isEqualTo(twin(a, b)).isEqualTo(EditDistance.edits(b, a));
        }
    }

    // pairs: abc-abd 1/3, abc-abc 0, abd-abc 1/3
    @Test
    void the_mean_is_over_pairs() {
        List<List<String>> texts =
                List.of(Unit.CHARACTERS.of("abc"), Unit.CHARACTERS.of("abd"), Unit.CHARACTERS.of("abc"));
        assertThat(EditDistance.mean(texts).orElseThrow()).isCloseTo(2 / 9.0, within(1e-12));
        assertThat(EditDistance.mean(texts.subList(0, 1))).isEmpty();
        assertThat(EditDistance.mean(List.of())).isEmpty();
    }

    private static List<Integer> tokens(int count, SplittableRandom random) {
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(1_000 + random.nextInt(3));
        }
        return tokens;
    }
}
