package dev.hone.run;

import java.nio.file.Path;
import java.util.function.Consumer;

/// A named piece of a run, passed to every role.
///
/// @param run id of the run
/// @param name such as `sample`, `learn`
/// @param round from 1; 0 for what happens once before the rounds
/// @param seed of everything random in the step; derive from it by item, never draw from it in turn
/// @param folder where a role may keep work in progress (a learner's checkpoint); it need not exist
///     yet, and goes when the step is complete
/// @param events told of progress
/// @param stop asked at safe places; throws [HoneException] of kind `STOPPED` when the user asked the run to
///     stop
public record Step(
        String run, String name, int round, Seed seed, Path folder, Consumer<RunEvent> events, Runnable stop) {

    /// Tells how far the step is.
    ///
    /// @param unit what is counted, in the plural
    /// @param detail a few words on the present state, such as `loss 0.412`; may be empty
    public void progress(long done, long total, String unit, String detail) {
        events.accept(new RunEvent.Progress(name, round, done, total, unit, detail));
    }

    /// A safe place to end: nothing is half-written here.
    public void mayStop() {
        stop.run();
    }
}
