/// The self-taught family in its modern form: sample, keep what the judge accepts, fine-tune, repeat.
///
/// **In** problems with a reference. **Out** a model a round.
/// Nothing here decides how an answer is checked, nor which model is promoted.
///
/// Start at [RejectionFineTuning].
///
/// **Paper** Zelikman et al. 2022, arXiv:2203.14465 (STaR); Yuan et al. 2023, arXiv:2308.01825 (RFT); Singh
/// et al. 2023, arXiv:2312.06585 (ReST-EM).
/// **Status** faithful; on Countdown every variant gains 9 to 13 points of pass@1, right or wrong
/// samples alike 2, and pass@16 falls by 17 to 21; in arithmetic hints are copied, and cost 7.1 [5.6, 8.8]
/// (three seeds, docs/results/star-family.md)
@NullMarked
package dev.hone.method.star;

import org.jspecify.annotations.NullMarked;
