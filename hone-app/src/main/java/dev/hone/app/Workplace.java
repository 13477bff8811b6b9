package dev.hone.app;

import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Engine;

/// Where a command finds its engine; a test brings its own.
@FunctionalInterface
interface Workplace {

    /// @param models where the learner puts what it makes
    Engine engine(Settings settings, java.nio.file.Path models);

    /// The local engine, loaded when it is asked for.
    static Workplace local() {
        return (settings, models) -> {
            throw new UnsupportedOperationException("no engine yet");
        };
    }
}
