package dev.hone.app;

import dev.hone.run.HoneException.Kind;

/// Exit codes. Scripts rely on them.
final class Exit {
    static final int OK = 0;
    /// Something that should not happen, a bug.
    static final int BUG = 1;
    /// A command line that cannot be read; the same as a wrong setting.
    static final int USAGE = 2;

    private Exit() {}

    static int code(Kind kind) {
        return switch (kind) {
            case SETTINGS -> USAGE;
            case DATA -> 3;
            case ENGINE -> 4;
            case REMOTE -> 5;
            case STORAGE -> 6;
            case STOPPED -> 130;
        };
    }
}
