package dev.hone.method.star;

import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Model;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Run;

/// A first fine-tune on a few worked answers, so that a model which never answers in the wanted form has something to
/// sample from: how STaR begins, where the worked answers are shown in the prompt (Zelikman et al. 2022, section 3.1).
///
/// **Paper** card star-family-bstar.
/// **Departs** the worked answers are learned instead of shown, as in B-STaR's first round: small models do not follow
/// examples in a prompt.
/// **Cost** one fine-tune.
public record WarmStart(Training training, Learner learner) {
    /// Name of its step.
    public static final String STEP = "warm-start";

    /// @param worked at least one
    public Model run(Model base, Demonstrations worked, Run run) {
        return learner.learn(Start.fresh(base), worked, new Objective.Sft(), training, run.step(STEP, 0))
                .model();
    }
}
