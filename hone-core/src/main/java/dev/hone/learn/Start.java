package dev.hone.learn;

import dev.hone.data.Model;

/// Where learning starts.
///
/// @param weights the model to start from
/// @param optimizer whether its moments start anew
/// @param reference whom preference and policy losses compare with, without gradient; others do not read it
public record Start(Model weights, OptimizerState optimizer, Model reference) {

    /// What becomes of the optimizer's moments from one round to the next.
    public enum OptimizerState {
        FRESH,
        /// Those with which `weights` were learned; an error if they were not kept.
        CARRIED
    }

    /// From a model, compared with itself.
    public static Start fresh(Model weights) {
        return new Start(weights, OptimizerState.FRESH, weights);
    }

    public Start withReference(Model other) {
        return new Start(weights, optimizer, other);
    }
}
