/// Self-Explore: finds the step after which a model can no longer reach the answer, and teaches it to avoid
/// that step.
///
/// **In** problems with a reference, a base model and the same model taught to answer. **Out** two models:
/// of round 1, fine-tuned on its own right solutions, and of round 2, which has learned to prefer good
/// steps to first pits. Nothing here decides how an answer is checked, nor which model is promoted; no step
/// is labelled by a person or by a reward model.
///
/// Start at [SelfExplore].
///
/// | Step of the card | Here |
/// |---|---|
/// | 2 sample, 4 learn, 9 prefer | [SelfExplore] |
/// | 3 the solutions to learn from, 5 which wrong one goes with a right one | [Rules]: [Gsm8kRules], [MathRules] |
/// | 5 outcome pairs | [Pair] |
/// | 6 steps | [StepSplit]: [AtMarks], [MathSteps] |
/// | 7 exploration | [PitSearch] |
/// | 8 granular pairs | [GranularPairs] |
/// | baselines and ablations | [Variant] |
///
/// **Paper** Hwang et al. 2024, arXiv:2404.10346 (Self-Explore)
/// **Status** faithful; in arithmetic 4% of the first pits come before the first wrong step, and step pairs
/// beat outcome pairs (pass@1 +0.8 [0.3, 1.4], with the likelihood +1.7 [1.0, 2.4]), but not the model
/// that learned right solutions alone (-0.4 [-1.7, 1.0]); three seeds, docs/results/self-explore.md
@NullMarked
package dev.hone.method.selfexplore;

import org.jspecify.annotations.NullMarked;
