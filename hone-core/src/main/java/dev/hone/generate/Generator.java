package dev.hone.generate;

import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import java.util.List;

/// Writes completions.
public interface Generator {

    /// Draws `samples` completions for each prompt.
    ///
    /// A sample depends on the model, its prompt, its settings and its seed ([#seed]), on nothing else: not
    /// on the other prompts, their order, the batch or the threads. A prompt that cannot be served gives
    /// samples that [failed][dev.hone.data.Finish.Failed]; the others go on.
    ///
    /// @return prompt by prompt in the order given, for each its samples by index
    List<Sample> generate(Model model, List<Prompt> prompts, Step step);

    /// The seed of a sample: of the step, then the problem, then the forced prefix's parent if there is one,
    /// then the index.
    static Seed seed(Step step, Prompt prompt, int index) {
        Seed seed = step.seed().derive(prompt.problem().id());
        if (prompt.origin() instanceof dev.hone.data.Origin.Forked(String parent, var kept)) {
            seed = seed.derive(parent).derive(kept.size());
        }
        return seed.derive(index);
    }

    /// The id of a sample: `step/round/problem/index`, with the parent before the index for a forced prefix.
    static String id(Step step, Prompt prompt, int index) {
        String start = step.name() + "/" + step.round() + "/" + prompt.problem().id() + "/";
        return switch (prompt.origin()) {
            case dev.hone.data.Origin.Fresh() -> start + index;
            case dev.hone.data.Origin.Forked(String parent, var kept) ->
                start + "(" + parent + ":" + kept.size() + ")/" + index;
        };
    }
}
