/// Statistics of plain numbers and vectors, which know nothing of problems, samples or models.
///
/// **In** numbers, or [embeddings][dev.hone.data.Embedding]. **Out** numbers. Nothing here decides what is
/// kept: a score that is high is no verdict.
///
/// Start at [Quantile]; [IsolationForest] says which of many vectors stand apart.
///
/// | Statistic | Of | Source |
/// |---|---|---|
/// | [Quantile] | numbers, sorted | Hyndman and Fan 1996, type 7 |
/// | [RankCorrelation] | pairs of numbers | Spearman 1904 |
/// | [KolmogorovSmirnov] | two samples of numbers | ds-weight, "What to reproduce" |
/// | [IsolationForest] | vectors | dive, step 2d |
///
/// **To add one:** one class here, its arithmetic in a test, one row above.
@NullMarked
package dev.hone.measure.statistic;

import org.jspecify.annotations.NullMarked;
