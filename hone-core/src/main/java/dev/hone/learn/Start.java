package dev.hone.learn;

import dev.hone.data.Model;

/// Where learning starts.
///
/// @param weights the model to start from
/// @param optimizer whether its moments start anew
public record Start(Model weights, OptimizerState optimizer) {

    /// What becomes of the optimizer's moments from one round to the next.
    public enum OptimizerState {
        FRESH,
        /// Those with which `weights` were learned; an error if they were not kept.
        CARRIED
    }

    public static Start fresh(Model weights) {
        return new Start(weights, OptimizerState.FRESH);
    }
}
