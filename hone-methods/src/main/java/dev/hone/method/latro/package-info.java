/// LaTRO: reasoning as a latent variable, rewarded by how likely it makes the known answer.
///
/// **Paper** Chen et al. 2024, arXiv:2411.04282.
/// **Status** faithful; in arithmetic +1.1 [-0.3, 2.6] of pass@1 without the answer's own likelihood, as in
/// the released code; with it, as in the paper, -2.0 [-3.5, -0.5]; the controls lose by 14 and 25 points
/// (three seeds, docs/results/latro.md)
///
/// **In** a model and problems with a known answer. **Out** a model that reasons towards answers. No
/// verifier, no reward model and no worked solution is asked; only the answer's text is read.
///
/// Start at [Latro]; [AnswerTemplate] says how an answer is written.
@NullMarked
package dev.hone.method.latro;

import org.jspecify.annotations.NullMarked;
