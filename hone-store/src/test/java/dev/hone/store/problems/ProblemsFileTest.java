package dev.hone.store.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Role;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.task.countdown.Countdown;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemsFileTest {
    @TempDir
    Path folder = Path.of("replaced");

    @Test
    void problems_of_both_tasks_come_back_as_they_were() {
        for (Task task : List.of(Countdown.standard(), Arithmetic.standard())) {
            List<FiledProblem> filed = new ArrayList<>();
            for (Split split : Split.values()) {
                for (Problem problem : task.problems(split, 200, new Seed(1))) {
                    filed.add(new FiledProblem(problem, task.workedAnswers(problem, 3, new Seed(2))));
                }
            }
            assertThat(roundTrip(filed, task.checkers())).isEqualTo(filed);
        }
    }

    @Test
    void every_kind_of_reference_and_part_comes_back_as_it_was() {
        List<Message> conversation = List.of(
                new Message(Role.SYSTEM, List.of(new Part.Text(""))),
                new Message(
                        Role.USER,
                        List.of(
                                new Part.Text("see \u2028 \"this\"\n\u0000\ud83d\ude00"),
                                new Part.Image(URI.create("data:,x")))),
                new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c", "look", "{\"at\": 1}"))),
                new Message(Role.TOOL, List.of(new Part.ToolResult("c", "seen"))));
        SortedMap<String, String> facts = new TreeMap<>(Map.of("b", "2", "", "empty"));
        List<FiledProblem> filed = List.of(
                filed("1", conversation, new Reference.None(), facts),
                filed("2", List.of(Message.user("")), new Reference.Answer(" x ", new Match.Exact()), facts),
                filed("3", List.of(Message.user("q")), new Reference.Answer("1e", new Match.Regex("[a-z0-9]+")), facts),
                filed("4", List.of(Message.user("r")), new Reference.Answer("0.3", new Match.Numeric(0.1)), facts),
                filed(
                        "5",
                        List.of(new Message(Role.USER, List.of(new Part.Text("a"), new Part.Text("b")))),
                        new Reference.None(),
                        facts));
        assertThat(roundTrip(filed, Map.of())).isEqualTo(filed);
    }

    @Test
    void a_checker_whose_name_means_something_else_in_a_file_is_refused() {
        FiledProblem problem =
                filed("1", List.of(Message.user("q")), new Reference.Checked("numeric"), new TreeMap<>());
        assertThatThrownBy(() -> ProblemsFile.write(folder.resolve("x.jsonl"), List.of(problem)))
                .hasMessageContaining("means something else");
    }

    @Test
    void a_place_that_cannot_be_written_is_told() {
        assertThatThrownBy(() -> ProblemsFile.write(folder.resolve("no/such/x.jsonl"), List.of()))
                .isInstanceOfSatisfying(
                        HoneException.class, e -> assertThat(e.kind()).isEqualTo(HoneException.Kind.STORAGE));
    }

    private static FiledProblem filed(
            String id, List<Message> prompt, Reference reference, SortedMap<String, String> facts) {
        return FiledProblem.of(new Problem(id, prompt, reference, Split.VALIDATION, facts));
    }

    private List<FiledProblem> roundTrip(List<FiledProblem> filed, Map<String, Checker> checkers) {
        Path file = folder.resolve("round.jsonl");
        ProblemsFile.write(file, filed);
        return ProblemsFile.read(file, checkers);
    }
}
