/// Exact arithmetic: what the checkers of number tasks compute with.
///
/// **In** text and whole numbers. **Out** [Fraction], and an [Expression] that has been read.
/// Nothing here rounds, and no text makes it throw or run long.
///
/// Start at [Expression#read]; [Calculations] finds the expressions in a solution.
///
/// **To add one:** an operation is a constant of [Operator]; every switch over it then does not compile until
/// it is handled.
@NullMarked
package dev.hone.task.exact;

import org.jspecify.annotations.NullMarked;
