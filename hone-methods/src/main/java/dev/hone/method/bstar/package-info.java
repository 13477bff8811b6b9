/// B-STaR: self-taught reasoning that watches how much it explores and exploits, and chooses its temperature and
/// threshold anew each round.
///
/// **In** problems with a reference. **Out** a model a round.
/// Nothing here decides how an answer is checked, nor which model is promoted.
///
/// Start at [BStar].
///
/// **Paper** Zeng et al. 2024, arXiv:2412.17256 (B-STaR)
/// **Status** faithful; on Countdown its temperature rises and more different answers are right than
/// with online RFT, +0.11 [0.05, 0.16] of 16; its pass@1 is not higher, -1.2 [-2.9, 0.4] (three seeds,
/// docs/results/star-family.md)
@NullMarked
package dev.hone.method.bstar;

import org.jspecify.annotations.NullMarked;
