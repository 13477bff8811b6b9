/// B-STaR: self-taught reasoning that watches how much it explores and exploits, and chooses its temperature and
/// threshold anew each round.
///
/// **In** problems with a reference. **Out** a model a round.
/// Nothing here decides how an answer is checked, nor which model is promoted.
///
/// Start at [BStar].
///
/// **Paper** Zeng et al. 2024, arXiv:2412.17256 (B-STaR)
/// **Status** faithful; on Countdown its temperature rises and exploration stops falling: pass@32-4 +2.8
/// [0.2, 5.7] over online RFT, at a pass@1 that is not higher, -1.0 [-3.1, 1.1]; a soft reward changes
/// nothing (three seeds, docs/results/star-family.md)
@NullMarked
package dev.hone.method.bstar;

import org.jspecify.annotations.NullMarked;
