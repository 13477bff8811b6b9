/// Subsets: what `k` of the `n` samples drawn of a problem would have done, without drawing again.
///
/// **In** what is known of each sample: right or wrong, its text, its answer, its score. **Out** one number a
/// problem, the expectation over all subsets of `k`, each as likely as any other. Nothing here draws samples,
/// judges them, or averages over problems, which [dev.hone.measure.Bootstrap] does.
///
/// Start at [PassAtK]. All are exact up to rounding, but for [WeightedMajorityAtK] on many samples, which says so.
///
/// | Metric | What of the subset | Source |
/// |---|---|---|
/// | [PassAtK] | one sample at least is right | Chen et al. 2021 |
/// | [PassAtKS] | `s` different right solutions at least | star-family-bstar, monitoring metrics |
/// | [BestOfK] | the sample with the best score is right | vstar, equation 3 |
/// | [RewardAtKS] | the `s` samples with the best scores are all right | star-family-bstar, monitoring metrics |
/// | [MajorityAtK] | the answer with the most votes is right | inference-time-survey, A5 |
/// | [WeightedMajorityAtK] | the answer with the most weight is right | vstar, headline results |
///
/// **To add one:** one class here, one test that enumerates the subsets of eight samples, one row above.
@NullMarked
package dev.hone.measure.subset;

import org.jspecify.annotations.NullMarked;
