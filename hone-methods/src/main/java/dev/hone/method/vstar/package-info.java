/// V-STaR: self-taught reasoning that throws nothing away. Right samples teach the generator, right and wrong ones
/// together a verifier that chooses among what it draws.
///
/// **In** problems with a reference, and worked answers where there are some. **Out** a model a round, and a verifier.
/// Nothing here decides how an answer is checked, nor chooses among test samples: the platform's exam does.
///
/// Start at [VStar]; [Pairs] says what a verifier learns from.
///
/// **Paper** Hosseini et al. 2024, arXiv:2402.06457 (V-STaR)
/// **Status** faithful; on Countdown the verifier chooses better than the vote (+5.3 [2.1, 8.5]), one draw
/// (+15.3 [12.1, 18.6]), a classifier, and a verifier of the first round; not clearly better than the
/// generator's own likelihood (+1.2 [-1.9, 4.2]), nor three rounds than one; three seeds,
/// docs/results/vstar.md
@NullMarked
package dev.hone.method.vstar;

import org.jspecify.annotations.NullMarked;
