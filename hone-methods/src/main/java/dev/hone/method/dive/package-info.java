/// DIVE: iterative preference learning from one's own right and wrong samples, chosen so that they stay
/// different from each other.
///
/// **In** problems with a reference. **Out** a model a round. Nothing here decides how an answer is
/// checked, how a text is embedded, nor which model is promoted.
///
/// Start at [Dive]; [Pairing] goes from a pool of samples to pairs.
///
/// **Paper** Qin et al. 2025, arXiv:2501.00747 (DIVE)
/// **Status** faithful; on Countdown its selection keeps right answers more different (distinct equations +3.5
/// [1.3, 5.6]) at the same pass@1, -0.2 [-1.6, 1.3]; with the samples of all rounds it loses 4.3 [2.0, 6.5]
/// (three seeds, docs/results/dive.md)
@NullMarked
package dev.hone.method.dive;

import org.jspecify.annotations.NullMarked;
