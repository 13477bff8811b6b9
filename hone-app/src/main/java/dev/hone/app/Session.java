package dev.hone.app;

import dev.hone.app.progress.Progress;
import dev.hone.app.report.Ending;
import dev.hone.app.report.Json;
import dev.hone.app.report.ReportFolder;
import dev.hone.app.report.Results;
import dev.hone.app.settings.Inputs;
import dev.hone.app.settings.Precision;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.settings.SettingsFile;
import dev.hone.app.wiring.BaseModel;
import dev.hone.app.wiring.Chronicle;
import dev.hone.app.wiring.Engine;
import dev.hone.app.wiring.Improvement;
import dev.hone.app.wiring.LocalEngine;
import dev.hone.app.wiring.Methods;
import dev.hone.app.wiring.Plan;
import dev.hone.app.wiring.Practice;
import dev.hone.app.wiring.StoredSettings;
import dev.hone.app.wiring.Tasks;
import dev.hone.data.Model;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import dev.hone.store.RecordedRun;
import dev.hone.store.RunPlan;
import dev.hone.store.Store;
import dev.hone.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One start of a run, from settings to report.
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

    /// What a run works with.
    private record Work(Settings settings, Task task, BaseModel base) {}

    Session(Console console, Workplace workplace, Path out, Output output) {
        this.console = console;
        this.talk = output == Output.JSON ? console.talkingOnError() : console;
        this.workplace = workplace;
        this.out = out;
        this.output = output;
    }

    /// Says what would be done.
    int plan(Optional<Path> file, Map<String, String> options) {
        Work work = prepare(file, options);
        talk.lines(plan(work).lines());
        return Exit.OK;
    }

    /// Does it.
    int improve(Optional<Path> file, Map<String, String> options) {
        Work work = prepare(file, options);
        talk.lines(plan(work).lines());
        String stored = new StoredSettings(work.settings(), work.task().id()).json();
        RunPlan plan = new RunPlan(
                work.settings().get(RunKeys.METHOD),
                work.settings().get(RunKeys.SEED),
                stored,
                StoredSettings.VERSION,
                Hone.Version.name());
        Start start = new Start();
        try (RecordedRun run = RunFolder.open(out).start(plan, start.listener, start.interrupts::asked)) {
            return work(run, work, start);
        }
    }

    /// Goes on with a run that was cut.
    int resume(String id) {
        Store store = RunFolder.existing(out);
        StoredSettings stored = StoredSettings.read(store.run(id).plan());
        Work work = work(stored.settings());
        stored.refuseOther(work.task().id());
        Start start = new Start();
        try (RecordedRun run = store.resume(id, start.listener, start.interrupts::asked)) {
            talk.lines(plan(work).lines());
            return work(run, work, start);
        }
    }

    /// What hears of one start of a run.
    private final class Start {
        private final Chronicle chronicle = new Chronicle();
        private final Progress progress = new Progress(
                talk.out(), talk.terminal() ? Progress.Style.LIVE : Progress.Style.PLAIN, System::nanoTime);
        private final Consumer<RunEvent> listener = ((Consumer<RunEvent>) chronicle).andThen(progress);
        private final Interrupts interrupts = Interrupts.listen(progress::line);
    }

    private Work prepare(Optional<Path> file, Map<String, String> options) {
        Settings standard = Methods.settings();
        Inputs inputs =
                Inputs.of(standard, file.map(path -> SettingsFile.read(path, standard)), options, Session::unknown);
        inputs.notes().forEach(note -> talk.err().println("hone: " + note));
        return work(inputs.settings());
    }

    private Work work(Settings given) {
        BaseModel base = BaseModel.named(given.get(RunKeys.MODEL));
        Settings settings = given;
        if (settings.isTaskFile()) {
            settings = settings.with(RunKeys.TASK, absolute(settings.get(RunKeys.TASK)));
        }
        if (!settings.get(RunKeys.MODEL).equals(RunKeys.MODEL.standard())) {
            settings = settings.with(RunKeys.MODEL, absolute(settings.get(RunKeys.MODEL)));
        }
        if (settings.get(RunKeys.PRECISION) == Precision.AUTO) {
            settings = settings.with(RunKeys.PRECISION, workplace.precision(base.parameters()));
        }
        return new Work(settings, Tasks.named(settings.get(RunKeys.TASK)), base);
    }

    /// So that a run can be resumed from another folder.
    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static List<String> unknown(Settings settings) {
        return Stream.of(
                        Methods.problem(settings.get(RunKeys.METHOD)),
                        Tasks.problem(settings.get(RunKeys.TASK)),
                        LocalEngine.problem(settings))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Plan plan(Work work) {
        int wanted = work.settings().get(RunKeys.PROBLEMS);
        int problems = work.settings().isTaskFile()
                ? new Practice(work.task(), work.settings()).train(1).size()
                : wanted;
        if (problems == 0) {
            throw new HoneException(
                    Kind.DATA, "the task " + work.task().id() + " has no training problems; add some to it");
        }
        return Plan.of(work.settings(), problems, work.base().parameters());
    }

    private int work(RecordedRun run, Work work, Start start) {
        talk.lines(List.of(
                "run " + run.id() + " in " + run.folder() + "; Ctrl-C stops it, \"hone resume " + run.id() + where()
                        + "\" goes on",
                ""));
        try {
            Results results = results(run, work, start);
            List<Path> files = new ReportFolder(run.folder()).write(results);
            run.finish(Ending.headline(results));
            show(results, files);
            return Exit.OK;
        } catch (HoneException e) {
            if (e.kind() != Kind.STOPPED) {
                fail(run, e);
            }
            throw e;
        } catch (RuntimeException | Error e) {
            fail(run, e);
            throw e;
        }
    }

    private Results results(RecordedRun run, Work work, Start start) {
        try (Engine engine = workplace.engine(work.settings(), run.folder().resolve("models"))) {
            Model base = engine.given(work.base().path(), work.settings().get(RunKeys.MODEL));
            return new Improvement(work.settings(), work.task(), engine, run, start.chronicle).results(base);
        }
    }

    /// Marks the run; if even that fails, the first reason is the one to tell.
    private static void fail(RecordedRun run, Throwable reason) {
        try {
            run.fail(String.valueOf(reason.getMessage()));
        } catch (HoneException e) {
            reason.addSuppressed(e);
        }
    }

    /// What a command needs besides the run's id to find it.
    private String where() {
        return out.equals(Path.of("runs")) ? "" : " --out " + out;
    }

    private void show(Results results, List<Path> files) {
        List<String> lines = new ArrayList<>(Ending.lines(results, files));
        lines.add("next    hone runs show " + results.run() + where());
        lines.add("        hone improve --model " + results.modelFolder());
        talk.lines(lines);
        if (output == Output.JSON) {
            console.out().print(Json.summary(results));
            console.out().flush();
        }
    }
}
