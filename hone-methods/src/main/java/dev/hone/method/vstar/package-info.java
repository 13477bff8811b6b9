/// V-STaR: self-taught reasoning that throws nothing away. Right samples teach the generator, right and wrong ones
/// together a verifier that chooses among what it draws.
///
/// **In** problems with a reference, and worked answers where there are some. **Out** a model a round, and a verifier.
/// Nothing here decides how an answer is checked, nor chooses among test samples: the platform's exam does.
///
/// Start at [VStar]; [Pairs] says what a verifier learns from.
///
/// **Paper** Hosseini et al. 2024, arXiv:2402.06457 (V-STaR)
/// **Status** faithful
@NullMarked
package dev.hone.method.vstar;

import org.jspecify.annotations.NullMarked;
