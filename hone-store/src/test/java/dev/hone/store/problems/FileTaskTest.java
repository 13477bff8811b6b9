package dev.hone.store.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Match;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.task.countdown.Countdown;
import dev.hone.testkit.ProcessorTime;
import dev.hone.testkit.TaskContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTaskTest implements TaskContract {
    private static final List<Task> BUILT_IN = List.of(Countdown.standard(), Arithmetic.standard());

    @TempDir
    Path folder = Path.of("replaced");

    /// One problem of each kind, many times.
    @Override
    public Task task() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            lines.append("""
                    {"prompt": "%1$d+1=", "answer": "%2$d", "checker": "numeric", "worked": ["so %2$d", "%2$d"]}
                    {"prompt": "word %1$d", "answer": "w%1$d"}
                    {"prompt": "pick %1$d", "answer": "%1$d", "checker": "regex", "pattern": "#### (\\\\d+)", \
                    "worked": ["hm #### %1$d"]}
                    {"prompt": "%2$d,1>%1$d:", "checker": "countdown", "facts": {"numbers": "%2$d,1", "target": "%1$d"}}
                    """.formatted(i, i + 1));
        }
        return open(lines.toString());
    }

    @Test
    void fields_mean_what_the_table_says() {
        Task task = open("""
                {"prompt": "a", "answer": "1"}
                {"id": "two", "prompt": "b", "answer": "2", "checker": "numeric", "tolerance": 0.5, "split": "test"}
                {"messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "c"}], \
                "checker": "none", "split": "validation"}
                """);
        assertThat(task.problems(Split.TRAIN, 9, new Seed(1)))
                .singleElement()
                .extracting(Problem::reference)
                .isEqualTo(new Reference.Answer("1", new Match.Exact()));
        assertThat(task.problems(Split.TEST, 9, new Seed(1))).singleElement().satisfies(problem -> {
            assertThat(problem.id()).isEqualTo("two");
            assertThat(problem.reference()).isEqualTo(new Reference.Answer("2", new Match.Numeric(0.5)));
        });
        assertThat(task.problems(Split.VALIDATION, 9, new Seed(1)))
                .singleElement()
                .satisfies(problem -> assertThat(problem.prompt()).hasSize(2));
    }

    @Test
    void a_file_without_splits_is_split_for_good_by_the_prompts() {
        List<String> lines = IntStream.range(0, 1_000)
                .mapToObj(i -> "{\"prompt\": \"p" + i + "\", \"answer\": \"" + i + "\"}\n")
                .collect(Collectors.toCollection(ArrayList::new));
        Task task = open(String.join("", lines));
        assertThat(task.problems(Split.TRAIN, 9_999, new Seed(1))).hasSizeBetween(750, 850);
        assertThat(task.problems(Split.VALIDATION, 9_999, new Seed(1))).hasSizeBetween(70, 130);
        assertThat(task.problems(Split.TEST, 9_999, new Seed(1))).hasSizeBetween(70, 130);
        Task reversed = open(String.join("", lines.reversed()));
        assertThat(reversed.problems(Split.TEST, 9_999, new Seed(1)))
                .containsExactlyInAnyOrderElementsOf(task.problems(Split.TEST, 9_999, new Seed(1)));
    }

    @Test
    void the_id_changes_with_the_content() {
        String one = open("{\"prompt\": \"a\", \"answer\": \"1\"}").id();
        assertThat(one).matches("problems\\.jsonl@[0-9a-f]{8}");
        assertThat(open("{\"prompt\": \"a\", \"answer\": \"1\"}").id()).isEqualTo(one);
        assertThat(open("{\"prompt\": \"a\", \"answer\": \"2\"}").id()).isNotEqualTo(one);
    }

    @Test
    void a_byte_order_mark_windows_line_ends_and_blank_lines_are_read() {
        Task task = open("\ufeff{\"prompt\": \"a\", \"answer\": \"1\"}\r\n\r\n{\"prompt\": \"b\", \"answer\": \"2\"}");
        int all = 0;
        for (Split split : Split.values()) {
            all += task.problems(split, 9, new Seed(1)).size();
        }
        assertThat(all).isEqualTo(2);
    }

    @Test
    void what_is_wrong_with_a_line_is_said_with_its_number_and_what_to_do() {
        complains("{\"prompt\": \"a\", \"anwser\": \"1\"}", "unknown field \"anwser\"", "did you mean \"answer\"?");
        complains("{\"question\": \"a\", \"answer\": \"1\"}", "did you mean \"prompt\"?");
        complains("{\"prompt\": \"a\"}", "has no \"answer\"", "\"checker\": \"none\"");
        complains("{\"answer\": \"a\"}", "has neither \"prompt\" and \"messages\"", "write for instance");
        complains("{\"prompt\": \"a\", \"answer\": 1}", "a number as \"answer\"", "text is needed");
        complains("{\"prompt\": \"a\", \"answer\": ", "is no JSON (column", "correct it");
        complains("{\"prompt\": \"a\", \"answer\": \"1\"} x", "is no JSON");
        complains("{\"prompt\": \"a\", \"prompt\": \"b\", \"answer\": \"1\"}", "is no JSON", "prompt");
        complains("[1]", "is no JSON object");
        complains("[".repeat(5_000) + "]".repeat(5_000), "is no JSON", "20 deep");
        complains("{\"prompt\": \"a\", \"answer\": \"1\", \"split\": \"dev\"}", "unknown split \"dev\"", "validation");
        complains("{\"prompt\": \"a\", \"checker\": \"countdwn\"}", "did you mean \"countdown\"?");
        complains("{\"prompt\": \"a\", \"checker\": \"countdown\"}", "lacks the fact \"numbers\"");
        complains(
                "{\"prompt\": \"a\", \"checker\": \"countdown\", \"facts\": {\"numbers\": \"1,x\", \"target\": \"3\"}}",
                "has \"x\" where a whole number");
        complains("{\"prompt\": \"a\", \"answer\": \"1\", \"tolerance\": 1}", "\"checker\": \"numeric\"");
        complains("{\"prompt\": \"a\", \"answer\": \"1\", \"checker\": \"numeric\", \"tolerance\": -1}", "at least 0");
        complains("{\"prompt\": \"a\", \"answer\": \"one\", \"checker\": \"numeric\"}", "rejects", "number alone");
        complains(
                "{\"prompt\": \"a\", \"answer\": \"1\", \"checker\": \"regex\", \"pattern\": \"(\"}",
                "does not compile",
                "correct it");
        complains(
                "{\"prompt\": \"a\", \"answer\": \"1\", \"checker\": \"regex\", \"pattern\": \"x(\\\\d)\"}",
                "rejects",
                "add a worked answer");
        complains("{\"prompt\": \"a\", \"answer\": \"1\", \"worked\": [\"2\"]}", "worked answer \"2\"", "rejects");
        complains("{\"prompt\": \"a\", \"answer\": \"1\", \"worked\": [\"1\", \"1\"]}", "twice");
        complains("{\"messages\": [{\"role\": \"boss\", \"content\": \"a\"}], \"answer\": \"1\"}", "unknown role");
        complains("{\"prompt\": \"" + "a".repeat(1 << 20) + "\", \"answer\": \"1\"}", "longer than 1048576 bytes");
    }

    @Test
    void duplicates_are_told_with_both_lines() {
        assertThatThrownBy(() -> open("""
                {"id": "x", "prompt": "a", "answer": "1"}
                {"id": "y", "prompt": "b", "answer": "1"}
                {"id": "x", "prompt": "c", "answer": "1"}
                """)).hasMessageContaining("line 3 has the id \"x\" of line 1");
        assertThatThrownBy(() -> open("""
                {"prompt": "a", "answer": "1"}
                {"prompt": "a", "answer": "1"}
                """)).hasMessageContaining("line 2 has the prompt of line 1");
        assertThatThrownBy(() -> open("""
                {"id": "x", "prompt": "a", "answer": "1", "split": "train"}
                {"id": "y", "prompt": "a", "answer": "1", "split": "test"}
                """))
                .hasMessageContaining("line 2 has the prompt of line 1 but is in another split");
    }

    @Test
    void ten_complaints_are_listed_and_the_rest_counted() {
        assertThatThrownBy(() -> open("{}\n".repeat(13)))
                .isInstanceOfSatisfying(
                        HoneException.class, e -> assertThat(e.kind()).isEqualTo(HoneException.Kind.DATA))
                .hasMessageContaining("13 lines")
                .hasMessageContaining("line 10 ")
                .hasMessageNotContaining("line 11 ")
                .hasMessageContaining("and 3 more");
    }

    @Test
    void a_missing_or_empty_file_and_a_folder_are_told() {
        assertThatThrownBy(() -> FileTask.open(folder.resolve("none.jsonl"), BUILT_IN))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("none.jsonl does not exist");
        assertThatThrownBy(() -> FileTask.open(folder, BUILT_IN)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> open("")).hasMessageContaining("holds no problem");
        assertThatThrownBy(() -> open("\n \r\n")).hasMessageContaining("holds no problem");
    }

    @Test
    void bytes_that_are_not_utf8_are_told_with_their_line() throws IOException {
        Path file = folder.resolve("latin.jsonl");
        Files.write(
                file,
                "{\"prompt\": \"a\", \"answer\": \"1\"}\n{\"prompt\": \"\u00e9\", \"answer\": \"1\"}"
                        .getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> FileTask.open(file, BUILT_IN)).hasMessageContaining("line 2 is not UTF-8");
        Files.write(file, "{\"prompt\": \"a\", \"answer\": \"1\"}".getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> FileTask.open(file, BUILT_IN)).hasMessageContaining("line 1 is not UTF-8");
    }

    @Test
    void no_pattern_makes_a_run_hang() throws Throwable {
        ProcessorTime.atMost(Duration.ofSeconds(20), () -> {
            for (String pattern :
                    List.of("(?:a+)+b|1", "(?:a|aa)+b|1", "(?:.*)*b|1", "(?:a*)*(?:a*)*(?:a*)*b|1", "(?:a|b|ab)*c|1")) {
                String line = "{\"prompt\": \"p\", \"answer\": \"1\", \"checker\": \"regex\", \"pattern\": \"" + pattern
                        + "\", \"split\": \"test\"}";
                Task task = open(line);
                Problem problem = task.problems(Split.TEST, 1, new Seed(1)).getFirst();
                for (String text : List.of("a".repeat(40), "a".repeat(100_000), "ab".repeat(50_000))) {
                    assertThat(new BoundedRegex().check(problem, text)).isNotEqualTo(Verdict.right("answered 1"));
                }
            }
        });
        complains(regex("(|)".repeat(60) + "(?=b)"), "could run for hours");
        complains(regex("((a{1000}){1000}){1000}"), "could run for hours");
        complains(regex("(".repeat(1_001)), "could run for hours");
    }

    @Test
    void a_hundred_thousand_lines_are_read_in_seconds() throws Throwable {
        Path file = folder.resolve("large.jsonl");
        Files.writeString(
                file,
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "{\"prompt\": \"What is " + i + " plus one?\", \"answer\": \"" + (i + 1)
                                + "\", \"checker\": \"numeric\"}\n")
                        .collect(Collectors.joining()));
        ProcessorTime.atMost(Duration.ofSeconds(15), () -> FileTask.open(file, BUILT_IN));
    }

    private static String regex(String pattern) {
        return "{\"prompt\": \"p\", \"answer\": \"1\", \"checker\": \"regex\", \"pattern\": \"" + pattern + "\"}";
    }

    private void complains(String line, String... parts) {
        assertThatThrownBy(() -> open("{\"prompt\": \"fine\", \"answer\": \"1\"}\n" + line + "\n"))
                .isInstanceOfSatisfying(
                        HoneException.class, e -> assertThat(e.kind()).isEqualTo(HoneException.Kind.DATA))
                .hasMessageContaining("line 2 ")
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(700));
    }

    private FileTask open(String content) {
        try {
            Path file = folder.resolve("problems.jsonl");
            Files.writeString(file, content);
            return FileTask.open(file, BUILT_IN);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
