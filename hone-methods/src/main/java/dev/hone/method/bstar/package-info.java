/// B-STaR: self-taught reasoning that watches how much it explores and exploits, and chooses its temperature and
/// threshold anew each round.
///
/// **In** problems with a reference. **Out** a model a round.
/// Nothing here decides how an answer is checked, nor which model is promoted.
///
/// Start at [BStar].
///
/// **Paper** Zeng et al. 2024, arXiv:2412.17256 (B-STaR)
/// **Status** faithful
@NullMarked
package dev.hone.method.bstar;

import org.jspecify.annotations.NullMarked;
