package dev.hone.generate;

import dev.hone.data.Demonstration;
import dev.hone.data.Model;
import dev.hone.data.Tokens;
import dev.hone.run.Step;
import java.util.List;

/// Says how likely a given text is.
public interface Likelihood {

    /// Scores the completion of each text under its prompt.
    ///
    /// @param texts prompt and completion; masks and weights do not matter here
    /// @return for each text its completion's tokens (end token included if it ends), every one with its
    ///     log-probability in nats at temperature 1; authors are kept where they were known
    List<Tokens> score(Model model, List<Demonstration> texts, Step step);
}
