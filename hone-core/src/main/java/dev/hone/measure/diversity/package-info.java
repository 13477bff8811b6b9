/// Diversity: how different the texts of one problem are.
///
/// **In** texts, their tokens, equations or [embeddings][dev.hone.data.Embedding]. **Out** one number a problem,
/// or none where it is not defined: there is no diversity of nothing, and none between one text and itself.
/// Nothing here asks whether a text is right: diversity also rises when a model gets worse, so hand over the right
/// samples only, or read it beside pass@1.
///
/// Start at [DistinctN]. [dev.hone.measure.RightDiversity] measures a model's right samples by them.
///
/// | Metric | Compares | Source |
/// |---|---|---|
/// | [DistinctN] | n-grams | dive, step 2e |
/// | [DistinctEquations] | calculations | star-family-bstar, monitoring metrics |
/// | [EditDistance] | tokens or characters, pair by pair | inference-time-survey, metrics |
/// | [EmbeddingDiversity] | directions of vectors | dive, step 2e |
///
/// Where a set is put together member by member, [RunningDiversity] is the same metric without starting over.
///
/// **To add one:** one class here, its arithmetic in a test with a slow twin, one row above.
@NullMarked
package dev.hone.measure.diversity;

import org.jspecify.annotations.NullMarked;
