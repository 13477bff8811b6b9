/// Tasks: where problems come from, and how an answer to one is checked.
///
/// **In** a split, a count and a seed. **Out** [dev.hone.data.Problem], and the checkers that its references
/// name. Nothing here generates text with a model or reads a file.
///
/// Start at [Task]; [StableSplit] says who decides about splits, [Gold] what is known of training problems.
///
/// | Task | Asks for | Source |
/// |---|---|---|
/// | [dev.hone.task.countdown.Countdown] | steps from numbers to a target | four-habits |
/// | [dev.hone.task.countdown.ThoughtCountdown] | a thought, then an expression for a target | four-habits |
/// | [dev.hone.task.countdown.Equations] | a thought, then any expression of the numbers | four-habits |
/// | [dev.hone.task.arithmetic.Arithmetic] | an expression worked out step by step | none |
///
/// **To add one:** a package with a class that implements [Task], a test that implements `TaskContract`, one
/// row above, one line in `Tasks.java` of the application.
@NullMarked
package dev.hone.task;

import org.jspecify.annotations.NullMarked;
