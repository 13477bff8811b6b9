package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Tokens;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.torch.file.Weight;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.model.PlainDecoder;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerLensTest {
    private static final int LAYERS = 3;

    @TempDir
    Path folder;

    private LocalModels models;
    private Model model;
    private Step step;

    /// Weights large enough that every layer has an opinion of its own.
    @BeforeEach
    void create() {
        models = Tiny.models(folder.resolve("models"));
        var shape = new NewModel(Tiny.CHARACTERS, 32, 48, LAYERS, 4, 64);
        LoadedModel made = models.load(models.create(shape, new Seed(11)));
        Map<String, Weight> weights = made.weights();
        weights.replaceAll((name, weight) -> {
            float[] values = weight.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= weight.shape().size() == 1 ? 1 : 8;
            }
            return new Weight(weight.shape(), values);
        });
        ModelDirectory written =
                ModelDirectory.write(folder.resolve("models"), made.directory().texts(), weights);
        model = models.open(written.path());
        step = Tiny.step("score", folder);
    }

    @AfterEach
    void close() {
        models.close();
    }

    private static List<Demonstration> texts(int count) {
        List<Demonstration> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(Demonstration.of("t" + i, List.of(Message.user(i + "+1=")), "=" + (i + 1) * (i + 3)));
        }
        return texts;
    }

    @Test
    void the_last_layer_says_what_the_model_says() {
        for (Dtype dtype : Dtype.values()) {
            var likelihood = new TorchLikelihood(models, dtype, 2);
            List<List<Tokens>> byLayer = likelihood.scoreByLayer(model, texts(70), step);
            assertThat(byLayer).allSatisfy(layers -> assertThat(layers).hasSize(LAYERS));
            assertThat(byLayer.stream().map(List::getLast)).isEqualTo(likelihood.score(model, texts(70), step));
        }
    }

    /// The same weights under a config with fewer layers are the model that ends there.
    @Test
    void each_layer_says_what_a_model_that_ends_there_says() {
        LoadedModel loaded = models.load(model);
        List<Demonstration> texts = texts(3);
        List<List<Tokens>> byLayer = TorchLikelihood.on(models).scoreByLayer(model, texts, step);
        for (int layers = 1; layers <= LAYERS; layers++) {
            var cut = new PlainDecoder(cut(loaded.config(), layers), loaded.tensors());
            for (int text = 0; text < texts.size(); text++) {
                LoadedModel.Taught taught = loaded.taught(texts.get(text));
                int[] ids =
                        LoadedModel.join(taught.prompt(), taught.completion().ids());
                double[][] logits = cut.logits(ids);
                Tokens scored = byLayer.get(text).get(layers - 1);
                assertThat(scored.ids()).isEqualTo(taught.completion().ids());
                for (int i = 0; i < scored.size(); i++) {
                    double expected = logProb(logits[taught.prompt().length + i - 1], scored.id(i));
                    assertThat((double) scored.logProb(i)).isCloseTo(expected, within(1e-4));
                }
            }
        }
        assertThat(byLayer.getFirst().getFirst().logProb(0))
                .isNotCloseTo(byLayer.getFirst().getLast().logProb(0), within(0.01f));
    }

    private static double logProb(double[] logits, int token) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - logits[token]);
        }
        return -Math.log(sum);
    }

    private static DecoderConfig cut(DecoderConfig config, int layers) {
        return new DecoderConfig(
                config.family(),
                config.vocabulary(),
                config.hidden(),
                config.intermediate(),
                layers,
                config.heads(),
                config.keyValueHeads(),
                config.headSize(),
                config.context(),
                config.normEpsilon(),
                config.rope(),
                config.tied(),
                config.initializerRange(),
                config.specials());
    }
}
