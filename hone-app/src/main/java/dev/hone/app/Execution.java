package dev.hone.app;

import dev.hone.app.progress.Progress;
import dev.hone.app.report.Ending;
import dev.hone.app.report.ReportFolder;
import dev.hone.app.report.Results;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.wiring.Chronicle;
import dev.hone.app.wiring.EarlierExams;
import dev.hone.app.wiring.Engine;
import dev.hone.app.wiring.Improvement;
import dev.hone.data.Model;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import dev.hone.store.RecordedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// One start of a run, to its report.
///
/// @param talk hears of the progress
/// @param out where runs are kept
/// @param earlier exams that need not be sat again
record Execution(Console talk, Workplace workplace, Path out, EarlierExams earlier) {

    /// Of a run that stands alone.
    Execution(Console talk, Workplace workplace, Path out) {
        this(talk, workplace, out, EarlierExams.none());
    }

    /// What came of it.
    ///
    /// @param files as [ReportFolder#write] gives them
    ///
    /// @param isAskedToStop since the run's last safe place
    record Outcome(Results results, List<Path> files, boolean isAskedToStop) {}

    /// Opens a run, new or known.
    @FunctionalInterface
    interface Opening {
        RecordedRun open(Consumer<RunEvent> listener, BooleanSupplier stop);
    }

    /// @param heading is told once the run is there
    Outcome start(Work work, List<String> heading) {
        return run(work, heading, (listener, stop) -> RunFolder.open(out).start(work.stored(), listener, stop));
    }

    /// @param heading is told once it is clear that the run can be resumed
    Outcome resume(String id, Work work, List<String> heading) {
        return run(work, heading, (listener, stop) -> RunFolder.existing(out).resume(id, listener, stop));
    }

    private Outcome run(Work work, List<String> heading, Opening opening) {
        Chronicle chronicle = new Chronicle();
        Progress progress = new Progress(
                talk.out(), talk.terminal() ? Progress.Style.LIVE : Progress.Style.PLAIN, System::nanoTime);
        Interrupts interrupts = Interrupts.listen(progress::line);
        try (RecordedRun run = opening.open(((Consumer<RunEvent>) chronicle).andThen(progress), interrupts::asked)) {
            talk.lines(heading);
            Outcome outcome = run(work, run, chronicle);
            return new Outcome(outcome.results, outcome.files, interrupts.asked());
        }
    }

    private Outcome run(Work work, RecordedRun run, Chronicle chronicle) {
        talk.lines(List.of(
                "run " + run.id() + " in " + run.folder() + "; Ctrl-C stops it, \"hone resume " + run.id() + where()
                        + "\" goes on",
                ""));
        try {
            Results results = results(work, run, chronicle);
            List<Path> files = new ReportFolder(run.folder()).write(results);
            run.finish(Ending.headline(results));
            return new Outcome(results, files, false);
        } catch (HoneException e) {
            if (e.kind() == Kind.STOPPED) {
                throw new HoneException(
                        Kind.STOPPED, e.getMessage() + "; \"hone resume " + run.id() + where() + "\" goes on", e);
            }
            fail(run, e);
            throw e;
        } catch (RuntimeException | Error e) {
            fail(run, e);
            throw e;
        }
    }

    private Results results(Work work, RecordedRun run, Chronicle chronicle) {
        try (Engine engine = workplace.engine(work.settings(), run.folder().resolve("models"))) {
            Model base = engine.given(work.base().path(), work.settings().get(RunKeys.MODEL));
            Results results =
                    new Improvement(work.settings(), work.task(), engine, run, chronicle).results(base, earlier);
            engine.ended();
            return results;
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
    String where() {
        return RunFolder.option(out);
    }
}
