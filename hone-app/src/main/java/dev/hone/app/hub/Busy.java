package dev.hone.app.hub;

import java.io.IOException;
import java.time.Duration;

/// A server that answers, but not now.
final class Busy extends IOException {
    private static final long serialVersionUID = 1;

    private final Duration pause;

    /// @param pause that it asks for; zero if it does not say
    Busy(String message, Duration pause) {
        super(message);
        this.pause = pause;
    }

    Duration pause() {
        return pause;
    }
}
