package dev.hone.learn;

import dev.hone.data.Examples;

/// What is minimised. The type parameter ties a loss to the kind of examples that it reads.
public sealed interface Objective<E extends Examples> {

    /// Supervised fine-tuning: the negative log-likelihood of the counted tokens of the completions, one
    /// weighted mean over all counted tokens of the (accumulated) batch, end token included (objectives card,
    /// §1): `L = - sum_j w_j log p(t_j) / sum_j w_j`.
    record Sft() implements Objective<Examples.Demonstrations> {}
}
