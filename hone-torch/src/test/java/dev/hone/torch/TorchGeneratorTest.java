package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.measure.LogProbGap;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.testkit.GeneratorContract;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchGeneratorTest implements GeneratorContract {
    @TempDir
    Path folder;

    private LocalModels models;
    private Model model;

    @BeforeEach
    void create() {
        models = Tiny.models(folder.resolve("models"));
        model = models.create(Tiny.shape(), new Seed(11));
    }

    @AfterEach
    void close() {
        models.close();
    }

    @Override
    public Generator generator() {
        return new TorchGenerator(models, Dtype.FLOAT32, 4, 2);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Problem problem() {
        return Tiny.problem("p", "1+2=");
    }

    @Override
    public List<String> texts() {
        return List.of("12*3", "7-");
    }

    @Override
    public Step step() {
        return Tiny.step("sample", folder);
    }

    private double gap(Sample sample, Demonstration text) {
        Tokens scored = new TorchLikelihood(models, Dtype.FLOAT32, 1)
                .score(model, List.of(text), Tiny.step("score", folder))
                .getFirst();
        return LogProbGap.between(List.of(sample.tokens()), List.of(scored)).mean();
    }

    @Test
    void the_model_sees_the_hint_and_the_text_that_it_goes_on_from() {
        Prompt hinted = Prompt.of(problem(), 6, new Sampling(1, 8)).showing(List.of(Message.user("1+2= (3)\n1+2=")));
        for (Prompt prompt : List.of(hinted, hinted.begunWith("gold", "1+2"))) {
            for (Sample sample : generator().generate(model, List.of(prompt), step())) {
                assertThat(gap(sample, Demonstration.asSeen(sample))).isLessThan(1e-5);
                assertThat(gap(sample, Demonstration.of(sample))).isGreaterThan(1e-3);
            }
        }
    }

    @Test
    void a_text_that_the_vocabulary_cannot_write_fails_its_item_by_name_and_the_others_go_on() {
        Prompt plain = Prompt.of(problem(), 1, new Sampling(1, 8));
        List<Sample> samples = generator()
                .generate(
                        model,
                        List.of(plain.begunWith("gold", "1ü"), plain.showing(List.of(Message.user("é"))), plain),
                        step());
        assertThat(((Finish.Failed) samples.get(0).finish()).because()).contains("\"ü\"");
        assertThat(((Finish.Failed) samples.get(1).finish()).because()).contains("\"é\"");
        assertThat(samples.get(0).tokens().count(Author.FORCED)).isZero();
        assertThat(samples.get(2).finish()).isNotInstanceOf(Finish.Failed.class);
    }
}
