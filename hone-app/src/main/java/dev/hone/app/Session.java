package dev.hone.app;

import dev.hone.app.report.Ending;
import dev.hone.app.report.Json;
import dev.hone.app.wiring.StoredSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A command about one run, from settings to what is shown.
final class Session {
    private final Console console;
    private final Console talk;
    private final Workplace workplace;
    private final Path out;
    private final Output output;

    /// What standard output is for.
    enum Output {
        TEXT,
        JSON
    }

    Session(Console console, Workplace workplace, Path out, Output output) {
        this.console = console;
        this.talk = output == Output.JSON ? console.talkingOnError() : console;
        this.workplace = workplace;
        this.out = out;
        this.output = output;
    }

    /// Says what would be done.
    int plan(Optional<Path> file, Map<String, String> options) {
        talk.lines(Work.of(file, options, workplace, talk).plan().lines());
        return Exit.OK;
    }

    /// Does it.
    int improve(Optional<Path> file, Map<String, String> options) {
        Work work = Work.of(file, options, workplace, talk);
        Execution execution = new Execution(talk, workplace, out);
        return show(execution.start(work, work.plan().lines()), execution);
    }

    /// Goes on with a run that was cut.
    int resume(String id) {
        StoredSettings stored =
                StoredSettings.read(RunFolder.existing(out).run(id).plan());
        Work work = Work.of(stored.settings(), workplace);
        stored.refuseOther(work.task().id());
        Execution execution = new Execution(talk, workplace, out);
        return show(execution.resume(id, work, work.plan().lines()), execution);
    }

    private int show(Execution.Outcome outcome, Execution execution) {
        List<String> lines = new ArrayList<>(Ending.lines(outcome.results(), outcome.files()));
        lines.add("next    hone runs show " + outcome.results().run() + execution.where());
        lines.add("        hone improve --model " + outcome.results().modelFolder());
        talk.lines(lines);
        if (output == Output.JSON) {
            console.out().print(Json.summary(outcome.results()));
            console.out().flush();
        }
        return Exit.OK;
    }
}
