/// Guided self-improvement: problems of which few samples are right are asked again with a hint, so that
/// the hard tail of the problems does not drop out of what is learned.
///
/// **In** problems with a reference, and what is known of how training problems are solved. **Out** a
/// model a round. Nothing here decides how an answer is checked, and no hint is learned unless the
/// ablation asks for it.
///
/// Start at [GuidedSelfImprovement]; [Guidance] says what there is to see, [Budget] how often it is
/// asked, and [TrainingSet] what becomes of the samples that are kept.
///
/// **Paper** Ding et al. 2024, arXiv:2411.00750 (GSI)
/// **Status** faithful; in arithmetic beginnings of worked answers cover 83% of the hardest problems
/// where plain samples cover 25%, but accuracy is not higher: pass@1 -2.9 [-4.2, -1.6], greedy -0.3
/// (three seeds, docs/results/gsi.md)
@NullMarked
package dev.hone.method.gsi;

import org.jspecify.annotations.NullMarked;
