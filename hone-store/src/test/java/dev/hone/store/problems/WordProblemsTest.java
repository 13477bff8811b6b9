package dev.hone.store.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hone.data.Split;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordProblemsTest {
    private static final String ASDIV = """
            {"body":"Tom has 18 pens and 4 cups.","question":"How many halves?","formula":"18/2+4/2=11","answer":"11 (x)"}
            {"body":"Wrong.","question":"Sum of things?","formula":"1+1=3","answer":"3"}
            {"body":"A coin.","question":"How many?","formula":"17/10=1 r7","answer":"1"}
            {"body":"Ann sees (2) birds twice and ","question":"how many in all","formula":"(2+3)*2=10","answer":"10"}
            """;
    private static final String MAWPS = """
            {"input":"Joan found 70 shells . She gave 27 . How many are left ?","target":43.0}
            {"input":"Joan found 70 shells. She gave 27. How many are now left?","target":43}
            {"input":"A box weighs 2.5 kg and a bag 1.25 kg . How heavy are both ?","target":3.75}
            {"input":"Tom has 18 pens and 4 cups. How many halves ?","target":11}
            """;

    private static Path folder(Path scratch) throws IOException {
        Files.writeString(scratch.resolve("asdiv-test.jsonl"), ASDIV);
        Files.writeString(scratch.resolve("mawps-one.jsonl"), MAWPS);
        return scratch;
    }

    @Test
    void formulas_that_are_true_equations_become_worked_answers(@TempDir Path scratch) throws IOException {
        var problems = new WordProblems(9, 0, 0, 0).collect(folder(scratch), new Seed(1));
        assertThat(problems)
                .flatExtracting(FiledProblem::worked)
                .containsExactlyInAnyOrder("18 / 2 + 4 / 2 = 11. Answer: 11", "(2 + 3) * 2 = 10. Answer: 10");
    }

    @Test
    void problems_that_resemble_each_other_are_taken_once_and_the_test_first(@TempDir Path scratch) throws IOException {
        var problems = new WordProblems(9, 9, 0, 9).collect(folder(scratch), new Seed(1));
        assertThat(problems)
                .filteredOn(each -> each.problem().split() == Split.TEST)
                .hasSize(3);
        assertThat(problems)
                .filteredOn(each -> each.problem().split() == Split.TRAIN)
                .flatExtracting(FiledProblem::worked)
                .containsExactly("(2 + 3) * 2 = 10. Answer: 10");
    }

    @Test
    void what_is_written_is_a_task_whose_worked_answers_are_right(@TempDir Path scratch) throws IOException {
        Path file = scratch.resolve("task.jsonl");
        ProblemsFile.write(file, new WordProblems(9, 9, 0, 1).collect(folder(scratch), new Seed(1)));
        assertThat(FileTask.open(file, List.of()).problems(Split.TEST, 5, new Seed(1)))
                .hasSize(1);
    }

    @Test
    void a_folder_without_the_collections_is_refused(@TempDir Path scratch) throws IOException {
        assertThatThrownBy(() -> new WordProblems(1, 1, 1, 1).collect(scratch, new Seed(1)))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("mawps*.jsonl");
        Files.writeString(folder(scratch).resolve("mawps-two.jsonl"), "{");
        assertThatThrownBy(() -> new WordProblems(1, 1, 1, 1).collect(scratch, new Seed(1)))
                .hasMessageContaining("mawps-two.jsonl:1");
    }

    @Test
    void the_real_collections_are_large_enough() {
        Path folder = Path.of("..", "..", "shared", "data", "arithmetic-word-problems");
        assumeTrue(Files.isDirectory(folder), "the collections are not beside the project");
        var problems = new WordProblems(400, 800, 100, 400).collect(folder, new Seed(1));
        assertThat(problems).hasSize(1700);
        assertThat(problems.stream().map(each -> each.problem().id())).doesNotHaveDuplicates();
    }
}
