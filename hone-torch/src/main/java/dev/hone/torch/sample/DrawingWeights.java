package dev.hone.torch.sample;

import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;

/// A model's weights in the form in which a [StepDecoder] reads them. They own their memory until they are closed;
/// nobody may be drawing then.
public sealed interface DrawingWeights extends AutoCloseable permits BatchWeights {
    DecoderConfig config();

    /// @param gang that computes
    /// @param places most tokens of a step
    /// @param wanted most tokens of a step whose logits are wanted
    /// @param capacity longest sequence, prompt and completion together
    StepDecoder decoder(Gang gang, int places, int wanted, int capacity);

    @Override
    void close();
}
