package dev.hone.torch.objective;

import java.util.List;

/// An objective on its examples, in the engine's terms.
public interface Criterion {

    int examples();

    /// Every text that is learned from.
    List<Text> texts();

    /// The loss of a batch as a sum of parts, its normalisation and all that depends on the whole batch
    /// fixed.
    ///
    /// @param batch which examples
    /// @param present says what the weights of this moment make of texts, without gradients; costs a pass
    List<Part> parts(List<Integer> batch, Reader present);
}
