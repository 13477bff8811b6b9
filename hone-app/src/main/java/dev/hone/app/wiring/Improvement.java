package dev.hone.app.wiring;

import dev.hone.app.report.Results;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.generate.Embedder;
import dev.hone.generate.Generator;
import dev.hone.generate.HashedNGrams;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Learner;
import dev.hone.method.star.WarmStart;
import dev.hone.record.Recording;
import dev.hone.select.AtLeast;
import dev.hone.select.AtMost;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.select.Selector;
import dev.hone.store.Phase;
import dev.hone.store.RecordedRun;
import dev.hone.task.Task;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// Improves a model and then measures what came of it. The one place where roles are put together.
///
/// The order is the point: [#improve] is over before [#measure] opens the exam, and what a method gets in
/// between is made of [Practice], which knows no test problems.
///
/// @param engine draws from models and makes them
/// @param run keeps what is done
/// @param told hears the events of `run`
public record Improvement(Settings settings, Task task, Engine engine, RecordedRun run, Chronicle told) {
    private static final Embedder EMBEDDER = HashedNGrams.standard();

    private record RunRecording(RecordedRun run) implements Recording {
        @Override
        public Judge record(String name, Judge judge) {
            return run.record(name, judge);
        }

        @Override
        public Selector record(String name, Selector selector) {
            return run.record(name, selector);
        }
    }

    public Results results(Model base) {
        return results(base, EarlierExams.none());
    }

    /// @param earlier what need not be measured again
    public Results results(Model base, EarlierExams earlier) {
        SortedMap<Integer, Model> models = improve(base);
        return measure(models, earlier);
    }

    /// @return the model that the rounds start from as round 0, and each round's; with a warm start the
    ///     base model as [Results#GIVEN]
    SortedMap<Integer, Model> improve(Model base) {
        Judge judge = run.record(new ReferenceJudge(task.checkers()));
        Practice practice = new Practice(task, settings);
        Generator measuring = run.record(engine.generator(), Phase.MEASURE, prompts(1));
        Checkup checkup = new Checkup(run, practice, measuring, judge, settings.get(RunKeys.MAX_TOKENS));
        Learner learner = new LossTelling(run.record(engine.learner()));
        SequencedMap<Problem, String> worked = practice.warm();
        Roles roles = new Roles(
                base,
                new Known(practice::answer, practice::solution),
                engine.compared(practising(), run),
                measuring,
                engine.likelihood(),
                EMBEDDER,
                judge,
                new ReferenceAnswers(task.checkers()),
                run.record(selector()),
                new RunRecording(run),
                learner,
                worked);

        Model start = base;
        if (!worked.isEmpty()) {
            checkup.check(Results.GIVEN, base);
            start = new WarmStart(settings.warmStart(), learner).run(base, Demonstrations.worked(worked), run);
        }
        checkup.check(0, start);
        Methods.named(settings.get(RunKeys.METHOD)).recipe().run(settings, roles, start, practice::train, checkup);

        SortedMap<Integer, Model> models = new TreeMap<>(told.offered());
        models.put(0, start);
        if (!worked.isEmpty()) {
            models.put(Results.GIVEN, base);
        }
        return models;
    }

    private Generator practising() {
        int batch = prompts(settings.get(RunKeys.SAMPLES));
        long budget = settings.get(RunKeys.BUDGET);
        return budget == 0
                ? run.record(engine.generator(), Phase.SAMPLE, batch)
                : run.limited(engine.generator(), batch, budget);
    }

    private int prompts(int samples) {
        return Batches.prompts(settings.get(RunKeys.SAMPLING_BATCH), samples);
    }

    /// Right answers, each text once, at most so many of a problem.
    private Selector selector() {
        return InTurn.of(new AtLeast(1), new Distinct(), new AtMost(settings.get(RunKeys.KEEP)));
    }

    private Results measure(SortedMap<Integer, Model> models, EarlierExams earlier) {
        Examination examination = new Examination(settings, task, engine, run, told, earlier);
        var rounds = examination.examine(models);
        Map<String, Double> phases = named(run.phaseSeconds());
        double seconds =
                phases.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Results(
                run.id(),
                settings.get(RunKeys.METHOD),
                task.id(),
                settings.written(),
                rounds,
                phases,
                named(run.phaseMemory()),
                seconds);
    }

    private static <T> Map<String, T> named(Map<Phase, T> byPhase) {
        Map<String, T> named = new LinkedHashMap<>();
        byPhase.forEach((phase, value) -> named.put(phase.name().toLowerCase(Locale.ROOT), value));
        return named;
    }
}
