package dev.hone.measure.diversity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Embedding;
import dev.hone.generate.HashedNGrams;
import dev.hone.run.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EmbeddingDiversityTest {
    private static final Embedding EAST = Embedding.of(2, 0);
    private static final Embedding NORTH = Embedding.of(0, 0.5f);
    private static final Embedding WEST = Embedding.of(-1, 0);

    // cosines: east-north 0, east-west -1, north-west 0; their mean is -1/3
    @Test
    void it_is_one_less_the_mean_cosine_whatever_the_lengths() {
        assertThat(EmbeddingDiversity.of(List.of(EAST, NORTH, WEST)).orElseThrow())
                .isCloseTo(4 / 3.0, within(1e-12));
        assertThat(EmbeddingDiversity.of(List.of(EAST, WEST))).hasValue(2);
        assertThat(EmbeddingDiversity.of(Collections.nCopies(10, NORTH))).hasValue(0);
    }

    @Test
    void a_vector_without_a_direction_is_left_out() {
        Embedding zero = Embedding.of(0, 0);
        assertThat(EmbeddingDiversity.of(List.of(EAST, zero, NORTH))).hasValue(1);
        assertThat(EmbeddingDiversity.of(List.of(EAST, zero))).isEmpty();
        assertThat(EmbeddingDiversity.of(List.of(EAST))).isEmpty();
        assertThat(EmbeddingDiversity.of(List.of())).isEmpty();
    }

    @Test
    void it_agrees_with_all_pairs() {
        SplittableRandom random = new Seed(1).random();
        for (int trial = 0; trial < 100; trial++) {
            int dimension = random.nextInt(1, 40);
            List<Embedding> embeddings = new ArrayList<>();
            for (int n = random.nextInt(2, 30); n > 0; n--) {
                float[] components = new float[dimension];
                for (int i = 0; i < dimension; i++) {
                    components[i] = (float) (random.nextDouble() - 0.3) * 100;
                }
                embeddings.add(Embedding.of(components));
            }
            double cosines = 0;
            int pairs = 0;
            for (int i = 0; i < embeddings.size(); i++) {
                for (int j = 0; j < i; j++) {
                    cosines += cosine(embeddings.get(i), embeddings.get(j));
                    pairs++;
                }
            }
            assertThat(EmbeddingDiversity.of(embeddings).orElseThrow()).isCloseTo(1 - cosines / pairs, within(1e-9));
        }
    }

    private static double cosine(Embedding a, Embedding b) {
        double product = 0;
        for (int i = 0; i < a.dimension(); i++) {
            product += (double) a.at(i) * b.at(i);
        }
        return product / a.length() / b.length();
    }

    @Test
    void texts_that_say_it_another_way_are_more_diverse_than_the_same_text_again() {
        List<String> alike = List.of("12*3=36;36-7=29", "3*12=36;36-7=29", "12*3=36;36-7=29");
        List<String> different = List.of("12*3=36;36-7=29", "7+5=12;12+17=29", "40-11=29");
        assertThat(diversity(alike)).isLessThan(diversity(different) - 0.1);
    }

    private static double diversity(List<String> texts) {
        Stream<Embedding> embeddings =
                texts.stream().map(text -> HashedNGrams.standard().embed(text));
        return EmbeddingDiversity.of(embeddings.toList()).orElseThrow();
    }

    @Test
    void vectors_of_two_embedders_are_refused() {
        assertThatThrownBy(() -> EmbeddingDiversity.of(List.of(EAST, Embedding.of(1, 2, 3))))
                .hasMessageContaining("vectors of 2 and 3 components");
        assertThatThrownBy(Embedding::of).hasMessageContaining("at least 1 component");
        assertThatThrownBy(() -> Embedding.of(1, Float.NaN)).hasMessageContaining("finite but one was NaN");
    }

    @Test
    void a_set_that_grows_is_as_diverse_as_one_that_is_complete() {
        SplittableRandom random = new Seed(2).random();
        EmbeddingDiversity.Running running = new EmbeddingDiversity.Running();
        List<Embedding> members = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Embedding next = i % 7 == 3
                    ? Embedding.of(0, 0, 0)
                    : Embedding.of((float) random.nextDouble(), (float) random.nextDouble() - 0.5f, 0.1f);
            OptionalDouble promised = running.with(next);
            running.add(next);
            members.add(next);
            OptionalDouble whole = EmbeddingDiversity.of(members);
            assertThat(running.value()).isEqualTo(whole).isEqualTo(promised);
        }
        assertThat(members).hasSize(40);
        assertThat(running.value()).isPresent();
        assertThatThrownBy(() -> running.with(EAST)).hasMessageContaining("make all of them with one embedder");
    }

    @Test
    void to_ask_what_a_candidate_would_make_of_a_set_leaves_the_set_as_it_is() {
        EmbeddingDiversity.Running running = new EmbeddingDiversity.Running();
        running.add(EAST);
        running.add(NORTH);
        running.with(WEST);
        assertThat(running.value()).hasValue(1);
    }
}
