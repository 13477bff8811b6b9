package dev.hone.app;

import dev.hone.app.settings.Inputs;
import dev.hone.app.settings.Key;
import dev.hone.app.settings.Settings;
import dev.hone.app.settings.SettingsFile;
import dev.hone.app.wiring.Methods;
import dev.hone.app.wiring.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A command that works on a run. So far it reads the settings and says what they are.
final class Session {
    enum Output {
        TEXT,
        JSON
    }

    private final Console console;
    private final Output output;

    Session(Console console, Workplace workplace, Path out, Output output) {
        this.console = console;
        this.output = output;
    }

    int plan(Optional<Path> file, Map<String, String> options) {
        console.lines(List.of(inputs(file, options).settings() + " " + output));
        return Exit.OK;
    }

    int improve(Optional<Path> file, Map<String, String> options) {
        return plan(file, options);
    }

    private static Inputs inputs(Optional<Path> file, Map<String, String> options) {
        return Inputs.of(file.map(SettingsFile::read), options, Session::unknown);
    }

    private static List<String> unknown(Settings settings) {
        return Stream.of(Methods.problem(settings.get(Key.METHOD)), Tasks.problem(settings.get(Key.TASK)))
                .flatMap(Optional::stream)
                .toList();
    }
}
