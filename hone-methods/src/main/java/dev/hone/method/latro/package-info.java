/// LaTRO: reasoning as a latent variable, rewarded by how likely it makes the known answer.
///
/// **Paper** Chen et al. 2024, arXiv:2411.04282.
/// **Status** faithful; in arithmetic +0.5 [-1.8, 2.4] of pass@1 without the answer's own likelihood, as in
/// the released code, where a checker's reward gives +2.3 [0.9, 3.7]; with it, as in the paper, -2.4; the
/// controls end 13 to 27 points below LaTRO (three seeds, docs/results/latro.md)
///
/// **In** a model and problems with a known answer. **Out** a model that reasons towards answers. No
/// verifier, no reward model and no worked solution is asked; only the answer's text is read. (One control,
/// [Latro.Reward.Right], does ask a checker.)
///
/// Start at [Latro]; [AnswerTemplate] says how an answer is written.
@NullMarked
package dev.hone.method.latro;

import org.jspecify.annotations.NullMarked;
