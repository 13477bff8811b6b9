package dev.hone.data;

import java.util.List;

/// What a policy drew for one problem, with rewards.
///
/// @param rollouts at least one, all of one problem
public record RolloutGroup(List<Rollout> rollouts) {

    /// A sample with its reward. Its tokens by [Author#MODEL] are learned from; forced, tool and draft
    /// tokens are seen and never count.
    ///
    /// @param reward finite, higher is better; a method that has its own advantages puts them here and asks
    ///     the objective to take them as given
    public record Rollout(Sample sample, double reward) {
        public Rollout {
            if (!Double.isFinite(reward)) {
                throw new IllegalArgumentException("the reward of sample \"" + sample.id()
                        + "\" must be finite but was " + reward + "; leave a sample out that could not be judged");
            }
            if (sample.tokens().count(Author.MODEL) == 0) {
                throw new IllegalArgumentException(
                        "sample \"" + sample.id() + "\" has no token that the model drew; leave it out");
            }
        }
    }

    public RolloutGroup {
        rollouts = List.copyOf(rollouts);
        if (rollouts.stream().map(each -> each.sample.problem().id()).distinct().count() != 1) {
            throw new IllegalArgumentException("a group needs rollouts of exactly one problem, at least one of them");
        }
    }
}
