package dev.hone.app.wiring;

import dev.hone.app.settings.RecipeKeys;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.run.Folders;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.task.Task;
import dev.hone.torch.LocalModels;
import dev.hone.torch.NewModel;
import dev.hone.torch.TorchGenerator;
import dev.hone.torch.TorchLearner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Makes a first model: random weights, then supervised fine-tuning on a task's worked answers to training
/// problems. The same recipe gives the same bytes on the same kind of machine. Cut, and called again with the same
/// folder, it goes on where it was.
///
/// @param recipe copied beside the model
/// @param out the model's folder
/// @param told hears how it goes
/// @param stop asked at safe places
public record Pretraining(Settings settings, Path recipe, Path out, Consumer<RunEvent> told, BooleanSupplier stop) {

    /// @return the model's folder
    public Path run() {
        refuseOther();
        Path work = out.resolve("work");
        Task task = Tasks.named(settings.get(RunKeys.TASK));
        Seed seed = new Seed(settings.get(RunKeys.SEED));
        Demonstrations worked = worked(task, seed);
        try (LocalModels models = new LocalModels(work.resolve("models"))) {
            Model random = models.create(shape(), seed.derive("weights"));
            Learned learned = new LossTelling(TorchLearner.on(models))
                    .learn(
                            Start.fresh(random),
                            worked,
                            new Objective.Sft(),
                            settings.training(),
                            step("learn", seed, work));
            double right = right(models, learned.model(), task, step(Checkup.NAME, seed, work));
            keep(learned, worked.size(), right);
        }
        return out;
    }

    private void refuseOther() {
        if (Files.exists(out.resolve("config.json"))) {
            throw new HoneException(
                    Kind.SETTINGS, "there is a model in " + out + " already; give a new or an empty folder");
        }
    }

    private NewModel shape() {
        return new NewModel(
                settings.get(RecipeKeys.CHARACTERS),
                settings.get(RecipeKeys.HIDDEN),
                settings.get(RecipeKeys.INTERMEDIATE),
                settings.get(RecipeKeys.LAYERS),
                settings.get(RecipeKeys.HEADS),
                settings.get(RecipeKeys.CONTEXT));
    }

    private Demonstrations worked(Task task, Seed seed) {
        List<Demonstration> all = new ArrayList<>();
        List<Problem> problems =
                task.problems(Split.TRAIN, settings.get(RecipeKeys.WORKED_PROBLEMS), seed.derive("problems"));
        for (Problem problem : problems) {
            int index = 0;
            for (String answer : task.workedAnswers(problem, settings.get(RecipeKeys.WORKED_ANSWERS), seed)) {
                all.add(Demonstration.of(problem.id() + "/" + index++, problem.prompt(), answer));
            }
        }
        if (all.isEmpty()) {
            throw new HoneException(
                    Kind.DATA, "the task " + task.id() + " knows no worked answers; choose another for a first model");
        }
        return new Demonstrations(all);
    }

    private Step step(String name, Seed seed, Path work) {
        return new Step("pretrain", name, 0, seed.derive(name), work.resolve(name), told, () -> {
            if (stop.getAsBoolean()) {
                throw new HoneException(Kind.STOPPED, "stopped; the same command goes on");
            }
        });
    }

    private double right(LocalModels models, Model model, Task task, Step step) {
        List<Prompt> prompts = new Practice(task, settings)
                .validation().stream()
                        .map(problem -> Prompt.of(problem, 1, Sampling.greedy(settings.get(RunKeys.MAX_TOKENS))))
                        .toList();
        List<Sample> answers = TorchGenerator.on(models).generate(model, prompts, step);
        List<Judged> judged = new ReferenceJudge(task.checkers()).judge(Group.of(answers), step);
        double right = judged.stream().filter(Judged::isRight).count() / (double) judged.size();
        told.accept(new RunEvent.RoundHealth(0, new TreeMap<>(Map.of(Checkup.NAME, right))));
        return right;
    }

    /// Copies the model out of the work folder, which goes then.
    private void keep(Learned learned, int examples, double right) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("model", learned.model().id());
        figures.put("examples", examples);
        figures.put("tokens", learned.tokens());
        figures.put("first loss", learned.losses().getFirst());
        figures.put("last loss", learned.losses().getLast());
        figures.put("validation greedy", right);
        try {
            List<Path> files;
            try (Stream<Path> listed = Files.list(Path.of(learned.model().location()))) {
                files = listed.sorted(Comparator.comparing(Pretraining::isConfig))
                        .toList();
            }
            Files.copy(recipe, out.resolve("recipe.yaml"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(
                    out.resolve("figures.json"),
                    JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(figures) + "\n");
            for (Path file : files) { // config.json last: with it the model is there
                Files.copy(file, out.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            Folders.delete(out.resolve("work"));
        } catch (IOException e) {
            throw new HoneException(
                    Kind.STORAGE, "cannot write the model to " + out + ": " + e + "; make room and try again", e);
        }
    }

    private static boolean isConfig(Path file) {
        return file.endsWith("config.json");
    }
}
