package dev.hone.torch.objective;

import java.util.List;

/// A part of a batch's loss whose texts are computed together. What depends on the rest of the batch
/// (counts, means, advantages) is fixed in it.
public interface Part {

    /// At least one.
    List<Text> texts();

    /// What this part adds to the batch's loss.
    ///
    /// @param said of each text
    /// @param slopes zeros of the same shapes, to be filled with the derivative of the loss by each number
    ///     of `said`
    double loss(List<Readout> said, List<Readout> slopes);
}
