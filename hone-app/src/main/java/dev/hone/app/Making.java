package dev.hone.app;

import dev.hone.app.progress.Progress;
import dev.hone.app.settings.Inputs;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.settings.SettingsFile;
import dev.hone.app.wiring.Pretraining;
import dev.hone.app.wiring.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One making of a model, from recipe to folder.
final class Making {
    private final Console console;
    private final Path out;

    Making(Console console, Path out) {
        this.console = console;
        this.out = out;
    }

    int make(Path recipe) {
        Settings standard = Settings.recipe();
        Settings settings = Inputs.of(
                        standard,
                        Optional.of(SettingsFile.read(recipe, standard)),
                        Map.of(),
                        read -> Tasks.problem(read.get(RunKeys.TASK)).stream().toList())
                .settings();
        Progress progress = new Progress(
                console.out(), console.terminal() ? Progress.Style.LIVE : Progress.Style.PLAIN, System::nanoTime);
        Interrupts interrupts = Interrupts.listen(progress::line);
        Path folder = new Pretraining(settings, recipe, out, progress, interrupts::asked).run();
        console.lines(List.of("model  " + folder, "next   hone improve --model " + folder));
        return Exit.OK;
    }
}
