/// Objectives as losses: plain numbers in, a loss and its derivatives out.
///
/// **In** examples of [dev.hone.data] and a [dev.hone.learn.Objective]. **Out** a [Criterion]: [Text]s to
/// read and, from what a model says of them ([Readout]), the loss of a batch and its slopes.
/// Nothing here touches a tensor, runs a model or takes a step.
///
/// Start at [Lessons], which makes a criterion of each objective; the plainest is [Imitation].
///
/// **To add one:** a case in [Lessons], one class here, and in the tests a line in `LossesTest` that holds
/// it to its twin in the test kit.
@NullMarked
package dev.hone.torch.objective;

import org.jspecify.annotations.NullMarked;
