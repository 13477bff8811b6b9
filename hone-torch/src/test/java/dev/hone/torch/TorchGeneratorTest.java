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

    /// The context has 64 tokens: of 60 that are allowed, prompt and prefix leave room for fewer.
    @Test
    void after_a_forced_text_as_many_tokens_are_drawn_as_there_is_room_for() {
        Prompt plain = Prompt.of(problem(), 20, new Sampling(1, 58));
        for (Sample sample : generator().generate(model, List.of(plain.begunWith("gold", "12*3-4+5*6-7")), step())) {
            int forced = sample.tokens().count(Author.FORCED);
            int room = 64 - models.load(model).prompt(problem().prompt()).length - forced;
            assertThat(room).isLessThan(58);
            if (sample.finish() instanceof Finish.Truncated(int limit)) {
                assertThat(limit).isEqualTo(room);
                assertThat(sample.tokens().count(Author.MODEL)).isEqualTo(room);
            } else {
                assertThat(sample.finish()).isEqualTo(new Finish.Stopped());
            }
        }
        List<Sample> full = generator().generate(model, List.of(plain.begunWith("gold", "1".repeat(64))), step());
        assertThat(full)
                .allSatisfy(sample ->
                        assertThat(((Finish.Failed) sample.finish()).because()).contains("context 64"));
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
