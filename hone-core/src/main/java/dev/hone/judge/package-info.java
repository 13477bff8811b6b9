/// Judging: says how good a sample is.
///
/// **In** [dev.hone.data.Sample], in [groups][Group] of one problem. **Out** [dev.hone.data.Judged].
/// Nothing here generates samples, picks winners or touches weights.
///
/// Start at [Judge]; the plainest is [ReferenceJudge].
///
/// | Judge | Needs | Source |
/// |---|---|---|
/// | [ReferenceJudge] | an answer or a checker | none |
/// | [SelfConsistency] | nothing; reads what the other samples of the problem say | ds-weight, sharpening |
/// | [Confidence] | nothing; reads the sampler's log-probabilities | sharpening, star-family-bstar |
/// | [OwnLikelihood] | nothing; reads the sampler's log-probabilities | vstar, sharpening |
/// | [LikelihoodJudge] | a [dev.hone.generate.Likelihood] and a model | vstar, sharpening, ds-weight, latro |
///
/// **To add one:** one class here, one test that implements `JudgeContract`, one row above.
@NullMarked
package dev.hone.judge;

import org.jspecify.annotations.NullMarked;
