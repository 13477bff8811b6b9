/// Measuring: how good a model is, how sure that is, and whether a loop is well.
///
/// **In** a [dev.hone.data.Model], or the samples of a round. **Out** [dev.hone.data.Report], [Health].
/// Nothing here is seen by a method: an exam's figures go to the platform.
///
/// Start at [Exam]; [SamplingExam] is the one for problems with a reference. [Bootstrap] gives a mean over
/// problems its interval; what is averaged comes from the metrics in [dev.hone.measure.subset]. [LogProbGap]
/// says whether sampler and learner compute the same model.
///
/// **To add one:** a figure is a method of the exam that has the samples for it; a new estimator is a class
/// with its arithmetic in a test.
@NullMarked
package dev.hone.measure;

import org.jspecify.annotations.NullMarked;
