package dev.hone.torch.objective;

import java.util.List;

/// Says what some weights make of texts, without gradients.
public interface Reader {

    /// @return one readout a text, in their order
    List<Readout> read(List<Text> texts);
}
