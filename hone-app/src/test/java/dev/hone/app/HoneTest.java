package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HoneTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder = Path.of("");

    private int hone(String... args) {
        return hone((settings, models) -> ScriptedEngine.fresh(), args);
    }

    private int hone(Workplace workplace, String... args) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return Hone.run(console, workplace, args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /// A folder that looks like a model, for an engine that does not look.
    private Path model() throws IOException {
        byte[] header =
                "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]}}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + 24).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(header.length).put(header);
        Path model = Files.createDirectories(folder.resolve("model"));
        Files.write(model.resolve("model.safetensors"), file.array());
        Files.writeString(model.resolve("config.json"), "{}");
        return model;
    }

    private String[] improve(String... more) throws IOException {
        Path settings = Files.writeString(folder.resolve("study.yaml"), """
                hone: 1
                task: arithmetic
                rounds: 2
                problems: 30
                samples: 2
                validation: {problems: 5}
                exam: {problems: 20, samples: 8}
                """);
        List<String> args = new ArrayList<>(List.of(
                "improve",
                "--settings",
                settings.toString(),
                "--model",
                model().toString(),
                "--out",
                folder.resolve("runs").toString()));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    @Test
    void each_kind_has_its_exit_code() {
        Map<Kind, Integer> codes = new TreeMap<>();
        for (Kind kind : Kind.values()) {
            codes.put(kind, Exit.code(kind));
        }
        assertThat(codes)
                .containsEntry(Kind.SETTINGS, 2)
                .containsEntry(Kind.DATA, 3)
                .containsEntry(Kind.ENGINE, 4)
                .containsEntry(Kind.REMOTE, 5)
                .containsEntry(Kind.STORAGE, 6)
                .containsEntry(Kind.STOPPED, 130)
                .hasSize(6);
    }

    @Test
    void a_model_folder_without_its_config_is_named_before_a_run_begins() throws IOException {
        String[] improve = improve();
        Files.delete(folder.resolve("model/config.json"));
        assertThat(hone(improve)).isEqualTo(3);
        assertThat(err()).contains("model has no config.json; a Hugging Face folder has config.json", "give one");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void help_names_every_exit_code() {
        assertThat(hone("--help")).isZero();
        assertThat(out()).contains("    0   done", "  130   stopped");
        for (Kind kind : Kind.values()) {
            assertThat(out()).containsPattern("\\n +" + Exit.code(kind) + "   ");
        }
    }

    @Test
    void the_help_of_every_command_has_an_example() {
        for (String command :
                List.of("improve", "resume", "runs", "model", "pretrain", "methods", "tasks", "completion")) {
            assertThat(hone(command, "--help")).isZero();
            assertThat(out()).contains("Example", "  hone ".strip());
        }
    }

    @Test
    void what_was_mistyped_is_recognised() {
        assertThat(hone("imporve")).isEqualTo(2);
        assertThat(err()).contains("unknown command \"imporve\"; did you mean \"improve\"?");
        assertThat(hone("improve", "--runds=3")).isEqualTo(2);
        assertThat(err()).contains("unknown option \"--runds\"; did you mean \"--rounds\"?");
        assertThat(hone("improve", "satr", "--task", "countdwon", "--samples", "0"))
                .isEqualTo(2);
        assertThat(err())
                .contains("3 problems", "did you mean \"star\"?", "did you mean \"countdown\"?", "--samples: ")
                .doesNotContain("\tat ");
    }

    @Test
    void json_is_one_object_and_everything_else_is_on_standard_error() throws IOException {
        assertThat(hone(improve("--json"))).as(err()).isZero();
        JsonNode result = JsonMapper.shared().readTree(out());
        assertThat(result.propertyNames()).containsExactly("run", "model", "seconds", "phases", "rounds", "change");
        assertThat(result.get("rounds")).hasSize(3);
        assertThat(result.get("rounds").get(0).get("round").asInt()).isZero();
        assertThat(result.get("change").get("pass@1").get("n").asInt()).isEqualTo(20);
        assertThat(err()).contains("round 2", "report  ", "hone runs show ");

        assertThat(hone("runs", "--json", "--out", folder.resolve("runs").toString()))
                .isZero();
        JsonNode run = JsonMapper.shared().readTree(out()).get(0);
        assertThat(run.propertyNames()).containsExactly("id", "method", "status", "started", "headline");
        assertThat(run.get("status").asString()).isEqualTo("done");

        String id = run.get("id").asString();
        assertThat(hone("runs", "show", id, "--out", folder.resolve("runs").toString()))
                .isZero();
        assertThat(out()).contains("done", "exam     base: greedy", "round 2");
        assertThat(hone("resume", id, "--out", folder.resolve("runs").toString()))
                .isEqualTo(2);
    }

    @Test
    void a_dry_run_says_what_would_be_done_and_leaves_nothing() throws IOException {
        assertThat(hone(improve("--dry-run", "--rounds", "1"))).isZero();
        assertThat(out()).contains("1 round x 30 problems x 2 = 60 samples", "2 models, 370 answers", "GB of memory");
        assertThat(err()).contains("--rounds 1 wins over study.yaml:3 (2)");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void a_fact_that_problems_lack_is_refused_before_anything_is_drawn() throws IOException {
        Path file = Files.writeString(
                folder.resolve("by.yaml"), "hone: 1\ntask: arithmetic:1-3\nproblems: 20\nexam: {by: operatoins}\n");
        assertThat(hone(
                        "improve",
                        "--settings",
                        file.toString(),
                        "--out",
                        folder.resolve("runs").toString()))
                .isEqualTo(2);
        assertThat(err())
                .contains("exam.by is \"operatoins\" but no training problem of arithmetic@1(1-3 operations")
                .contains("they have expression, operations, value; name one of these, or none");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void a_bug_leaves_its_trace_in_a_file_and_a_message_on_the_terminal() throws IOException {
        assertThat(hone(
                        (settings, models) -> {
                            throw new IllegalStateException("a wheel came off");
                        },
                        improve()))
                .isEqualTo(1);
        assertThat(err()).contains("this is a bug", "a wheel came off", ".log").doesNotContain("\tat ");
        assertThat(hone("runs", "--out", folder.resolve("runs").toString())).isZero();
        assertThat(out()).contains("failed");
    }

    @Test
    void a_full_disk_is_a_storage_error_and_the_run_can_be_resumed() throws IOException {
        assertThat(hone(
                        (settings, models) -> {
                            throw new UncheckedIOException(new IOException("No space left on device"));
                        },
                        improve()))
                .isEqualTo(6);
        assertThat(err()).contains("No space left on device", "make room").doesNotContain("\tat ");
    }

    @Test
    void a_stopped_run_says_how_to_go_on_and_does() throws IOException {
        int code = hone(
                (settings, models) -> {
                    throw new HoneException(Kind.STOPPED, "asked to stop");
                },
                improve());
        assertThat(code).isEqualTo(130);
        hone("runs", "--json", "--out", folder.resolve("runs").toString());
        String id = JsonMapper.shared().readTree(out()).get(0).get("id").asString();
        assertThat(hone("runs", "--out", folder.resolve("runs").toString())).isZero();
        assertThat(out()).contains("stopped");
        assertThat(hone("resume", id, "--out", folder.resolve("runs").toString()))
                .as(err())
                .isZero();
    }

    @Test
    void without_runs_the_list_says_so_and_makes_nothing() {
        assertThat(hone("runs", "--out", folder.resolve("none").toString())).isZero();
        assertThat(out()).startsWith("no runs in ");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(hone("resume", "x", "--out", folder.resolve("none").toString()))
                .isEqualTo(2);
    }

    @Test
    void lists_and_completion_name_what_there_is() {
        assertThat(hone("methods")).isZero();
        assertThat(out()).startsWith("star");
        assertThat(hone("tasks")).isZero();
        assertThat(out()).contains("countdown", "arithmetic", ".jsonl");
        assertThat(hone("completion")).isZero();
        assertThat(out()).contains("improve", "--rounds");
        assertThat(hone("--version")).isZero();
    }
}
