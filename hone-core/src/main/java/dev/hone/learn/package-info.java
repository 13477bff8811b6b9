/// Learning: turns examples into a better model.
///
/// **In** [dev.hone.data.Examples] and where to [start][Start]. **Out** [Learned], with a
/// [dev.hone.data.Model]. Nothing here generates or judges; no tensor crosses this border.
///
/// Start at [Learner]; [Objective] lists the losses, [RoundPolicy] what differs from round to round in half
/// of the papers.
///
/// **To add an objective:** a case of [Objective] for the kind of examples that it reads; the engine then
/// does not compile until it has the loss, and the test kit gets its plain-`double` twin.
@NullMarked
package dev.hone.learn;

import org.jspecify.annotations.NullMarked;
