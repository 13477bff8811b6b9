package dev.hone.torch.sample;

/// Says when a completion is over although the model has not ended it. Safe for several threads.
@FunctionalInterface
public interface Stop {
    Stop NEVER = (_, _) -> false;

    /// @param drawn tokens, of which the first `count` count, at least one
    /// @return whether the last of them completed what ends the text
    boolean isMet(int[] drawn, int count);
}
