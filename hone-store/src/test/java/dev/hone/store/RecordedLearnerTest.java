package dev.hone.store;

import static dev.hone.store.TestStore.BASE;
import static dev.hone.store.TestStore.PROBLEMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedLearnerTest {
    private final TestStore records;

    RecordedLearnerTest(@TempDir Path folder) {
        this.records = new TestStore(folder);
    }

    private static Learned learn(RecordedRun run, Learner learner, String text) {
        return learn(run, learner, Demonstration.of("d", PROBLEMS.getFirst().prompt(), text));
    }

    private static Learned learn(RecordedRun run, Learner learner, Demonstration example) {
        return run.record(learner)
                .learn(
                        Start.fresh(BASE),
                        new Examples.Demonstrations(List.of(example)),
                        new Objective.Sft(),
                        Loop.training(),
                        run.step("learn", 1));
    }

    /// Makes a folder, whatever it is asked.
    private record Fixed(Path models) implements Learner {
        @Override
        public <E extends Examples> Learned learn(
                Start start, E examples, Objective<E> objective, Training training, Step step) {
            try {
                Files.createDirectories(step.folder().resolve("deep"));
                Files.writeString(step.folder().resolve("deep").resolve("state"), "state");
                URI location = Files.createDirectories(models.resolve("m1")).toUri();
                return new Learned(
                        new Model("m1", location, new Lineage.Learned("base", step.run(), "learn", 1)),
                        List.of(Double.NaN, -0.0, 1.0 / 3),
                        7);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void release(Model model) {
            try {
                Files.deleteIfExists(Path.of(model.location()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void leftover(Step step) {
        try {
            Files.writeString(Files.createDirectories(step.folder()).resolve("checkpoint"), "old");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_was_learned_is_read_equal_and_the_work_folder_is_gone() {
        List<Learned> both = records.twice(run -> {
            leftover(run.step("learn", 1)); // as if the process had died before it was removed
            Learned learned = learn(run, new Fixed(run.folder().resolve("models")), "yes");
            assertThat(run.step("learn", 1).folder()).doesNotExist();
            return learned;
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        assertThat(records.store().learned(records.store().runs().getFirst().id()))
                .containsExactly(new LearnedStep("learn", 1, both.get(0)));
    }

    @Test
    void a_finished_step_with_other_examples_or_without_its_model_is_refused() throws IOException {
        try (RecordedRun run = records.start()) {
            Fixed learner = new Fixed(run.folder().resolve("models"));
            learn(run, learner, "yes");
            assertThatThrownBy(() -> learn(run, learner, "no"))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContainingAll("learn/1", "another start, examples, objective or training");
            Files.delete(run.folder().resolve("models").resolve("m1"));
            assertThatThrownBy(() -> learn(run, learner, "yes"))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContainingAll("m1", "is not at", "put the folder back");
        }
    }

    private static Demonstration drawn(Author last) {
        Tokens tokens = Tokens.by(Author.MODEL, 1, 2).plus(Tokens.by(last, 3));
        return new Demonstration(
                "d",
                PROBLEMS.getFirst().prompt(),
                List.of(new Segment.Drawn(tokens, Segment.Loss.COUNTED)),
                Demonstration.Ending.OPEN,
                1);
    }

    @Test
    void a_finished_step_whose_tokens_had_other_authors_is_refused() {
        try (RecordedRun run = records.start()) {
            Fixed learner = new Fixed(run.folder().resolve("models"));
            learn(run, learner, drawn(Author.MODEL));
            assertThatThrownBy(() -> learn(run, learner, drawn(Author.TOOL)))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContaining("another start, examples, objective or training");
        }
    }

    @Test
    void a_released_model_is_gone_and_a_resumed_run_goes_on_without_it() {
        List<Learned> both = records.twice(run -> {
            Fixed learner = new Fixed(run.folder().resolve("models"));
            Learned learned = learn(run, learner, "yes");
            run.record(learner).release(learned.model());
            assertThat(run.folder().resolve("models").resolve("m1")).doesNotExist();
            return learned;
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
    }

    @Test
    void what_was_offered_or_given_is_not_released() {
        try (RecordedRun run = records.start()) {
            Fixed learner = new Fixed(run.folder().resolve("models"));
            Model model = learn(run, learner, "yes").model();
            run.offer(1, model);
            run.record(learner).release(model);
            run.record(learner).release(BASE);
            assertThat(run.folder().resolve("models").resolve("m1")).exists();
        }
    }

    /// Two steps that come to the same weights have one folder.
    @Test
    void a_model_that_another_step_gave_too_is_not_released() {
        try (RecordedRun run = records.start()) {
            Fixed learner = new Fixed(run.folder().resolve("models"));
            Model model = learn(run, learner, "yes").model();
            run.record(learner)
                    .learn(
                            Start.fresh(BASE),
                            new Examples.Demonstrations(List.of(
                                    Demonstration.of("d", PROBLEMS.getFirst().prompt(), "again"))),
                            new Objective.Sft(),
                            Loop.training(),
                            run.step("learn", 2));
            run.record(learner).release(model);
            assertThat(run.folder().resolve("models").resolve("m1")).exists();
        }
    }
}
