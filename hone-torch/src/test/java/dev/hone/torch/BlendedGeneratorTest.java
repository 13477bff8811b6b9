package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Finish;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Seed;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.LogitBlend;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlendedGeneratorTest {
    @TempDir
    Path folder;

    private LocalModels models;
    private Model first;
    private Model second;

    @BeforeEach
    void create() {
        models = Tiny.models(folder.resolve("models"));
        first = models.create(Tiny.shape(), new Seed(11));
        second = models.create(Tiny.shape(), new Seed(12));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private List<Sample> drawn(Generator generator, Model model, String problem) {
        List<Prompt> prompts = List.of(
                Prompt.of(Tiny.problem("p", problem), 3, new Sampling(1, 12)),
                Prompt.of(Tiny.problem("q", "7*8-1="), 2, Sampling.greedy(5)));
        return generator.generate(model, prompts, Tiny.step("sample", folder));
    }

    private Generator blended(List<Model> others, LogitBlend blend) {
        return new BlendedGenerator(models, others, blend, Dtype.FLOAT32, 2, 2);
    }

    private Generator alone() {
        return new TorchGenerator(models, Dtype.FLOAT32, 8, 2);
    }

    @Test
    void a_blend_of_one_model_draws_what_the_model_draws() {
        List<Sample> alone = drawn(alone(), first, "1+2=");
        assertThat(drawn(blended(List.of(), LogitBlend.weighted(1)), first, "1+2="))
                .isEqualTo(alone);
        assertThat(drawn(blended(List.of(second), LogitBlend.weighted(1, 0)), first, "1+2="))
                .isEqualTo(alone);
        assertThat(drawn(blended(List.of(second), LogitBlend.weighted(2, -1)), first, "1+2="))
                .isNotEqualTo(alone);
    }

    @Test
    void a_blend_of_ones_own_sees_the_rows_of_all_models_in_order() {
        LogitBlend other = (blended, logits) -> {
            assertThat(logits).hasSize(2);
            System.arraycopy(logits.get(1), 0, blended, 0, blended.length);
        };
        List<Sample> drawn = drawn(blended(List.of(second), other), first, "1+2=");
        assertThat(drawn.stream().map(Sample::tokens))
                .isEqualTo(drawn(alone(), second, "1+2=").stream()
                        .map(Sample::tokens)
                        .toList());
        assertThat(drawn).extracting(Sample::model).containsOnly(first.id());
    }

    @Test
    void a_blend_may_forbid_tokens() {
        LogitBlend onlyThree = (blended, logits) -> {
            Arrays.fill(blended, Float.NEGATIVE_INFINITY);
            blended[models.load(first).tokenizer().encode("3")[0]] = logits.getFirst()[0];
        };
        assertThat(drawn(blended(List.of(), onlyThree), first, "1+2=")
                        .getFirst()
                        .text())
                .isEqualTo("3".repeat(12));
    }

    @Test
    void a_prompt_that_cannot_be_served_fails_alone() {
        Generator both = blended(List.of(second), LogitBlend.weighted(0.5, 0.5));
        assertThat(drawn(both, first, "1+2=".repeat(30)))
                .extracting(sample -> sample.finish() instanceof Finish.Failed)
                .containsExactly(true, true, true, false, false);
    }

    @Test
    void another_vocabulary_is_refused_by_name() {
        Model other = models.create(new NewModel("9876543210+-*/=() \nT", 32, 48, 2, 4, 64), new Seed(1));
        assertThatThrownBy(() -> drawn(blended(List.of(other), LogitBlend.weighted(1, 1)), first, "1+2="))
                .hasMessageContainingAll(other.id(), first.id(), "another vocabulary", "same tokenizer");
    }
}
