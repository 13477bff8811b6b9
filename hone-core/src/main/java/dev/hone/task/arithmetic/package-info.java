/// Arithmetic: work out an expression, one operation after the other.
///
/// **In** settings and a seed. **Out** problems such as `(3+4)*5-2=`, worked answers such as `7*5-2;35-2;33`,
/// and the checker `arithmetic`.
/// Nothing here rounds, and nothing is specific to one engine.
///
/// Start at [Arithmetic].
///
/// **To add one:** a kind of expression that is drawn is a branch in `ExpressionDraw`, with its law in the test.
@NullMarked
package dev.hone.task.arithmetic;

import org.jspecify.annotations.NullMarked;
