package dev.hone.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.generate.Likelihood;
import dev.hone.generate.Prompt;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.torch.LocalModels;
import dev.hone.torch.NewModel;
import dev.hone.torch.TorchGenerator;
import dev.hone.torch.TorchLikelihood;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sampler and the learner's pass of the local engine, on a model of their own and on different ones.
class ComparedGeneratorTest {
    @TempDir
    Path folder;

    private final List<RunEvent> told = new ArrayList<>();
    private ComparedGenerator.Once record = (_, _, computed) -> computed.get();
    private LocalModels models;
    private Model model;
    private Model changed;

    private static NewModel shape() {
        return new NewModel("0123456789+= ", 32, 48, 2, 4, 64);
    }

    @BeforeEach
    void create() {
        models = new LocalModels(folder.resolve("models"));
        model = models.create(shape(), new Seed(1));
        changed = models.create(shape(), new Seed(2));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private void draw(Likelihood learner, Dtype dtype) {
        draw(0, learner, dtype);
    }

    /// @param from number of the first problem
    private void draw(int from, Likelihood learner, Dtype dtype) {
        List<Prompt> prompts = new ArrayList<>();
        for (int i = from; i < from + 12; i++) {
            Problem problem = new Problem(
                    "p" + i, List.of(Message.user(i + "+1=")), new Reference.None(), Split.TRAIN, new TreeMap<>());
            prompts.add(Prompt.of(problem, 2, new Sampling(0.5, 20)));
        }
        var step = new Step("run", "sample", 3, new Seed(5), folder.resolve("work"), told::add, () -> {});
        var sampler = new TorchGenerator(models, dtype, 8, 1);
        assertThat(new ComparedGenerator(sampler, learner, record, dtype, dtype).generate(model, prompts, step))
                .isEqualTo(sampler.generate(model, prompts, step));
    }

    private SortedMap<String, Double> figures() {
        return told.stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(RunEvent.RoundHealth.class::cast)
                .filter(health -> health.round() == 3)
                .map(RunEvent.RoundHealth::figures)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_gap_of_a_healthy_engine_is_told_and_small_and_the_same_again() {
        draw(new TorchLikelihood(models, Dtype.FLOAT32, 2), Dtype.FLOAT32);
        SortedMap<String, Double> first = figures();
        assertThat(first).containsOnlyKeys("sampler - learner", "sampler - learner, largest");
        assertThat(first.get("sampler - learner")).isLessThan(1e-5);
        told.clear();
        draw(new TorchLikelihood(models, Dtype.FLOAT32, 1), Dtype.FLOAT32);
        assertThat(figures()).isEqualTo(first);
    }

    @Test
    void in_bfloat16_the_gap_is_larger_and_within_its_own_bound() {
        draw(new TorchLikelihood(models, Dtype.BFLOAT16, 1), Dtype.BFLOAT16);
        assertThat(figures().get("sampler - learner")).isBetween(1e-6, 0.1);
    }

    @Test
    void a_learner_with_other_weights_ends_the_run_and_both_sides_and_the_bound_are_named() {
        var scoring = new TorchLikelihood(models, Dtype.FLOAT32, 1);
        Likelihood other = (asked, texts, step) -> scoring.score(changed, texts, step);
        assertThatThrownBy(() -> draw(other, Dtype.FLOAT32))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll(
                        "the sampler in float32 and the learner in float32 do not agree on model " + model.id(),
                        "step sample of round 3",
                        "nats on average",
                        "0.001 is allowed",
                        "hone model parity");
        assertThat(figures().get("sampler - learner")).isGreaterThan(0.001);
    }

    @Test
    void what_is_on_record_is_told_and_nothing_is_scored() {
        SortedMap<String, Double> known = new TreeMap<>(Map.of("sampler - learner", 2e-7));
        record = (step, what, _) -> step.name().equals("sample") && what.contains("/p0/") ? known : new TreeMap<>();
        draw(
                (_, _, _) -> {
                    throw new AssertionError("the model is released");
                },
                Dtype.FLOAT32);
        assertThat(figures()).isEqualTo(known);
    }

    @Test
    void each_draw_of_a_step_is_compared_and_none_twice() {
        Map<String, SortedMap<String, Double>> kept = new TreeMap<>();
        record = (_, what, computed) -> kept.computeIfAbsent(what, _ -> computed.get());
        var scoring = new TorchLikelihood(models, Dtype.FLOAT32, 1);
        List<Integer> scored = new ArrayList<>();
        Likelihood counting = (asked, texts, step) -> {
            scored.add(texts.size());
            return scoring.score(asked, texts, step);
        };
        draw(0, counting, Dtype.FLOAT32);
        draw(12, counting, Dtype.FLOAT32);
        draw(0, counting, Dtype.FLOAT32);
        assertThat(scored).containsExactly(8, 8);
        assertThat(told).filteredOn(RunEvent.RoundHealth.class::isInstance).hasSize(3);
    }

    @Test
    void only_a_few_texts_are_scored_to_the_token() {
        var scoring = new TorchLikelihood(models, Dtype.FLOAT32, 1);
        List<Demonstration> scored = new ArrayList<>();
        draw(
                (asked, texts, step) -> {
                    scored.addAll(texts);
                    return scoring.score(asked, texts, step);
                },
                Dtype.FLOAT32);
        assertThat(scored).hasSize(8).extracting(Demonstration::id).doesNotHaveDuplicates();
    }
}
