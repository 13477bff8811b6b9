/// Plain-`double` twins of the losses, from log-probabilities to a number, as the objectives card writes
/// them.
///
/// **In** sums of log-probabilities, scores, rewards. **Out** one number, or one a token. Nothing here is
/// fast, stable for extreme values, or used by a running Hone: it is what the engine's losses are held to.
///
/// Start at [PreferenceLosses]; [RewardLosses] and [PolicyLosses] are beside it.
///
/// **To add one:** the card's formula as it stands, and a test with its arithmetic in the comment.
@NullMarked
package dev.hone.testkit.loss;

import org.jspecify.annotations.NullMarked;
