package dev.hone.torch;

import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.torch.file.Fault;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.sample.DrawingWeights;
import dev.hone.torch.sample.LockStep;
import dev.hone.torch.sample.PromptedDrawing;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.setting.LogitBlend;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/// Draws from several models of this machine in lock-step: all read what was drawn so far, their logits are
/// blended, and the next token is drawn from the blend, with every setting of [dev.hone.data.Sampling].
/// Ensembles, contrastive decoding and proxy tuning are blends.
///
/// The model that is asked for comes first and names the samples; it writes the prompt by its own chat
/// template. Log-probabilities are the blend's, not the model's: such samples are for answering and for
/// imitation, not for objectives that compare the two.
///
/// @param others the models that draw beside the one that is asked for, with the same tokenizer
/// @param blend of the logits: the first row is the model's, the next ones are the others'
/// @param dtype that products are computed in
/// @param rows completions of a prompt in flight; changes the speed, never a sample
/// @param threads that compute; changes the speed, never a sample
public record BlendedGenerator(
        LocalModels models, List<Model> others, LogitBlend blend, Dtype dtype, int rows, int threads)
        implements Generator {

    public BlendedGenerator {
        others = List.copyOf(others);
    }

    /// Float32, 64 rows, a thread a core.
    public static BlendedGenerator on(LocalModels models, List<Model> others, LogitBlend blend) {
        return new BlendedGenerator(
                models, others, blend, Dtype.FLOAT32, 64, Runtime.getRuntime().availableProcessors());
    }

    /// @throws dev.hone.run.HoneException if one of the models cannot be used or has another vocabulary
    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        LoadedModel first = models.load(model);
        List<LoadedModel> all = new ArrayList<>(List.of(first));
        for (Model each : others) {
            LoadedModel other = models.load(each);
            if (!vocabulary(other).equals(vocabulary(first))) {
                throw Fault.settings(
                        "model " + each.id() + " is to draw in lock-step with model " + model.id()
                                + " and has another vocabulary",
                        "take models with the same tokenizer");
            }
            all.add(other);
        }
        int context =
                all.stream().mapToInt(each -> each.config().context()).min().orElseThrow();
        return new PromptedDrawing(model, first, context, step)
                .samples(prompts, (requests, progress) -> draw(all, requests, progress));
    }

    private static JsonNode vocabulary(LoadedModel loaded) {
        return loaded.directory().json("tokenizer.json").path("model").path("vocab");
    }

    private List<List<Sampler.Drawn>> draw(
            List<LoadedModel> all, List<Sampler.Request> requests, LongConsumer progress) {
        List<DrawingWeights> weights = new ArrayList<>();
        try (var gang = new Gang(threads)) {
            for (LoadedModel each : all) {
                weights.add(DrawingWeights.of(each.config(), each.tensors(), models.device(), dtype, gang));
            }
            return new LockStep(weights, blend, gang, rows).draw(requests, progress);
        } finally {
            weights.forEach(DrawingWeights::close);
        }
    }
}
