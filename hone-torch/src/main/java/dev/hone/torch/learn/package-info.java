/// Learning and scoring on libtorch.
///
/// **In** the weights of a model, texts, a [dev.hone.torch.objective.Criterion]. **Out**
/// log-probabilities and what heads say; weights that have learned, written as a new model. Weights
/// that learn, their moments and the optimizer are Java's, on the host; what is multiplied lies on the
/// device of the [Parameters]. No native tensor leaves this room, nor lives longer than the decoder or
/// the scope that owns it. Nothing here draws a token, and no result depends on the number of threads.
///
/// Start at [Course] (a whole training), then [Trainer] (a step), [Pass] (there and back) and
/// [TrainingDecoder]. Without gradients: [Scoring].
@NullMarked
package dev.hone.torch.learn;

import org.jspecify.annotations.NullMarked;
