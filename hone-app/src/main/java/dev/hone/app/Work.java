package dev.hone.app;

import dev.hone.app.settings.Inputs;
import dev.hone.app.settings.Precision;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.settings.SettingsFile;
import dev.hone.app.wiring.BaseModel;
import dev.hone.app.wiring.LocalEngine;
import dev.hone.app.wiring.Methods;
import dev.hone.app.wiring.Plan;
import dev.hone.app.wiring.Practice;
import dev.hone.app.wiring.StoredSettings;
import dev.hone.app.wiring.Tasks;
import dev.hone.data.Problem;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.store.RunPlan;
import dev.hone.task.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a run works with.
///
/// @param settings with absolute paths, so that a run can be resumed from another folder, and a precision
record Work(Settings settings, Task task, BaseModel base) {

    static Work of(Settings given, Workplace workplace) {
        BaseModel base = BaseModel.named(given.get(RunKeys.MODEL));
        Settings settings = given;
        if (settings.isTaskFile()) {
            settings = settings.with(RunKeys.TASK, absolute(settings.get(RunKeys.TASK)));
        }
        if (!settings.get(RunKeys.MODEL).equals(RunKeys.MODEL.standard())) {
            settings = settings.with(RunKeys.MODEL, absolute(settings.get(RunKeys.MODEL)));
        }
        settings = settings.with(RunKeys.DEVICE, workplace.device(settings.get(RunKeys.DEVICE)));
        if (settings.get(RunKeys.PRECISION) == Precision.AUTO) {
            settings = settings.with(
                    RunKeys.PRECISION, workplace.precision(settings.get(RunKeys.DEVICE), base.parameters()));
        }
        return new Work(settings, Tasks.named(settings.get(RunKeys.TASK)), base);
    }

    /// By a file and options.
    static Work of(Optional<Path> file, Map<String, String> options, Workplace workplace, Console talk) {
        Settings standard = Methods.settings();
        Inputs inputs =
                Inputs.of(standard, file.map(path -> SettingsFile.read(path, standard)), options, Work::unknown);
        inputs.notes().forEach(note -> talk.err().println("hone: " + note));
        return of(inputs.settings(), workplace);
    }

    /// What is wrong with names that settings only hold.
    static List<String> unknown(Settings settings) {
        return Stream.of(
                        Methods.problem(settings.get(RunKeys.METHOD)),
                        Tasks.problem(settings.get(RunKeys.TASK)),
                        LocalEngine.problem(settings))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    /// What it takes.
    Plan plan() {
        int wanted = settings.get(RunKeys.PROBLEMS);
        int problems =
                settings.isTaskFile() ? new Practice(task, settings).train(1).size() : wanted;
        requireFact(settings.get(RunKeys.EXAM_BY));
        return Plan.of(settings, problems, base.parameters());
    }

    /// Before anything is drawn, and without a look at the test split.
    private void requireFact(String fact) {
        if (fact.equals(RunKeys.EXAM_BY.standard())) {
            return;
        }
        List<Problem> problems = new Practice(task, settings).train(1);
        if (problems.stream().noneMatch(problem -> problem.facts().containsKey(fact))) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "exam.by is \"" + fact + "\" but no training problem of " + task.id() + " has that fact; they have "
                            + (problems.getFirst().facts().isEmpty()
                                    ? "none; leave exam.by out"
                                    : String.join(
                                                    ", ",
                                                    problems.getFirst().facts().keySet())
                                            + "; name one of these, or none"));
        }
    }

    /// What is kept of it.
    RunPlan stored() {
        return new RunPlan(
                settings.get(RunKeys.METHOD),
                settings.get(RunKeys.SEED),
                new StoredSettings(settings, task.id()).json(),
                StoredSettings.VERSION,
                Hone.Version.name());
    }
}
