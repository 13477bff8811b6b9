/// DS weight and IWSI: learning without labels from one's own samples that most others agree with, less
/// those whose loss is far from that of a few human answers.
///
/// **In** problems, whose references are not looked at, and a few worked answers. **Out** one model.
/// Nothing here asks whether an answer is right, except to tell a reader.
///
/// Start at [Iwsi]; [Weight] is the paper's equations, [Filter] what else may choose.
///
/// **Paper** Jiang et al. 2024, arXiv:2408.09849 (DS weight, IWSI)
/// **Status** faithful; in arithmetic the majority teaches +3.5 [2.1, 4.9] points of pass@1 without labels,
/// the filter adds nothing, -0.5 [-1.7, 0.6], and its ablations lose nothing (three seeds,
/// docs/results/ds-weight.md)
@NullMarked
package dev.hone.method.dsweight;

import org.jspecify.annotations.NullMarked;
