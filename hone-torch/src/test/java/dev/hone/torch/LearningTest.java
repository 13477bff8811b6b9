package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Preference;
import dev.hone.data.Ranking;
import dev.hone.data.RolloutGroup;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.data.Tokens;
import dev.hone.learn.Adaptation;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.file.Weight;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.SpecialText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Heads, resuming, and ending early, on a small model.
class LearningTest extends TinyLearning {
    private static Examples.Rankings rankings() {
        return new Examples.Rankings(pairs().all().stream()
                .map(pair -> new Ranking(
                        pair.id(),
                        pair.prompt(),
                        List.of(
                                new Ranking.Entry(pair.rejected(), 0),
                                new Ranking.Entry(pair.chosen(), 1),
                                new Ranking.Entry(
                                        Preference.Side.of("((" + pair.id().substring(1)), 0))))
                .toList());
    }

    private static Examples.LabelledSteps steps() {
        List<StepLabels> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(new StepLabels(
                    "s" + i,
                    asked(i),
                    List.of(
                            new StepLabels.Step(
                                    new Segment.Written("1+1=2\n", Segment.Loss.COUNTED), StepLabels.Label.RIGHT),
                            new StepLabels.Step(
                                    new Segment.Written("1+1=" + (3 + i % 6) + "\n", Segment.Loss.COUNTED),
                                    StepLabels.Label.WRONG))));
        }
        return new Examples.LabelledSteps(all);
    }

    @Test
    void heads_learn() {
        assertThat(learn(pairs(), new Objective.BradleyTerry(0, 0.01), training(60, 8, 3e-3), "b")
                        .losses()
                        .getLast())
                .isLessThan(0.2);
        assertThat(learn(rankings(), new Objective.Listwise(), training(60, 8, 3e-3), "l")
                        .losses()
                        .getLast())
                .isLessThan(0.2);
        assertThat(learn(steps(), new Objective.StepReward(), training(60, 8, 3e-3), "s")
                        .losses()
                        .getLast())
                .isLessThan(0.2);
    }

    @Test
    void cut_anywhere_and_resumed_every_objective_ends_with_the_same_bytes() {
        var lora =
                new Adaptation.Lora(4, 8, 0.2, EnumSet.allOf(Adaptation.Target.class), Adaptation.Scaling.ROOT_OF_RANK);
        Training full = training(7, 3, 1e-3);
        resumes(pairs(), Objective.Dpo.asInPaper(), full);
        resumes(pairs(), Objective.Dpo.asInPaper(), full.withAdaptation(lora));
        resumes(labelled(), new Objective.Kto(0.1, 1, 1), full);
        resumes(rollouts(), Objective.Ppo.standard(), full);
        resumes(pairs(), new Objective.BradleyTerry(0, 0), full.withAdaptation(lora));
        resumes(pairs(), Objective.Dpo.asInPaper(), full.withStopping(new Training.Stopping.HeldOut(2, 2, 5)));
    }

    private <E extends Examples> void resumes(E examples, Objective<E> objective, Training training) {
        String name = objective.getClass().getSimpleName() + training.hashCode();
        Learned whole = learn(examples, objective, training, name + "whole");
        assertThat(learn(examples, objective, training, name + "threads", () -> {}, 2)
                        .model()
                        .id())
                .as("threads change no bit")
                .isEqualTo(whole.model().id());
        for (int cut : new int[] {1, 5}) {
            var steps = new AtomicInteger();
            assertThatThrownBy(() -> learn(
                            examples,
                            objective,
                            training,
                            name + cut,
                            () -> {
                                if (steps.getAndIncrement() == cut) {
                                    throw new HoneException(HoneException.Kind.STOPPED, "stopped");
                                }
                            },
                            1))
                    .hasMessage("stopped");
            Learned resumed = learn(examples, objective, training, name + cut);
            assertThat(resumed.model().id()).as(name).isEqualTo(whole.model().id());
            assertThat(resumed.losses()).isEqualTo(whole.losses());
        }
    }

    /// Rollouts, the first token of each by `author`.
    private Examples.Rollouts rolloutsBegunBy(Author author) {
        return new Examples.Rollouts(rollouts().all().stream()
                .map(group -> new RolloutGroup(group.rollouts().stream()
                        .map(each -> new RolloutGroup.Rollout(begunBy(author, each.sample()), each.reward()))
                        .toList()))
                .toList());
    }

    private static Sample begunBy(Author author, Sample of) {
        int[] ids = of.tokens().ids();
        Tokens tokens = Tokens.by(author, ids[0]).plus(Tokens.by(Author.MODEL, Arrays.copyOfRange(ids, 1, ids.length)));
        return new Sample(
                of.id(),
                of.problem(),
                of.text(),
                tokens,
                of.finish(),
                of.sampling(),
                of.model(),
                of.origin(),
                of.hint());
    }

    @Test
    void what_was_learned_from_tokens_of_other_authors_is_not_continued() {
        Training training = training(4, 3, 1e-3);
        learn(rolloutsBegunBy(Author.MODEL), grpo(0), training, "w");
        Examples.Rollouts masked = rolloutsBegunBy(Author.FORCED);
        assertThat(learn(masked, grpo(0), training, "w").model().id())
                .isEqualTo(learn(masked, grpo(0), training, "fresh").model().id());
    }

    @ParameterizedTest
    @CsvSource({"TOKENS, KEPT", "TEXT, RECOMPUTED"})
    void a_checkpoint_of_another_setting_is_not_continued(SpecialText special, Activations activations) {
        Training training = training(4, 3, 1e-3);
        learn(pairs(), Objective.Dpo.asInPaper(), training, "w"); // leaves a checkpoint of its step 3
        try (var others = new LocalModels(models.folder(), special, models.device())) {
            var told = new ArrayList<Long>();
            new TorchLearner(others, Dtype.FLOAT32, 1, 3, activations)
                    .learn(
                            Start.fresh(model),
                            pairs(),
                            Objective.Dpo.asInPaper(),
                            training,
                            new Step(
                                    "run",
                                    "learn",
                                    1,
                                    Tiny.step("learn", folder).seed(),
                                    folder.resolve("w"),
                                    event -> {
                                        if (event instanceof RunEvent.Progress progress) {
                                            told.add(progress.done());
                                        }
                                    },
                                    () -> {}));
            assertThat(told).containsExactly(0L, 1L, 2L, 3L, 4L);
        }
    }

    /// A model directory whose weights in float16 are a hole in a file: it takes no room until they are read.
    private Path hollow(NewModel shape) throws IOException {
        Path hollow = Files.createDirectories(folder.resolve("hollow"));
        for (Path file : SafeFiles.list(Path.of(model.location()))) {
            Files.copy(file, hollow.resolve(file.getFileName()));
        }
        Files.writeString(hollow.resolve("config.json"), shape.config().toJson());
        var header = new StringBuilder("{");
        long end = 0;
        for (var each : shape.config().parameters().entrySet()) {
            long begin = end;
            end += 2 * Weight.count(each.getValue());
            header.append(header.length() == 1 ? "" : ",")
                    .append("\"%s\":{\"dtype\":\"F16\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                            .formatted(each.getKey(), each.getValue(), begin, end));
        }
        byte[] bytes = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        try (var file = new RandomAccessFile(hollow.resolve("model.safetensors").toFile(), "rw")) {
            file.setLength(0);
            file.writeLong(Long.reverseBytes(bytes.length));
            file.write(bytes);
            file.setLength(8 + bytes.length + end);
        }
        return hollow;
    }

    @Test
    void what_cannot_fit_is_refused_before_any_of_it_is_taken() throws IOException {
        // three matrices of 1,024 by this, and 16 bytes a number: a little more than the heap may have
        int intermediate = (int) (Runtime.getRuntime().maxMemory() / (16 * 3 * 1024)) + 1;
        model = models.open(hollow(new NewModel(Tiny.CHARACTERS, 1024, intermediate, 1, 4, 64)));
        assertThatThrownBy(() -> learn(pairs(), Objective.Dpo.asInPaper(), training(1, 1, 1e-3), "w"))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("learning needs about", "the heap may grow to");
        assertThat(folder.resolve("w")).doesNotExist(); // no scores of the start either
    }

    @Test
    void learning_ends_early_with_the_weights_that_were_best_on_what_was_held_out() {
        // the last two examples contradict the others: their loss rises once the others are learned
        List<Demonstration> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(Demonstration.of("d" + i, asked(1), i < 6 ? "4" : "9"));
        }
        var examples = new Examples.Demonstrations(all);
        Training training = training(200, 6, 5e-3).withStopping(new Training.Stopping.HeldOut(2, 2, 3));
        Learned learned = learn(examples, new Objective.Sft(), training, "w");
        assertThat(learned.losses().size()).isBetween(6, 100).matches(steps -> steps % 2 == 0);
        // measured every 2 steps, given up after 3 that were not better: the best was 6 steps before the end
        int best = learned.losses().size() - 6;
        assertThat(best).isPositive();
        Learned shorter = learn(
                new Examples.Demonstrations(all.subList(0, 6)), new Objective.Sft(), training(best, 6, 5e-3), "x");
        assertThat(learned.model().id()).isEqualTo(shorter.model().id());
        assertThatThrownBy(
                        () -> learn(new Examples.Demonstrations(all.subList(0, 2)), new Objective.Sft(), training, "y"))
                .hasMessageContaining("2 are held out");
    }
}
