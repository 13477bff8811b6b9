package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedLearner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the pages tell a reader is so.
class ReadmeTest {
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)");

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static List<Path> pages() throws IOException {
        Path home = Rooms.home();
        try (Stream<Path> docs = Files.list(home.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(home.resolve("README.md"), home.resolve("CONTRIBUTING.md")),
                            docs.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList();
        }
    }

    @Test
    void the_java_of_the_pages_is_compiled() throws IOException {
        String source = read(Rooms.home().resolve("hone-app/src/test/java/dev/hone/app/LibraryUse.java"));
        for (Map.Entry<String, String> page :
                Map.of("README", "README.md", "models.md", "docs/models.md").entrySet()) {
            String snippet = source.split("    // " + page.getKey() + "\n", -1)[1].indent(-4);
            assertThat(read(Rooms.home().resolve(page.getValue()))).contains("```java\n" + snippet + "```");
        }
    }

    @Test
    void the_java_of_the_readme_runs(@TempDir Path folder) {
        var training = new Training(
                new Training.Length.Steps(2),
                4,
                1e-3,
                new Training.Schedule(0, Training.Schedule.Decay.COSINE),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
        var learner = new ScriptedLearner();
        var generator = new ScriptedGenerator(
                (model, prompt, index, seed) -> prompt.problem().id().substring(1));
        var run = new ScratchRun(1, folder);

        Model last = LibraryUse.improve(Problems.model("base"), new Numbers(), training, generator, learner, run);

        assertThat(learner.lessons()).hasSize(3);
        assertThat(run.offered().get(3)).isEqualTo(last);
    }

    @Test
    void every_link_leads_to_a_file() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(read(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as("a link of %s", page)
                        .exists();
            }
        }
    }

    /// Five problems whose answer is their number.
    private record Numbers() implements Task {
        @Override
        public String id() {
            return "numbers@1";
        }

        @Override
        public List<Problem> problems(Split split, int count, Seed seed) {
            return Problems.numbered(5);
        }

        @Override
        public Map<String, Checker> checkers() {
            return Map.of();
        }

        @Override
        public List<String> workedAnswers(Problem problem, int count, Seed seed) {
            return List.of();
        }
    }
}
