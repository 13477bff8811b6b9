/// Sharpening: a model learns what it finds likely itself, without any signal from outside.
///
/// **Paper** Huang et al. 2024, arXiv:2412.01951.
/// **Status** faithful; on Countdown the likeliest of 16 teaches +5.5 [3.2, 7.8] points of pass@1
/// without answers; at a third of the learning rate nothing surely falls; regression +3.2 [1.0, 5.3], online
/// +1.9 [0.6, 3.2] (three seeds, docs/results/sharpening.md)
///
/// **In** a model and problems; no reference, no verifier. **Out** a model that says at once what the given
/// one would say as the best of many. What is right never plays a part in learning: it is told beside it.
///
/// Start at [SftSharpening]; [RegressionSharpening] is the paper's other family.
@NullMarked
package dev.hone.method.sharpening;

import org.jspecify.annotations.NullMarked;
