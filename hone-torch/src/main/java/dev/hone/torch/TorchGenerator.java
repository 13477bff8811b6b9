package dev.hone.torch;

import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.torch.kernel.Brgemm;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.sample.DrawingWeights;
import dev.hone.torch.sample.PromptedDrawing;
import dev.hone.torch.sample.Sampler;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.util.List;
import java.util.function.LongConsumer;

/// Draws with a model of this machine.
///
/// @param dtype that products are computed in
/// @param rows sequences in flight; changes the speed, and on the CPU never a sample
/// @param threads that draw; changes the speed, never a sample
public record TorchGenerator(LocalModels models, Dtype dtype, int rows, int threads) implements Generator {

    /// Float32, 256 rows, a thread a core.
    public static TorchGenerator on(LocalModels models) {
        return new TorchGenerator(
                models, Dtype.FLOAT32, 256, Runtime.getRuntime().availableProcessors());
    }

    /// The numbers that products are computed in faster on a device of this machine: bfloat16 on a GPU. On the CPU it
    /// is tried out, and bfloat16 must win clearly, because it is less
    /// exact. Takes a few hundredths of a second.
    public static Dtype fastest(Device device) {
        return switch (device) {
            case CPU -> Brgemm.fastest();
            case CUDA -> Dtype.BFLOAT16;
        };
    }

    @Override
    public List<Sample> generate(Model model, List<Prompt> prompts, Step step) {
        LoadedModel loaded = models.load(model);
        return new PromptedDrawing(model, loaded, loaded.config().context(), step)
                .samples(prompts, (requests, progress) -> draw(loaded, requests, progress));
    }

    private List<List<Sampler.Drawn>> draw(LoadedModel loaded, List<Sampler.Request> requests, LongConsumer progress) {
        try (var gang = new Gang(threads);
                var weights = DrawingWeights.of(loaded.config(), loaded.tensors(), models.device(), dtype, gang)) {
            return new Sampler(weights, rows, threads).draw(requests, progress);
        }
    }
}
