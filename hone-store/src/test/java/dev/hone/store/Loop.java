package dev.hone.store;

import dev.hone.data.Author;
import dev.hone.data.Decision;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Report;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.measure.Exam;
import dev.hone.measure.Health;
import dev.hone.measure.SamplingExam;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.AtLeast;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.select.Selector;
import dev.hone.testkit.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Two rounds of sampling, judging, selecting and learning, then an exam of each model: what a method and the
/// application do, with scripted roles. `moment` is called wherever the process could die.
record Loop(Runnable moment, int problems, int samples, int batch) {
    static final Sampling SAMPLING = new Sampling(0.7, 6);

    static Loop small(Runnable moment) {
        return new Loop(moment, 5, 3, 2);
    }

    /// @return the reports, base model first
    List<Report> run(RecordedRun run) {
        Generator generator = run.record(generator(), Phase.SAMPLE, batch);
        Judge judge = run.record(judge());
        Selector selector = run.record(selector());
        Learner learner = run.record(learner(run.folder()));
        List<Problem> asked = Problems.numbered(problems);
        Model current = Problems.model("base");
        List<Model> models = new ArrayList<>(List.of(current));
        for (int round = 1; round <= 2; round++) {
            Step step = run.step("sample", round);
            List<Prompt> prompts = asked.stream()
                    .map(problem -> Prompt.of(problem, samples, SAMPLING))
                    .toList();
            List<Sample> drawn = generator.generate(current, prompts, step);
            List<Decision> decisions = selector.select(judge.judge(Group.of(drawn), step), step);
            run.tell(new RunEvent.RoundHealth(round, Health.of(decisions).figures()));
            run.tell(new RunEvent.Note(round, "round " + round + " kept some"));
            Examples.Demonstrations kept = new Examples.Demonstrations(decisions.stream()
                    .filter(Decision::isKept)
                    .map(decision -> Demonstration.of(decision.judged().sample()))
                    .toList());
            current = learner.learn(
                            Start.fresh(Problems.model("base")),
                            kept,
                            new Objective.Sft(),
                            training(),
                            run.step("learn", round))
                    .model();
            run.offer(round, current);
            models.add(current);
        }
        Exam exam = run.record(new SamplingExam(
                "numbers@1 test",
                () -> asked,
                4,
                6,
                run.record(generator(), Phase.MEASURE, batch),
                new SamplingExam.Marking(judge, new ReferenceAnswers(Map.of()), List.of()),
                List.of(),
                List.of()));
        List<Report> reports = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            reports.add(exam.examine(models.get(i), run.step("exam", i)));
        }
        return reports;
    }

    static Training training() {
        return new Training(
                new Training.Length.Epochs(1),
                2,
                1e-4,
                new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    /// Says the problem's number about half of the time; fails or is cut at times; log-probabilities from the seed.
    Generator generator() {
        return (model, prompts, step) -> {
            moment.run();
            List<Sample> drawn = new ArrayList<>();
            for (Prompt prompt : prompts) {
                for (int i = 0; i < prompt.samples(); i++) {
                    drawn.add(sample(model, prompt, i, step));
                }
            }
            moment.run();
            return drawn;
        };
    }

    private static Sample sample(Model model, Prompt prompt, int index, Step step) {
        SplittableRandom random = Generator.seed(step, prompt, index).random();
        String number = prompt.problem().id().substring(1);
        int what = random.nextInt(10);
        String text = what < 6 ? number : "no " + what;
        int[] ids = text.chars().toArray();
        float[] logProbs = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            logProbs[i] = -random.nextFloat() / 3;
        }
        Finish finish = switch (what) {
            case 8 -> new Finish.Truncated(prompt.sampling().maxTokens());
            case 9 -> new Finish.Failed("the script says so");
            default -> new Finish.Stopped();
        };
        return new Sample(
                Generator.id(step, prompt, index),
                prompt.problem(),
                text,
                Tokens.scored(Author.MODEL, ids, logProbs),
                finish,
                prompt.sampling(),
                model.id(),
                prompt.origin(),
                Hint.NONE);
    }

    private Judge judge() {
        ReferenceJudge judge = new ReferenceJudge(Map.of());
        return (groups, step) -> {
            moment.run();
            List<Judged> judged = judge.judge(groups, step);
            moment.run();
            return judged;
        };
    }

    private Selector selector() {
        Selector selector = InTurn.of(new AtLeast(1), new Distinct());
        return (judged, step) -> {
            moment.run();
            List<Decision> decisions = selector.select(judged, step);
            moment.run();
            return decisions;
        };
    }

    private Learner learner(Path folder) {
        return new FolderLearner(moment, folder);
    }

    /// Keeps a checkpoint of two steps in the step's folder, and writes a model folder named after what it learned.
    private record FolderLearner(Runnable moment, Path folder) implements Learner {
        @Override
        public <E extends Examples> Learned learn(
                Start start, E examples, Objective<E> objective, Training training, Step step) {
            try {
                Path checkpoint = Files.createDirectories(step.folder()).resolve("checkpoint");
                for (int i = Files.exists(checkpoint) ? 1 : 0; i < 2; i++) {
                    moment.run();
                    Files.writeString(checkpoint, "step " + i);
                    step.progress(i + 1, 2, "steps", "");
                }
                String id = "m" + Integer.toHexString(examples.toString().hashCode());
                Path model = Files.createDirectories(folder.resolve("models").resolve(id));
                Files.writeString(model.resolve("weights"), id);
                moment.run();
                Lineage lineage = new Lineage.Learned(start.weights().id(), step.run(), step.name(), step.round());
                return new Learned(new Model(id, model.toUri(), lineage), List.of(1.5, -0.0), examples.size());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
