package dev.hone.app.wiring;

import dev.hone.app.report.Results.Round;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Report;
import dev.hone.data.Split;
import dev.hone.generate.Generator;
import dev.hone.judge.ReferenceJudge;
import dev.hone.measure.Exam;
import dev.hone.measure.SamplingExam;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Seed;
import dev.hone.store.Phase;
import dev.hone.store.RecordedRun;
import dev.hone.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// Examines models on the test split, which nothing else opens.
public record Examination(Settings settings, Task task, Generator generator, RecordedRun run, Chronicle told) {
    /// What the name of a step ends with that examines the base model before a warm start.
    public static final String GIVEN = "-given";

    /// The step's name; its round is the model's.
    public static final String STEP = "exam";

    private static final Seed SEED = new Seed(0).derive(STEP);

    /// @param models by round
    List<Round> examine(SortedMap<Integer, Model> models) {
        Exam exam = run.record(new SamplingExam(
                task.id() + " test",
                this::problems,
                settings.get(RunKeys.EXAM_SAMPLES),
                settings.get(RunKeys.MAX_TOKENS),
                run.record(
                        generator,
                        Phase.MEASURE,
                        Batches.prompts(settings.get(RunKeys.SAMPLING_BATCH), settings.get(RunKeys.EXAM_SAMPLES))),
                run.record("examiner", new ReferenceJudge(task.checkers()))));
        List<Round> rounds = new ArrayList<>();
        for (Map.Entry<Integer, Model> each : models.entrySet()) {
            int round = each.getKey();
            String step = round < 0 ? STEP + GIVEN : STEP;
            Report report = exam.examine(each.getValue(), run.step(step, Math.max(0, round)));
            rounds.add(new Round(
                    round,
                    each.getValue(),
                    report,
                    told.health(round),
                    told.seconds(step, Math.max(0, round)) + told.seconds(step + "-greedy", Math.max(0, round))));
        }
        return rounds;
    }

    /// The same in every run, so that runs can be compared.
    private List<Problem> problems() {
        List<Problem> problems = task.problems(Split.TEST, settings.get(RunKeys.EXAM_PROBLEMS), SEED);
        if (problems.isEmpty()) {
            throw new HoneException(
                    Kind.DATA,
                    "the task " + task.id() + " has no test problems, so nothing can be measured; add some to it");
        }
        return problems;
    }
}
