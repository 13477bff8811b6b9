package dev.hone.store;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;

/// What is on record is not what is asked for now.
final class Misfit {
    private Misfit() {}

    /// @param what differs, such as `model`
    /// @param stored its value on record
    static HoneException of(String run, String name, String what, String stored) {
        return new HoneException(
                Kind.STORAGE,
                "\"" + name + "\" of run " + run + " is on record with another " + what + " (" + stored
                        + ") than it is asked for now; a resumed run must ask what it asked before; resume it with the"
                        + " same problems, settings and Hone, or start a new run");
    }
}
