package dev.hone.generate;

import dev.hone.data.Demonstration;
import dev.hone.data.Model;
import dev.hone.data.Tokens;
import dev.hone.run.Step;
import java.util.List;

/// Says how likely a given text is to each layer of a model: what the model would say if it ended there,
/// with its own last norm and head (the logit lens). Contrasting layers (DoLa) and leaving early read it. A
/// model whose layers nobody sees has no such role.
public interface LayerLikelihood {

    /// Scores the completion of each text under its prompt, once a layer.
    ///
    /// @param texts prompt and completion; masks and weights do not matter here
    /// @return for each text its completion's tokens (end token included if it ends) as each layer scores
    ///     them, from the first to the last; the last one's are the model's own, as [Likelihood#score]
    ///     gives them
    List<List<Tokens>> scoreByLayer(Model model, List<Demonstration> texts, Step step);
}
