/// The command line.
///
/// **In** arguments. **Out** text on standard output, everything else on standard error, an exit code.
/// Nothing here decides how a model is improved or measured; a class of a command loads no library but the
/// parser of options, so that help is there at once.
///
/// Start at [Hone]; [ImproveCommand] is the command that matters. [Exit] has the exit codes.
///
/// **To add a command:** one class here, one line in [Hone#commandLine].
@NullMarked
package dev.hone.app;

import org.jspecify.annotations.NullMarked;
