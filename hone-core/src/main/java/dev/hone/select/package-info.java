/// Selecting: decides what is learned from.
///
/// **In** [dev.hone.data.Judged]. **Out** [dev.hone.data.Decision], one for each, with the reason.
/// Nothing here judges, and nothing is thrown away: what is dropped stays in the record.
///
/// Start at [Selector]; [InTurn] composes.
///
/// | Selector | Keeps | Source |
/// |---|---|---|
/// | [AtLeast] | scores of at least a threshold | star-family-bstar, step 2 |
/// | [Distinct] | the first of equal texts of a problem | star-family-bstar, step 5 |
/// | [DistinctEquationLists] | right samples without a false equation, one for each list of equations of a problem |
/// RFT |
/// | [OnePerProblem] | the best of each problem | sharpening |
/// | [AtMost] | the first so many of a problem | star-family-bstar, ReST-EM |
/// | [SmallestCap] | rewards above a threshold, as evenly over problems as a wanted number allows | star-family-bstar,
/// step 5 |
///
/// **To add one:** one class here, one test that implements `SelectorContract`, one row above.
@NullMarked
package dev.hone.select;

import org.jspecify.annotations.NullMarked;
