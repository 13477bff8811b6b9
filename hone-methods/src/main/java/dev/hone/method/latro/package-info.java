/// LaTRO: reasoning as a latent variable, rewarded by how likely it makes the known answer.
///
/// **Paper** Chen et al. 2024, arXiv:2411.04282.
/// **Status** faithful
///
/// **In** a model and problems with a known answer. **Out** a model that reasons towards answers. No
/// verifier, no reward model and no worked solution is asked; only the answer's text is read.
///
/// Start at [Latro]; [AnswerTemplate] says how an answer is written.
@NullMarked
package dev.hone.method.latro;

import org.jspecify.annotations.NullMarked;
