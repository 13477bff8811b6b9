package dev.hone.torch.sample;

import dev.hone.torch.file.Tensors;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;

/// A model's weights in the form in which a [StepDecoder] reads them. They own their memory until they are closed;
/// nobody may be drawing then.
public sealed interface DrawingWeights extends AutoCloseable permits BatchWeights, TensorWeights {
    DecoderConfig config();

    /// Of a model, for drawing on a device; a copy.
    ///
    /// @param gang that helps to make them
    static DrawingWeights of(DecoderConfig config, Tensors tensors, Device device, Dtype dtype, Gang gang) {
        return switch (device) {
            case CPU -> BatchWeights.of(config, tensors, dtype, gang);
            case CUDA -> TensorWeights.of(config, tensors, device, dtype);
        };
    }

    /// In how many batches so many threads should draw.
    int batches(int threads);

    /// @param gang that computes
    /// @param places most tokens of a step
    /// @param wanted most tokens of a step whose logits are wanted
    /// @param capacity longest sequence, prompt and completion together
    StepDecoder decoder(Gang gang, int places, int wanted, int capacity);

    @Override
    void close();
}
