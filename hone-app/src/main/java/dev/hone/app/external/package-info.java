/// Learning by somebody else's program.
///
/// **In** the same as every [dev.hone.learn.Learner]: a start, examples, an objective. **Out** a model,
/// read from the folder that the program wrote. Nothing here computes a loss or knows what the program is.
///
/// Start at [ExternalLearner]; [TrlRows] says in which columns examples are written.
///
/// **To add a kind of examples:** a case in [TrlRows], with the columns that others read.
@NullMarked
package dev.hone.app.external;

import org.jspecify.annotations.NullMarked;
