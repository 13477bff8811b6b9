/// The run: named steps, seeds that derive from names, progress events, and the errors a user can mend.
///
/// **In** [dev.hone.data] only. **Out** [Run] and [Step], which every role takes.
/// Nothing here knows a store, a clock or a terminal.
///
/// Start at [Run]; [Seed] says how randomness is derived; [HoneException] how failures are told.
///
/// **To add one:** a new kind of progress is a case of [RunEvent]; its listeners then do not compile until
/// they show it.
@NullMarked
package dev.hone.run;

import org.jspecify.annotations.NullMarked;
