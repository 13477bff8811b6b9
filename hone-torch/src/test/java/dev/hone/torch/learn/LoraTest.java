package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.learn.Adaptation.Lora;
import dev.hone.learn.Adaptation.Scaling;
import dev.hone.learn.Adaptation.Target;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.torch.Tiny;
import dev.hone.torch.TorchLearner;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.file.Safetensors;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.LoraWeights;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PeftFiles;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.SpecialText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoraTest {
    private static final Text TEXT = Text.completing(new int[] {3, 14, 15, 9, 26, 53, 58, 9, 7}, 8, 1);

    @TempDir
    Path folder;

    private static ModelDirectory fixture(String name) {
        return ModelDirectory.open(Tiny.resource("/parity/" + name));
    }

    private static double[] scored(TrainingDecoder decoder) {
        return new Scoring(1).read(decoder, List.of(TEXT)).getFirst().logProbs();
    }

    private static double[] scored(ModelDirectory model, SequencedMap<String, Weight> adapter, double scale) {
        var parameters = new Parameters(model.weights(), adapter, Tiny.device(), Dtype.FLOAT32);
        try (var decoder = new TrainingDecoder(model.config(), parameters, scale)) {
            return scored(decoder);
        }
    }

    private static double[] scored(DecoderConfig config, Map<String, Weight> weights) {
        try (var decoder = Tiny.decoder(config, weights)) {
            return scored(decoder);
        }
    }

    /// An adapter of which no part is 0.
    private static SequencedMap<String, Weight> random(Lora lora, DecoderConfig config) {
        var random = new SplittableRandom(3);
        SequencedMap<String, Weight> weights = new LinkedHashMap<>();
        LoraWeights.start(lora, config, new Seed(1)).forEach((name, start) -> {
            float[] values = new float[start.values().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextDouble(-0.2, 0.2);
            }
            weights.put(name, new Weight(start.shape(), values));
        });
        return weights;
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "qwen2", "qwen3", "mistral"})
    void at_the_start_it_is_the_base_bit_for_bit(String name) {
        ModelDirectory model = fixture(name);
        Lora lora = Lora.of(4, 8);
        assertThat(scored(model, LoraWeights.start(lora, model.config(), new Seed(1)), lora.scale()))
                .containsExactly(scored(model.config(), model.weights()));
    }

    @Test
    void it_starts_uniform_below_and_zero_above() {
        DecoderConfig config = fixture("llama").config();
        var start = LoraWeights.start(Lora.of(8, 8), config, new Seed(1));
        assertThat(start).hasSize(2 * 7 * config.layers());
        start.forEach((name, weight) -> {
            double bound = 1 / Math.sqrt(weight.shape().getLast());
            double largest = IntStream.range(0, weight.values().length)
                    .mapToDouble(i -> Math.abs(weight.values()[i]))
                    .max()
                    .orElseThrow();
            if (name.endsWith("lora_B.weight")) {
                assertThat(largest).isZero();
            } else {
                assertThat(largest).isBetween(0.9 * bound, bound);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({"llama, RANK", "qwen2, ROOT_OF_RANK", "qwen3, RANK", "llama31-rope, RANK"})
    void merged_equals_unmerged(String name, Scaling scaling) {
        ModelDirectory model = fixture(name);
        for (var targets : List.of(EnumSet.allOf(Target.class), EnumSet.of(Target.VALUE, Target.DOWN))) {
            Lora lora = new Lora(4, 6, 0, targets, scaling);
            var adapter = random(lora, model.config());
            double[] apart = scored(model, adapter, lora.scale());
            double[] merged = scored(
                    model.config(),
                    LoraWeights.merged(
                            model.weights(), adapter, LoraWeights.matrices(lora, model.config()), lora.scale()));
            double[] base = scored(model.config(), model.weights());
            for (int i = 0; i < apart.length; i++) {
                assertThat(apart[i]).isCloseTo(merged[i], within(1e-5));
            }
            assertThat(Math.abs(apart[3] - base[3])).isGreaterThan(1e-3);
        }
    }

    private static Examples.Demonstrations sums() {
        return new Examples.Demonstrations(IntStream.range(0, 8)
                .mapToObj(i -> Demonstration.of("d" + i, List.of(Message.user(i + "+1=")), "" + (i + 1)))
                .toList());
    }

    private static Training training(Lora lora) {
        return new Training(
                        new Training.Length.Steps(40),
                        8,
                        2e-2,
                        new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
                        Training.AdamW.standard(),
                        1,
                        Training.Order.SHUFFLED)
                .withAdaptation(lora);
    }

    @Test
    void what_is_learned_is_a_merged_model_with_its_adapter_beside_it() throws IOException {
        try (var models = Tiny.models(folder.resolve("models"))) {
            Model base = models.create(Tiny.shape(), new Seed(11));
            Lora lora = new Lora(4, 8, 0.1, EnumSet.of(Target.QUERY, Target.VALUE, Target.UP), Scaling.RANK);
            var learner = new TorchLearner(models, Dtype.FLOAT32, 1, 50, Activations.RECOMPUTED);
            var learned = learner.learn(
                    Start.fresh(base), sums(), new Objective.Sft(), training(lora), Tiny.step("learn", folder));
            assertThat(learned.losses().getLast())
                    .isLessThan(0.9 * learned.losses().getFirst());
            Path adapter = Path.of(learned.model().location()).resolve("adapter");
            var read = PeftFiles.read(adapter, ModelDirectory.of(base).config());
            assertThat(read.lora()).isEqualTo(lora);
            var merged = ModelDirectory.of(learned.model()).weights();
            ModelDirectory.of(models.adapted(base, adapter))
                    .weights()
                    .forEach((name, weight) -> assertThat(weight.values())
                            .isEqualTo(Objects.requireNonNull(merged.get(name)).values()));
            assertThat(Files.readString(adapter.resolve("adapter_config.json")))
                    .contains("\"r\" : 4")
                    .contains("\"q_proj\"")
                    .doesNotContain("k_proj");
            assertThatThrownBy(() -> learner.learn(
                            new Start(learned.model(), Start.OptimizerState.CARRIED, base),
                            sums(),
                            new Objective.Sft(),
                            training(lora),
                            Tiny.step("learn", folder.resolve("x"))))
                    .hasMessageContaining("FRESH");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "peft_type" : "LORA"   | "peft_type" : "IA3"      | peft_type "IA3"
        "r" : 4                | "r" : 5                  | expected shape [5, 32]
        "r" : 4                | "r" : 2000000000         | r 2000000000
        "q_proj"               | "c_attn"                 | c_attn
        "use_dora" : false     | "use_dora" : true        | use_dora true
        "lora_alpha" : 8.0     | "lora_alpha" : -1        | lora_alpha -1
        "inference_mode"       | "rank_pattern" : {"a": 1}, "inference_mode" | rank_pattern
        "inference_mode"       | "layers_to_transform" : 0, "inference_mode" | layers_to_transform 0
        "inference_mode"       | "layer_replication" : [[0, 2]], "inference_mode" | layer_replication [[0,2]]
        "inference_mode"       | "alora_invocation_tokens" : [7], "inference_mode" | alora_invocation_tokens [7]
        "inference_mode"       | "target_parameters" : ["a"], "inference_mode" | target_parameters ["a"]
        "inference_mode"       | "trainable_token_indices" : [7], "inference_mode" | trainable_token_indices [7]
        "inference_mode"       | "arrow_config" : {"a": 1}, "inference_mode" | arrow_config {"a":1}
        "inference_mode"       | "use_qalora" : true, "inference_mode" | use_qalora true
        "inference_mode"       | "init_lora_weights" : "pissa_niter_16", "inference_mode" | init_lora_weights "pissa_niter_16"
        "inference_mode"       | "init_lora_weights" : "olora", "inference_mode" | init_lora_weights "olora"
        "inference_mode"       | "init_lora_weights" : ["loftq"], "inference_mode" | init_lora_weights ["loftq"]
        "bias" : "none"        | "bias" : ["all"]         | "bias" is ["all"], a text is needed
        "use_rslora" : false   | "use_rslora" : "yes"     | "use_rslora" is "yes", true or false is needed
        """)
    void an_adapter_that_does_not_fit_is_refused(String from, String to, String hint) throws IOException {
        try (var models = Tiny.models(folder.resolve("models"))) {
            DecoderConfig config =
                    ModelDirectory.of(models.create(Tiny.shape(), new Seed(11))).config();
            Lora lora = new Lora(4, 8, 0, EnumSet.of(Target.QUERY), Scaling.RANK);
            String json = PeftFiles.config(lora, HeadKind.TOKENS_ONLY, "base");
            assertThat(json).contains(from);
            Files.writeString(folder.resolve(PeftFiles.CONFIG), json.replace(from, to));
            Safetensors.write(folder.resolve(PeftFiles.WEIGHTS), PeftFiles.named(random(lora, config)));
            assertThatThrownBy(() -> PeftFiles.read(folder, config)).hasMessageContaining(hint);
        }
    }

    /// As PEFT writes them where nobody asked for any of it.
    @Test
    void fields_that_say_nothing_are_passed_over() throws IOException {
        try (var models = Tiny.models(folder.resolve("models"))) {
            DecoderConfig config =
                    ModelDirectory.of(models.create(Tiny.shape(), new Seed(11))).config();
            Lora lora = new Lora(4, 8, 0, EnumSet.of(Target.QUERY), Scaling.RANK);
            String none =
                    "\"alora_invocation_tokens\": null, \"layer_replication\": null, \"layers_to_transform\": null,"
                            + " \"rank_pattern\": {}, \"trainable_token_indices\": [], \"use_qalora\": false,"
                            + " \"target_parameters\": null, \"init_lora_weights\": \"gaussian\", \"bias\"";
            Files.writeString(
                    folder.resolve(PeftFiles.CONFIG),
                    PeftFiles.config(lora, HeadKind.TOKENS_ONLY, "base").replace("\"bias\"", none));
            Safetensors.write(folder.resolve(PeftFiles.WEIGHTS), PeftFiles.named(random(lora, config)));
            assertThat(PeftFiles.read(folder, config).lora()).isEqualTo(lora);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_adapter_beside_a_model_is_read_or_refused_for_the_head_that_is_saved_with_it(HeadKind head) {
        try (var models = Tiny.models(folder.resolve("models"))) {
            Model base = models.create(Tiny.shape(), new Seed(11));
            var loaded = LoadedModel.of(ModelDirectory.of(base), SpecialText.TEXT);
            Lora lora = new Lora(4, 8, 0, EnumSet.of(Target.QUERY), Scaling.RANK);
            Tuning tuning = Tuning.of(loaded, lora, head, new Seed(1));
            Path adapter = tuning.write(folder.resolve("models"), tuning.learning())
                    .path()
                    .resolve("adapter");
            switch (head) {
                case TOKENS_ONLY, VALUE -> {
                    PeftFiles.Adapter read = PeftFiles.read(adapter, loaded.config());
                    assertThat(read.lora()).isEqualTo(lora);
                    read.weights()
                            .forEach((name, weight) -> assertThat(weight.values())
                                    .isEqualTo(Objects.requireNonNull(
                                                    tuning.learning().get(name))
                                            .values()));
                    assertThat(models.adapted(base, adapter).id()).isNotEmpty();
                }
                case REWARD, STEPS ->
                    assertThatThrownBy(() -> PeftFiles.read(adapter, loaded.config()))
                            .hasMessageContaining("modules_to_save [\"score\"] is not supported");
            }
        }
    }

    @Test
    void dropout_depends_on_its_seed_and_place_only() {
        try (var _ = new PointerScope()) {
            var transfer = new Transfer(Tiny.device());
            var x = transfer.put(new float[20_000], 200, 100).add(new Scalar(1f));
            float[] once = numbers(new Noise(0.25, 7).drop(transfer, x, "a"));
            assertThat(numbers(new Noise(0.25, 7).drop(transfer, x, "a"))).containsExactly(once);
            assertThat(numbers(new Noise(0.25, 7).drop(transfer, x, "b"))).isNotEqualTo(once);
            assertThat(numbers(new Noise(0.25, 7).at(1).drop(transfer, x, "a"))).isNotEqualTo(once);
            double mean = 0;
            for (float value : once) {
                assertThat(value).isIn(0f, (float) (1 / 0.75));
                mean += value / once.length;
            }
            assertThat(mean).isCloseTo(1, within(0.02));
        }
    }

    private static float[] numbers(Tensor tensor) {
        float[] numbers = new float[(int) tensor.numel()];
        Transfer.read(tensor, numbers, 0, numbers.length);
        return numbers;
    }
}
