package dev.hone.app;

import dev.hone.app.settings.Precision;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Engine;
import dev.hone.app.wiring.LocalEngine;
import java.nio.file.Path;

/// Where a command finds its engine; a test brings its own.
@FunctionalInterface
interface Workplace {

    /// @param models where the learner puts what it makes
    Engine engine(Settings settings, Path models);

    /// What `auto` means for a model of so many parameters.
    default Precision precision(long parameters) {
        return LocalEngine.precision(parameters);
    }

    /// This machine; nothing of the engine is loaded before it is asked for.
    static Workplace local() {
        return (settings, models) -> LocalEngine.of(settings, models);
    }
}
