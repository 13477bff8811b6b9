/// Sharpening: a model learns what it finds likely itself, without any signal from outside.
///
/// **Paper** Huang et al. 2024, arXiv:2412.01951.
/// **Status** faithful
///
/// **In** a model and problems; no reference, no verifier. **Out** a model that says at once what the given
/// one would say as the best of many. What is right never plays a part in learning: it is told beside it.
///
/// Start at [SftSharpening]; [RegressionSharpening] is the paper's other family.
@NullMarked
package dev.hone.method.sharpening;

import org.jspecify.annotations.NullMarked;
