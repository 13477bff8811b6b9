package dev.hone.app.wiring;

import dev.hone.app.report.Results.Round;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Report;
import dev.hone.data.Split;
import dev.hone.data.Verifier;
import dev.hone.generate.Generator;
import dev.hone.generate.HashedNGrams;
import dev.hone.judge.Judge;
import dev.hone.judge.LikelihoodJudge;
import dev.hone.judge.LikelihoodJudge.Score;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.measure.Exam;
import dev.hone.measure.Ranker;
import dev.hone.measure.RightDiversity;
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
///
/// @param earlier is asked about models that no method has touched
public record Examination(
        Settings settings, Task task, Engine engine, RecordedRun run, Chronicle told, EarlierExams earlier) {
    /// What the name of a step ends with that examines the base model before a warm start.
    public static final String GIVEN = "-given";

    /// The step's name; its round is the model's.
    public static final String STEP = "exam";

    private static final Seed SEED = new Seed(0).derive(STEP);

    /// @param models by round
    List<Round> examine(SortedMap<Integer, Model> models) {
        Generator generator = run.record(
                engine.generator(),
                Phase.MEASURE,
                Batches.prompts(settings.get(RunKeys.SAMPLING_BATCH), settings.get(RunKeys.EXAM_SAMPLES)));
        Judge judge = run.record("examiner", new ReferenceJudge(task.checkers()));
        List<Round> rounds = new ArrayList<>();
        for (Map.Entry<Integer, Model> each : models.entrySet()) {
            int round = each.getKey();
            String step = round < 0 ? STEP + GIVEN : STEP;
            Exam sampling = new SamplingExam(
                    task.id() + " test",
                    this::problems,
                    settings.get(RunKeys.EXAM_SAMPLES),
                    settings.get(RunKeys.MAX_TOKENS),
                    generator,
                    new SamplingExam.Marking(judge, new ReferenceAnswers(task.checkers()), rankers(round)),
                    by(),
                    diversity());
            Exam exam = run.record(round > 0 ? sampling : earlier.orElse(sampling));
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

    private List<String> by() {
        String fact = settings.get(RunKeys.EXAM_BY);
        return fact.equals(RunKeys.EXAM_BY.standard()) ? List.of() : List.of(fact);
    }

    private List<RightDiversity> diversity() {
        int size = settings.get(RunKeys.EXAM_DIVERSITY);
        return size == 0 ? List.of() : List.of(new RightDiversity(size, HashedNGrams.standard()));
    }

    /// What chooses among the samples of a round's model.
    private List<Ranker> rankers(int round) {
        List<Ranker> rankers = new ArrayList<>();
        told.verifiers(round).forEach((name, verifier) -> {
            switch (verifier) {
                case Verifier.Preferring(Model model, Model reference) -> {
                    rankers.add(ranker(round, name, likelihood(model, new Score.Sum())));
                    rankers.add(ranker(round, name + " per token", likelihood(model, new Score.Mean())));
                    rankers.add(
                            ranker( // beta changes no rank
                                    round,
                                    name + " as reward",
                                    likelihood(model, new Score.ImpliedReward(reference, 1))));
                }
                case Verifier.Grading(Model model) -> rankers.add(ranker(round, name, engine.graded(model)));
            }
        });
        return rankers;
    }

    private Judge likelihood(Model model, Score score) {
        return new LikelihoodJudge(engine.likelihood(), model, score);
    }

    private Ranker ranker(int round, String name, Judge judge) {
        return new Ranker(name, run.record(name + " of round " + round, judge));
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
