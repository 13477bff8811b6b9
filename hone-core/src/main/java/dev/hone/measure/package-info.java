/// Measuring: how good a model is, how sure that is, and whether a loop is well.
///
/// **In** a [dev.hone.data.Model], or the samples of a round. **Out** [dev.hone.data.Report], [Health].
/// Nothing here is seen by a method: an exam's figures go to the platform.
///
/// Start at [Exam]; [SamplingExam] is the one for problems with a reference. [LogProbGap] says whether sampler and
/// learner compute the same model; [dev.hone.data.Cost] is what a run has spent.
///
/// A metric gives one number a problem, and the problem is what is drawn again for an interval:
///
/// | Metric | Where | Averaged by |
/// |---|---|---|
/// | of `k` of `n` samples: pass@k, best-of-k, maj@k, ... | [dev.hone.measure.subset] | [Bootstrap] |
/// | of different texts, which not every problem has | [dev.hone.measure.diversity], [RightDiversity] | [Bootstrap] |
/// | share of problems with a right sample | [Coverage] | itself |
/// | difficulty, and what training examples have lost of it | [DifficultyHistogram], [TailNarrowing] | themselves |
///
/// What knows nothing of problems, such as a quantile, is in [dev.hone.measure.statistic].
///
/// **To add one:** a class in the room that it belongs to, with its arithmetic in a test; a figure of every exam is
/// a method of the exam.
@NullMarked
package dev.hone.measure;

import org.jspecify.annotations.NullMarked;
