/// Progress: what a person sees while a run goes on.
///
/// **In** [dev.hone.run.RunEvent]s, or how far something without rounds has come. **Out** lines on a stream.
/// Nothing here knows a method, a store or a model.
///
/// Start at [Progress]; [Meter] is the line that moves.
@NullMarked
package dev.hone.app.progress;

import org.jspecify.annotations.NullMarked;
