package dev.hone.app.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.LabelledCompletion;
import dev.hone.data.Lineage;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Preference;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.torch.LocalModels;
import dev.hone.torch.NewModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExternalLearnerTest {
    private static final List<Message> ASKED = List.of(Message.user("1+1="));
    private static final Examples.Demonstrations SUMS =
            new Examples.Demonstrations(List.of(Demonstration.of("d", ASKED, "2")));
    private static final Training TRAINING = new Training(
            new Training.Length.Epochs(1),
            1,
            1e-3,
            new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
            Training.AdamW.standard(),
            1,
            Training.Order.AS_GIVEN);

    @TempDir
    Path folder;

    private LocalModels models;
    private Model base;
    private Model other;

    @BeforeEach
    void create() {
        models = new LocalModels(folder.resolve("models"));
        var shape = new NewModel("0123456789+= ", 16, 32, 1, 2, 32);
        base = models.create(shape, new Seed(1));
        other = models.create(shape, new Seed(2));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private Step step(Runnable stop) {
        return new Step("run", "learn", 1, new Seed(5), folder.resolve("work"), event -> {}, stop);
    }

    private Learned learn(String script, Runnable stop) {
        return new ExternalLearner(
                        models, List.of("sh", "-c", script, "sh", "{examples}", "{out}", "{model}"), TextForm.PLAIN)
                .learn(Start.fresh(base), SUMS, new Objective.Sft(), TRAINING, step(stop));
    }

    private List<String> rows(TextForm form, Examples examples) {
        return new TrlRows(form, tokens -> "?").of(examples);
    }

    @Test
    void what_the_command_wrote_is_the_model() throws IOException {
        String copy = "cp \"" + Path.of(other.location()) + "\"/* \"$2\" && cp \"$1\" \"" + folder + "/seen\"";
        Learned learned = learn(copy, () -> {});
        assertThat(learned.model().id()).isEqualTo(other.id());
        assertThat(learned.model().lineage()).isEqualTo(new Lineage.Learned(base.id(), "run", "learn", 1));
        assertThat(Path.of(learned.model().location())).startsWith(folder.resolve("models"));
        assertThat(Files.readAllLines(folder.resolve("seen")))
                .containsExactly("{\"prompt\":\"1+1=\",\"completion\":\"2\"}");
        assertThat(learned.losses()).isEmpty();
    }

    @Test
    void a_command_that_fails_is_told_with_its_exit_code_and_last_words_and_runs_again_when_resumed() {
        String failsOnce = "if [ -e \"" + folder + "/tried\" ]; then cp \"" + Path.of(other.location())
                + "\"/* \"$2\"; else touch \"" + folder + "/tried\"; echo out of memory on device 3 >&2; exit 42; fi";
        assertThatThrownBy(() -> learn(failsOnce, () -> {}))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("exit code 42", "out of memory on device 3", "resume");
        assertThat(learn(failsOnce, () -> {}).model().id()).isEqualTo(other.id());
    }

    @Test
    void a_command_that_ended_well_is_not_run_again() {
        String countsAndCopies = "echo x >> \"" + folder + "/runs\"; cp \"" + Path.of(other.location()) + "\"/* \"$2\"";
        learn(countsAndCopies, () -> {});
        learn(countsAndCopies, () -> {});
        assertThat(folder.resolve("runs")).hasContent("x");
    }

    @Test
    void a_command_that_is_not_there_is_named() {
        assertThatThrownBy(() -> new ExternalLearner(
                                models, List.of("no-such-trainer", "{examples}", "{out}"), TextForm.PLAIN)
                        .learn(Start.fresh(base), SUMS, new Objective.Sft(), TRAINING, step(() -> {})))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("no-such-trainer, cannot be started", "resume");
    }

    @Test
    void a_command_that_writes_no_model_is_refused() {
        assertThatThrownBy(() -> learn("true", () -> {})).hasMessageContaining("config.json");
    }

    @Test
    void a_command_that_wrote_no_model_is_run_again_when_resumed_and_finds_an_empty_folder() {
        String half = "[ -z \"$(ls \"$2\")\" ] || exit 9; if [ -e \"" + folder + "/tried\" ]; then cp \""
                + Path.of(other.location()) + "\"/* \"$2\"; else touch \"" + folder
                + "/tried\" \"$2/adapter_config.json\"; fi";
        assertThatThrownBy(() -> learn(half, () -> {})).isInstanceOf(HoneException.class);
        assertThat(learn(half, () -> {}).model().id()).isEqualTo(other.id());
    }

    @Test
    void a_command_that_outlived_a_process_that_was_killed_is_ended_first() throws Exception {
        Process survivor = new ProcessBuilder("sh", "-c", "sleep 60; true").start();
        while (survivor.descendants().findAny().isEmpty()) {
            Thread.onSpinWait();
        }
        ProcessHandle child = survivor.descendants().findAny().orElseThrow();
        Process unrelated = new ProcessBuilder("sleep", "60").start();
        Path noted = folder.resolve("work").resolve("external").resolve("process");
        Files.createDirectories(noted.getParent());
        new Survivor(noted).note(survivor.toHandle());
        learn("cp \"" + Path.of(other.location()) + "\"/* \"$2\"", () -> {});
        assertThat(survivor.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.onExit()).succeedsWithin(10, TimeUnit.SECONDS);
        assertThat(unrelated.isAlive()).isTrue();
        unrelated.destroy();
    }

    @Test
    void a_stop_that_the_command_heard_too_is_a_stop() {
        assertThatThrownBy(() -> learn("exit 130", () -> {
                    throw new HoneException(HoneException.Kind.STOPPED, "asked to stop");
                }))
                .hasMessage("asked to stop");
    }

    @Test
    void a_stop_ends_the_command() {
        long before = System.nanoTime();
        assertThatThrownBy(() -> learn("sleep 60", () -> {
                    throw new HoneException(HoneException.Kind.STOPPED, "stopped");
                }))
                .hasMessage("stopped");
        assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
    }

    @Test
    void placeholders_must_be_known_and_enough() {
        assertThatThrownBy(() -> new ExternalLearner(models, List.of("train", "{examples}"), TextForm.PLAIN))
                .hasMessageContaining("{out}");
        assertThatThrownBy(() ->
                        new ExternalLearner(models, List.of("train", "{examples}", "{out}", "{modle}"), TextForm.PLAIN))
                .hasMessageContaining("modle");
    }

    @Test
    void rows_have_the_columns_of_trl() {
        var pairs = new Examples.Preferences(List.of(Preference.of("p", ASKED, "2", "3")));
        assertThat(rows(TextForm.PLAIN, pairs))
                .containsExactly("{\"prompt\":\"1+1=\",\"chosen\":\"2\",\"rejected\":\"3\"}");
        assertThat(rows(TextForm.MESSAGES, pairs))
                .containsExactly("{\"prompt\":[{\"role\":\"user\",\"content\":\"1+1=\"}],"
                        + "\"chosen\":[{\"role\":\"assistant\",\"content\":\"2\"}],"
                        + "\"rejected\":[{\"role\":\"assistant\",\"content\":\"3\"}]}");
        assertThat(rows(TextForm.MESSAGES, SUMS))
                .containsExactly("{\"messages\":[{\"role\":\"user\",\"content\":\"1+1=\"},"
                        + "{\"role\":\"assistant\",\"content\":\"2\"}]}");
        var labelled = new LabelledCompletion(SUMS.all().getFirst(), LabelledCompletion.Label.UNDESIRABLE);
        assertThat(rows(TextForm.PLAIN, new Examples.Labelled(List.of(labelled))))
                .containsExactly("{\"prompt\":\"1+1=\",\"completion\":\"2\",\"label\":false}");
        var solution = new StepLabels(
                "s",
                ASKED,
                List.of(new StepLabels.Step(new Segment.Written("2\n", Segment.Loss.COUNTED), StepLabels.Label.RIGHT)));
        assertThat(rows(TextForm.PLAIN, new Examples.LabelledSteps(List.of(solution))))
                .containsExactly("{\"prompt\":\"1+1=\",\"completions\":[\"2\\n\"],\"labels\":[true]}");
    }

    @Test
    void what_the_columns_cannot_say_is_refused() {
        List<Segment> two = List.of(new Segment.Written("2", Segment.Loss.COUNTED));
        List<Segment> masked = List.of(new Segment.Written("2", Segment.Loss.MASKED), two.getFirst());
        for (Demonstration each : List.of(
                new Demonstration("d", ASKED, two, Demonstration.Ending.ENDS, 2),
                new Demonstration("d", ASKED, two, Demonstration.Ending.OPEN, 1),
                new Demonstration("d", ASKED, masked, Demonstration.Ending.ENDS, 1))) {
            assertThatThrownBy(() -> rows(TextForm.PLAIN, new Examples.Demonstrations(List.of(each))))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining("example \"d\"");
        }
        assertThatThrownBy(() -> rows(TextForm.PLAIN, new Examples.Rollouts(List.of())))
                .hasMessageContaining("rollouts");
    }
}
