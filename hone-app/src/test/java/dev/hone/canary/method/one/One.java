package dev.hone.canary.method.one;

import dev.hone.canary.app.left.Left;
import dev.hone.canary.method.two.Two;
import java.nio.file.Path;
import java.time.Instant;

/// A method that leans on another one and on the application, opens files and looks at the clock.
record One(Two two, Left left, Path path, Instant since) {
    static long now() {
        return System.nanoTime();
    }
}
