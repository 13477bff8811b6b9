package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Embedding;
import dev.hone.generate.Embedder;
import dev.hone.run.Step;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every embedder must do.
public interface EmbedderContract {
    Embedder embedder();

    /// Short, long, empty and odd ones.
    private static List<String> texts() {
        return List.of("12*3=36;36-7=29", "", "She has 29 eggs. ".repeat(50), "\n\t ", "𝄞 Übung", "12*3=36;36-7=29");
    }

    private List<Embedding> embed(List<String> texts) {
        Step step = new ScratchRun(1, Path.of("scratch")).step("embed", 1);
        return embedder().embed(texts, step);
    }

    @Test
    default void every_text_gets_one_vector_all_of_one_dimension() {
        List<Embedding> embeddings = embed(texts());
        assertThat(embeddings).hasSameSizeAs(texts());
        assertThat(embeddings)
                .extracting(Embedding::dimension)
                .containsOnly(embeddings.getFirst().dimension());
    }

    @Test
    default void a_text_has_its_vector_whatever_the_others_are() {
        List<Embedding> together = embed(texts());
        assertThat(texts().stream().map(text -> embed(List.of(text)).getFirst()))
                .containsExactlyElementsOf(together);
        assertThat(embed(texts().reversed())).isEqualTo(together.reversed());
    }

    @Test
    default void other_texts_have_other_vectors() {
        List<Embedding> embeddings = embed(texts());
        assertThat(embeddings.get(0)).isEqualTo(embeddings.get(5)).isNotEqualTo(embeddings.get(2));
    }

    @Test
    default void nothing_gives_nothing() {
        assertThat(embed(List.of())).isEmpty();
    }
}
