package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.List;

/// A policy's loss on a single rollout.
public final class OneRollout {
    private OneRollout() {}

    /// @param reference `l_ref` of each counted token
    public static Criterion ppo(Objective.Ppo ppo, Text text, double reward, Readout old, double[] reference) {
        return new ActorCritic(ppo, List.of(List.of(new Drawn(text, reward, old, reference))));
    }
}
