package dev.hone.store;

import java.time.Instant;

/// Where a run stands.
public sealed interface RunStatus {

    /// A living process works on it.
    ///
    /// @param heartbeat its last commit
    record Running(long pid, Instant heartbeat) implements RunStatus {}

    /// It can be resumed: the user stopped it, or its process was killed.
    ///
    /// @param at the stop, or the last commit of the killed process
    record Stopped(Instant at, String because) implements RunStatus {}

    /// It has ended as planned.
    record Done(Instant at) implements RunStatus {}

    /// It ended in an error. It can be resumed once the cause is gone.
    record Failed(Instant at, String because) implements RunStatus {}

    /// One word for a table: `running`, `stopped`, `done` or `failed`.
    default String word() {
        return switch (this) {
            case Running _ -> "running";
            case Stopped _ -> "stopped";
            case Done _ -> "done";
            case Failed _ -> "failed";
        };
    }
}
