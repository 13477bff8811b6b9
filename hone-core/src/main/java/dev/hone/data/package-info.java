/// What flows through Hone: the immutable records between the arrows
/// `Problem →generate→ Sample →judge→ Judged →select→ Examples →learn→ Model →measure→ Report`.
///
/// **In** nothing; this room imports no other. **Out** every value that the roles exchange.
/// Nothing here generates, judges, learns, reads a file or draws a random number.
///
/// Start at [Problem], then [Sample], [Verdict], [Examples], [Model], [Report].
///
/// **To add one:** a record or a case of a sealed type here, its checks in the constructor, a test of those
/// checks.
@NullMarked
package dev.hone.data;

import org.jspecify.annotations.NullMarked;
