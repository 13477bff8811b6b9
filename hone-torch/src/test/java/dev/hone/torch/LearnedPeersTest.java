package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.learn.Adaptation;
import dev.hone.learn.Objective;
import dev.hone.torch.file.Weight;
import dev.hone.torch.learn.Packing;
import dev.hone.torch.learn.Parameters;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.objective.Lessons;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Dtype;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What the learner made, in the hands of transformers and PEFT: adapters, reward heads and heads of steps.
class LearnedPeersTest extends TinyLearning {

    @BeforeAll
    static void there_is_a_python_with_transformers() {
        Peers.assumeThere();
    }

    private <E extends Examples> ModelDirectory learned(E examples, Objective<E> objective, Adaptation adaptation) {
        return ModelDirectory.of(learn(
                        examples,
                        objective,
                        training(20, 4, 1e-2).withAdaptation(adaptation),
                        objective.getClass().getSimpleName()
                                + adaptation.getClass().getSimpleName())
                .model());
    }

    private static Examples.LabelledSteps steps() {
        return new Examples.LabelledSteps(IntStream.range(0, 8)
                .mapToObj(i -> new StepLabels("s" + i, asked(i), solution(i)))
                .toList());
    }

    private static List<StepLabels.Step> solution(int i) {
        return Stream.of("1+1=2\n", "1+1=" + (3 + i % 6) + "\n")
                .map(text -> new StepLabels.Step(
                        new Segment.Written(text, Segment.Loss.COUNTED),
                        text.equals("1+1=2\n") ? StepLabels.Label.RIGHT : StepLabels.Label.WRONG))
                .toList();
    }

    private List<Text> wholes() {
        LoadedModel loaded = models.load(model);
        return IntStream.range(0, 3)
                .mapToObj(i -> Lessons.whole(loaded, Demonstration.of("d" + i, asked(i), "" + 7 * i)))
                .toList();
    }

    private List<Text> stepwise() {
        LoadedModel loaded = models.load(model);
        return IntStream.range(0, 3)
                .mapToObj(i -> Lessons.steps(
                        loaded,
                        "s" + i,
                        asked(i),
                        solution(i).stream().map(StepLabels.Step::text).toList()))
                .toList();
    }

    /// Writes what Hone's head says beside the weights.
    private Path noted(ModelDirectory made, HeadKind head, List<Text> texts, boolean isAdapted) throws IOException {
        var all = made.weights();
        var ofHead = new LinkedHashMap<String, Weight>();
        for (String name : List.of(HeadKind.WEIGHT, HeadKind.BIAS)) {
            if (all.containsKey(name)) {
                ofHead.put(name, all.get(name));
            }
        }
        var parameters = new Parameters(Parameters.of(made.config(), all), ofHead, Tiny.device(), Dtype.FLOAT32);
        try (var decoder = new TrainingDecoder(made.config(), parameters, 1)) {
            Object logits = head == HeadKind.TOKENS_ONLY
                    ? lastLogits(decoder, texts)
                    : new Scoring(1)
                            .read(decoder, texts).stream().map(Readout::values).toList();
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("ids", texts.stream().map(Text::ids).toList());
            said.put("places", texts.stream().map(Text::reads).toList());
            said.put("logits", logits);
            said.put("bound", 1e-4);
            said.put("dtype", made.tensors().dtype().word());
            said.put(
                    "head",
                    switch (head) {
                        case TOKENS_ONLY, VALUE -> "tokens";
                        case REWARD -> "reward";
                        case STEPS -> "steps";
                    });
            if (isAdapted) {
                said.put("base", Path.of(model.location()).toString());
            }
            Files.writeString(
                    made.path().resolve("hone.json"), JsonMapper.shared().writeValueAsString(said));
        }
        return made.path();
    }

    private static List<float[]> lastLogits(TrainingDecoder decoder, List<Text> texts) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            return texts.stream()
                    .map(text -> decoder.logits(
                                    Packing.of(decoder.config(), List.of(text)), new long[] {text.ids().length - 1L})[
                            0])
                    .toList();
        }
    }

    @Test
    void adapters_and_heads_that_were_learned_say_the_same_there() throws Exception {
        var lora = Adaptation.Lora.of(4, 8);
        var whole = new Adaptation.Full();
        var preferred = new Objective.BradleyTerry(0, 0.01);
        List<Path> folders = List.of(
                noted(learned(pairs(), Objective.Dpo.asInPaper(), lora), HeadKind.TOKENS_ONLY, wholes(), true),
                noted(learned(pairs(), preferred, whole), HeadKind.REWARD, wholes(), false),
                noted(learned(pairs(), preferred, lora), HeadKind.REWARD, wholes(), true),
                noted(learned(steps(), new Objective.StepReward(), whole), HeadKind.STEPS, stepwise(), false),
                noted(learned(steps(), new Objective.StepReward(), lora), HeadKind.STEPS, stepwise(), true));
        Peers.Said peers = Peers.check(folders, folder.resolve("log.txt"));
        assertThat(peers.text().lines().filter(line -> line.contains(", logits within ")))
                .as(peers.text())
                .hasSize(folders.size());
        assertThat(peers.exitCode()).as(peers.text()).isZero();
    }
}
