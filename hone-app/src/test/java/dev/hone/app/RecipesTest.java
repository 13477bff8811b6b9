package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.settings.Inputs;
import dev.hone.app.settings.RecipeKeys;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.settings.SettingsFile;
import dev.hone.app.wiring.Tasks;
import dev.hone.data.Demonstration;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.generate.Prompt;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every comparison whose settings are committed, in miniature: the same arms on a dozen problems, with a model that
/// follows a script. What it says is a golden file.
class RecipesTest {
    private static final Path GOLDEN = Rooms.home().resolve("hone-app/src/test/resources/recipes");

    private static final Pattern PAGE = Pattern.compile("docs/results/[a-z-]+\\.md");

    @TempDir
    private Path folder = Path.of("");

    static Stream<Path> comparisons() throws IOException {
        return recipes().stream()
                .filter(file -> String.valueOf(file.getFileName()).startsWith("compare-"));
    }

    static Stream<Path> firstModels() throws IOException {
        List<Path> models = new ArrayList<>();
        for (Path file : recipes()) {
            if (Files.readString(file).contains("\nshape:")) {
                models.add(file);
            }
        }
        return models.stream();
    }

    private static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(Rooms.home().resolve("recipes"))) {
            return files.sorted().toList();
        }
    }

    /// In tokens a text is as long as in characters, with one that begins and one that ends it.
    @ParameterizedTest
    @MethodSource("firstModels")
    void a_first_model_can_hold_the_longest_text_that_it_learns(Path file) {
        Settings standard = Settings.recipe();
        Settings recipe = Inputs.of(standard, Optional.of(SettingsFile.read(file, standard)), Map.of(), _ -> List.of())
                .settings();
        Task task = Tasks.named(recipe.get(RunKeys.TASK));
        Seed seed = new Seed(recipe.get(RunKeys.SEED));
        int longest = 0;
        for (Problem problem :
                task.problems(Split.TRAIN, recipe.get(RecipeKeys.WORKED_PROBLEMS), seed.derive("problems"))) {
            int asked = problem.prompt().getFirst().text().length();
            for (String answer : task.workedAnswers(problem, recipe.get(RecipeKeys.WORKED_ANSWERS), seed)) {
                longest = Math.max(longest, asked + answer.length() + 2);
            }
        }
        assertThat(recipe.get(RecipeKeys.CONTEXT)).isGreaterThanOrEqualTo(longest);
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void the_results_that_it_names_are_there(Path file) throws IOException {
        assertThat(PAGE.matcher(Files.readString(file)).results().map(MatchResult::group))
                .allSatisfy(page -> assertThat(Rooms.home().resolve(page)).exists());
    }

    @ParameterizedTest
    @MethodSource("comparisons")
    void a_committed_comparison_runs_and_says_what_it_should(Path file) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of(
                "compare",
                file.toString(),
                "--out",
                folder.toString(),
                "--set=seeds=1",
                "--set=model=embedded",
                "--set=problems=12",
                "--set=samples=4",
                "--set=validation.problems=5",
                "--set=exam.problems=10",
                "--set=exam.samples=4"));
        String recipe = Files.readString(file);
        if (recipe.contains("task: word-problems.jsonl")) {
            arguments.add("--set=task=" + wordProblems());
        }
        if (recipe.contains("warm-start:")) {
            arguments.add("--set=warm-start.problems=6");
        }
        int exit = Hone.run(
                new Console(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false),
                (_, _) -> new ScriptedEngine(
                        new ScriptedGenerator(RecipesTest::write),
                        new ScriptedLearner(),
                        new ScriptedLikelihood(RecipesTest::logProb)),
                arguments.toArray(String[]::new));
        assertThat(exit).as(err.toString(StandardCharsets.UTF_8)).isZero();

        String name = String.valueOf(file.getFileName()).replace(".yaml", "");
        String page = Files.readString(folder.resolve(name).resolve("compare.md"));
        Golden.page(GOLDEN.resolve(name + ".md"), withoutTimes(page));
    }

    /// A task file of sums in words.
    private Path wordProblems() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 60; i++) {
            int red = 3 + i;
            int blue = 2 + i * i % 17;
            String split = i < 40 ? "train" : i < 50 ? "validation" : "test";
            String asked = "There are " + red + " red and " + blue + " blue marbles. How many are there?";
            lines.append("{\"id\": \"marbles-")
                    .append(i)
                    .append("\", \"split\": \"")
                    .append(split);
            lines.append("\", \"prompt\": \"")
                    .append(asked)
                    .append("\", \"answer\": \"")
                    .append(red + blue);
            lines.append("\", \"checker\": \"regex\", \"pattern\": \"(?:Answer: |^)([0-9]+)$\"");
            if (i < 8) {
                lines.append(", \"worked\": [\"").append(inWords(asked)).append("\"]");
            }
            lines.append("}\n");
        }
        return Files.writeString(folder.resolve("word-problems.jsonl"), lines);
    }

    private static String inWords(String asked) {
        List<Integer> numbers = Pattern.compile("[0-9]+")
                .matcher(asked)
                .results()
                .map(found -> Integer.valueOf(found.group()))
                .toList();
        int sum = numbers.get(0) + numbers.get(1);
        return numbers.get(0) + " + " + numbers.get(1) + " = " + sum + ". Answer: " + sum;
    }

    /// Of each token, by the text's hash and the model's.
    private static double logProb(Model model, Demonstration text, String completion) {
        return -0.25 - (completion.hashCode() & 15) / 16.0 - (model.id().hashCode() & 3) / 16.0;
    }

    /// Right more often once the model has learned, how often depends on what; only the last digit of a wrong answer is
    /// wrong.
    private static String write(Model model, Prompt prompt, int index, long seed) {
        Problem problem = prompt.problem();
        SplittableRandom random = new SplittableRandom(new Seed(seed)
                .derive(model.id() + prompt.sampling().temperature())
                .value());
        String right = problem.id().startsWith("marbles")
                ? inWords(problem.prompt().getFirst().text())
                : task(problem)
                        .workedAnswers(problem, 1, new Seed(random.nextLong()))
                        .getFirst();
        String begun = switch (prompt.origin()) {
            case Origin.Begun(String _, String beginning) -> beginning;
            case Origin.Fresh _, Origin.Forked _ -> "";
        };
        String rest = right.startsWith(begun) ? right.substring(begun.length()) : "0";
        double sure =
                model.lineage() instanceof Lineage.Learned ? 0.6 + (model.id().hashCode() & 7) / 32.0 : 0.5;
        if (random.nextDouble() < sure || rest.isEmpty()) {
            return rest;
        }
        int last = Character.digit(rest.charAt(rest.length() - 1), 10);
        return rest.substring(0, rest.length() - 1) + (last + 1) % 10;
    }

    private static Task task(Problem problem) {
        return Tasks.named(
                switch (problem.reference()) {
                    case Reference.Checked(String checker) -> checker;
                    case Reference.Answer _, Reference.None() -> "arithmetic";
                });
    }

    /// Times and ids of runs differ each time.
    private static String withoutTimes(String page) {
        return page.replaceAll("`[0-9]{8}-[0-9]{6}-[0-9a-z]{4}`", "`run`")
                .replaceAll("(?m)^(\\|.*\\| )[^|]* s \\|$", "$1time |");
    }
}
