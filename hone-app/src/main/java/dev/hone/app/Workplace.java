package dev.hone.app;

import dev.hone.app.settings.DeviceChoice;
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

    /// What `auto` means; the others only if there is what they need.
    default DeviceChoice device(DeviceChoice given) {
        return LocalEngine.chosen(given);
    }

    /// What `auto` means for a model of so many parameters.
    default Precision precision(DeviceChoice device, long parameters) {
        return LocalEngine.precision(device, parameters);
    }

    /// This machine; nothing of the engine is loaded before it is asked for.
    static Workplace local() {
        return (settings, models) -> LocalEngine.of(settings, models);
    }
}
