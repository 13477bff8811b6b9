package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Author;
import dev.hone.data.Constraint;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Finish;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.generate.Prompt;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import dev.hone.torch.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Generator, likelihood and learner on one small model.
class RolesTest {
    @TempDir
    Path folder;

    private LocalModels models;
    private Model model;

    @BeforeEach
    void create() {
        models = Tiny.models(folder.resolve("models"));
        model = models.create(Tiny.shape(), new Seed(11));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private List<Sample> generate(List<Prompt> prompts) {
        return new TorchGenerator(models, Dtype.FLOAT32, 64, 2).generate(model, prompts, Tiny.step("sample", folder));
    }

    private static Examples.Demonstrations sums() {
        List<Demonstration> all = new ArrayList<>();
        for (int a = 0; a < 10; a++) {
            for (int b = 0; b < 5; b++) {
                all.add(Demonstration.of(a + "+" + b, List.of(Message.user(a + "+" + b + "=")), "" + (a + b)));
            }
        }
        return new Examples.Demonstrations(all);
    }

    private static Training training(int steps) {
        return new Training(
                new Training.Length.Steps(steps),
                16,
                3e-3,
                new Training.Schedule(0.1, Training.Schedule.Decay.COSINE),
                Training.AdamW.standard(),
                1.0,
                Training.Order.SHUFFLED);
    }

    private Learned learn(Model from, int steps, Path work, Runnable stop) {
        return new TorchLearner(models, Dtype.FLOAT32, 1, 4, Activations.KEPT)
                .learn(Start.fresh(from), sums(), new Objective.Sft(), training(steps), Tiny.step("learn", work, stop));
    }

    @Test
    void the_same_shape_and_seed_are_the_same_model() {
        assertThat(models.create(Tiny.shape(), new Seed(11)).id()).isEqualTo(model.id());
        assertThat(models.create(Tiny.shape(), new Seed(12)).id()).isNotEqualTo(model.id());
        assertThat(models.open(Path.of(model.location())).id()).isEqualTo(model.id());
    }

    @Test
    void weights_that_are_not_those_that_the_id_names_are_refused() throws IOException {
        Model other = models.create(Tiny.shape(), new Seed(12));
        Path weights = Path.of(model.location()).resolve("model.safetensors");
        Files.copy(
                Path.of(other.location()).resolve("model.safetensors"), weights, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> generate(List.of(Prompt.of(Tiny.problem("p", "1+2="), 1, new Sampling(1, 4)))))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll(model.id() + " is asked for", other.id() + " now", "put them back");
    }

    @Test
    void samples_come_prompt_by_prompt_and_text_is_what_the_tokens_say() {
        List<Sample> samples = generate(List.of(
                Prompt.of(Tiny.problem("p", "1+2="), 3, new Sampling(1, 12)),
                Prompt.of(Tiny.problem("q", "7*8-1="), 2, Sampling.greedy(5))));
        assertThat(samples)
                .extracting(Sample::id)
                .containsExactly("sample/1/p/0", "sample/1/p/1", "sample/1/p/2", "sample/1/q/0", "sample/1/q/1");
        for (Sample sample : samples) {
            assertThat(sample.tokens().count(Author.MODEL))
                    .isEqualTo(sample.tokens().size());
            if (sample.finish() instanceof Finish.Truncated(int limit)) {
                assertThat(sample.tokens().size()).isEqualTo(limit);
            }
        }
        assertThat(samples.get(3).tokens()).isEqualTo(samples.get(4).tokens());
    }

    @Test
    void a_character_that_the_vocabulary_lacks_fails_its_item_by_name_and_the_others_go_on() {
        List<Sample> samples = generate(List.of(
                Prompt.of(Tiny.problem("bad", "1ü2="), 2, new Sampling(1, 4)),
                Prompt.of(Tiny.problem("good", "1+2="), 1, new Sampling(1, 4)),
                Prompt.of(Tiny.problem("long", "1+2="), 1, new Sampling(1, 400))));
        assertThat(samples).hasSize(4);
        assertThat(samples.subList(0, 2))
                .allSatisfy(sample ->
                        assertThat(((Finish.Failed) sample.finish()).because()).contains("\"ü\""));
        assertThat(samples.get(2).finish()).isNotInstanceOf(Finish.Failed.class);
        assertThat(((Finish.Failed) samples.get(3).finish()).because()).contains("context 64");
    }

    @Test
    void a_forced_prefix_is_kept_with_its_authors_and_not_counted_as_drawn() {
        Tokens kept = Tokens.by(Author.FORCED, models.load(model).tokenizer().encode("12*"));
        Tokens longer = Tokens.by(Author.DRAFT, models.load(model).tokenizer().encode("12*3-(4"));
        List<Sample> samples = generate(List.of(
                new Prompt(Tiny.problem("p", "1+2="), 2, new Sampling(1, 6), new Origin.Forked("x", kept)),
                new Prompt(Tiny.problem("p", "1+2="), 2, new Sampling(1, 6), new Origin.Forked("y", longer))));
        for (Sample sample : samples.subList(0, 2)) {
            assertThat(sample.text()).startsWith("12*");
            assertThat(sample.tokens().count(Author.FORCED)).isEqualTo(3);
            assertThat(sample.tokens().count(Author.MODEL)).isBetween(1, 6);
            assertThat(sample.tokens().hasLogProb(0)).isFalse();
            assertThat(sample.tokens().hasLogProb(3)).isTrue();
        }
        assertThat(samples.get(2).tokens().count(Author.DRAFT)).isEqualTo(7);
        assertThat(samples.get(0).id()).isEqualTo("sample/1/p/(x:3)/0");
    }

    @Test
    void a_text_ends_before_its_stop_string_and_the_tokens_with_it() {
        List<Sample> samples =
                generate(List.of(Prompt.of(Tiny.problem("p", "1+2="), 60, new Sampling(1, 40).stoppingAt("3", "+="))));
        assertThat(samples).anySatisfy(sample -> assertThat(sample.text()).isNotEmpty());
        for (Sample sample : samples) {
            String whole = models.load(model).tokenizer().decode(sample.tokens().ids());
            assertThat(sample.text()).doesNotContain("3", "+=");
            if (!whole.equals(sample.text())) {
                assertThat(sample.finish()).isEqualTo(new Finish.Stopped());
                assertThat(whole).isIn(sample.text() + "3", sample.text() + "+=");
            }
        }
        assertThat(samples)
                .anySatisfy(sample -> assertThat(models.load(model)
                                .tokenizer()
                                .decode(sample.tokens().ids()))
                        .endsWith("3"));
    }

    @Test
    void a_constrained_text_matches_with_its_forced_prefix() {
        Sampling matched = new Sampling(1, 20).with(new Constraint.Regex("(\\d{2}[+*-]){2,4}\\d=\\(T\\)"));
        Tokens kept = Tokens.by(Author.FORCED, models.load(model).tokenizer().encode("12*3"));
        Tokens astray = Tokens.by(Author.FORCED, models.load(model).tokenizer().encode("T"));
        List<Sample> samples = generate(List.of(
                Prompt.of(Tiny.problem("p", "1+2="), 20, matched),
                new Prompt(Tiny.problem("p", "1+2="), 20, matched, new Origin.Forked("x", kept)),
                new Prompt(Tiny.problem("p", "1+2="), 1, matched, new Origin.Forked("y", astray))));
        for (Sample sample : samples.subList(0, 40)) {
            assertThat(sample.text()).matches("(\\d{2}[+*-]){2,4}\\d=\\(T\\)");
            assertThat(sample.finish()).isEqualTo(new Finish.Stopped());
        }
        assertThat(((Finish.Failed) samples.get(40).finish()).because()).contains("forced prefix", "constraint");
    }

    @Test
    void a_constraint_that_the_vocabulary_cannot_write_stops_with_its_name() {
        var foreign = new Sampling(1, 4).with(new Constraint.Regex("é+"));
        assertThatThrownBy(() -> generate(List.of(Prompt.of(Tiny.problem("p", "1+2="), 1, foreign))))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("é+")
                .hasMessageContaining("cannot write");
    }

    @Test
    void the_sampler_and_scoring_agree_on_log_probabilities() {
        Model learned = learn(model, 30, folder.resolve("w"), () -> {}).model();
        List<Prompt> prompts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            prompts.add(Prompt.of(Tiny.problem("p" + i, i + "+1="), 2, new Sampling(0.8, 10)));
        }
        List<Sample> samples = new TorchGenerator(models, Dtype.FLOAT32, 64, 2)
                .generate(learned, prompts, Tiny.step("sample", folder));
        List<Tokens> scored = new TorchLikelihood(models, Dtype.FLOAT32, 1)
                .score(learned, samples.stream().map(Demonstration::of).toList(), Tiny.step("score", folder));
        for (int i = 0; i < samples.size(); i++) {
            Tokens drawn = samples.get(i).tokens();
            assertThat(scored.get(i).ids()).isEqualTo(drawn.ids());
            for (int j = 0; j < drawn.size(); j++) {
                assertThat(scored.get(i).logProb(j)).isCloseTo(drawn.logProb(j), within(1e-4f));
                assertThat(scored.get(i).author(j)).isEqualTo(Author.MODEL);
            }
        }
    }

    @Test
    void learning_lowers_the_loss_and_leaves_the_start_alone() {
        Learned learned = learn(model, 60, folder.resolve("w"), () -> {});
        assertThat(learned.losses()).hasSize(60);
        assertThat(learned.losses().getLast()).isLessThan(0.6 * learned.losses().getFirst());
        assertThat(models.open(Path.of(model.location())).id()).isEqualTo(model.id());
        assertThat(learned.model().id()).isNotEqualTo(model.id());
    }

    @Test
    void learning_cut_anywhere_and_resumed_ends_with_the_same_bytes() {
        Learned whole = learn(model, 11, folder.resolve("whole"), () -> {});
        for (int cut : new int[] {1, 4, 6, 10}) {
            Path work = folder.resolve("cut" + cut);
            var steps = new AtomicInteger();
            assertThatThrownBy(() -> learn(model, 11, work, () -> {
                        if (steps.getAndIncrement() == cut) {
                            throw new HoneException(HoneException.Kind.STOPPED, "stopped");
                        }
                    }))
                    .isInstanceOf(HoneException.class);
            Learned resumed = learn(model, 11, work, () -> {});
            assertThat(resumed.model().id()).isEqualTo(whole.model().id());
            assertThat(resumed.losses()).isEqualTo(whole.losses());
        }
    }

    @Test
    void learning_killed_between_checkpoints_ends_with_the_same_bytes() {
        Learned whole = learn(model, 11, folder.resolve("whole"), () -> {});
        Path work = folder.resolve("killed");
        var steps = new AtomicInteger();
        assertThatThrownBy(() -> learn(model, 11, work, () -> {
                    if (steps.getAndIncrement() == 6) {
                        throw new IllegalStateException("as if killed: nothing is saved");
                    }
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(learn(model, 11, work, () -> {}).model().id())
                .isEqualTo(whole.model().id());
    }

    @Test
    void a_checkpoint_of_other_examples_is_not_continued() {
        Path work = folder.resolve("w");
        learn(model, 11, work, () -> {});
        Model other = models.create(Tiny.shape(), new Seed(12));
        Learned afresh = learn(other, 11, folder.resolve("fresh"), () -> {});
        assertThat(learn(other, 11, work, () -> {}).model().id())
                .isEqualTo(afresh.model().id());
    }

    @Test
    void carried_moments_change_the_result_and_missing_ones_are_an_error() {
        Model first = learn(model, 5, folder.resolve("a"), () -> {}).model();
        Model fresh = learn(first, 5, folder.resolve("b"), () -> {}).model();
        var carried = new TorchLearner(models, Dtype.FLOAT32, 1, 4, Activations.KEPT)
                .learn(
                        new Start(first, Start.OptimizerState.CARRIED, first),
                        sums(),
                        new Objective.Sft(),
                        training(5),
                        Tiny.step("learn", folder.resolve("c")));
        assertThat(carried.model().id()).isNotEqualTo(fresh.id());
        assertThatThrownBy(() -> new TorchLearner(models, Dtype.FLOAT32, 1, 4, Activations.KEPT)
                        .learn(
                                new Start(model, Start.OptimizerState.CARRIED, model),
                                sums(),
                                new Objective.Sft(),
                                training(5),
                                Tiny.step("learn", folder.resolve("d"))))
                .hasMessageContaining("were not kept");
    }

    @Test
    void a_released_model_goes_with_its_moments_and_one_from_elsewhere_stays() {
        Model learned = learn(model, 5, folder.resolve("a"), () -> {}).model();
        Path elsewhere = folder.resolve("elsewhere");
        var others = new LocalModels(elsewhere);
        assertThat(Path.of(learned.location())).isDirectory();
        assertThat(models.moments(learned.id())).isRegularFile();

        TorchLearner.on(others).release(learned);
        assertThat(Path.of(learned.location())).isDirectory();

        TorchLearner.on(models).release(learned);
        TorchLearner.on(models).release(learned);
        assertThat(Path.of(learned.location())).doesNotExist();
        assertThat(models.moments(learned.id())).doesNotExist();
        assertThat(Path.of(model.location())).isDirectory();
    }

    @Test
    void a_model_that_is_released_or_closed_gives_its_tokenizer_back() {
        TextTokenizer released = models.load(model).tokenizer();
        TorchLearner.on(models).release(model);
        TextTokenizer closed =
                models.load(models.create(Tiny.shape(), new Seed(12))).tokenizer();
        assertThat(closed.encode("1")).hasSize(1);
        models.close();
        for (TextTokenizer each : List.of(released, closed)) {
            assertThatThrownBy(() -> each.encode("1")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void what_a_writer_that_was_killed_left_is_swept_and_nothing_else() throws IOException {
        Model learned = learn(model, 5, folder.resolve("a"), () -> {}).model();
        Path written = Path.of(learned.location());
        Path left = Files.createDirectory(models.folder().resolve(".part-123-0"));
        Files.copy(written.resolve("config.json"), left.resolve("config.json"));
        List<Path> before = SafeFiles.list(models.folder());

        models.sweep();
        models.sweep();

        assertThat(SafeFiles.list(models.folder()))
                .isEqualTo(before.stream().filter(path -> !path.equals(left)).toList());
        assertThat(models.moments(learned.id())).isRegularFile();
    }

    private Path copyOf(Model of) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("copy"));
        for (Path file : SafeFiles.list(Path.of(of.location()))) {
            Files.copy(file, copy.resolve(file.getFileName()));
        }
        return copy;
    }

    @Test
    void a_begin_token_beyond_the_vocabulary_is_refused_by_its_name() throws IOException {
        Path copy = copyOf(model);
        String config = Files.readString(copy.resolve("config.json"));
        Files.writeString(
                copy.resolve("config.json"), config.replaceFirst("\"bos_token_id\" : \\d+", "\"bos_token_id\" : 400"));
        assertThatThrownBy(() -> models.load(models.open(copy)))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("config.json: bos_token_id 400 is not in the model's vocabulary of");
    }

    @Test
    void a_tokenizer_with_more_tokens_than_the_weights_is_named_wherever_its_tokens_are_met() throws IOException {
        NewModel narrow = new NewModel("0123456789+= ", 32, 48, 2, 4, 64);
        Path copy = copyOf(models.create(narrow, new Seed(1)));
        for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(
                    Path.of(models.create(new NewModel(narrow.characters() + "T", 32, 48, 2, 4, 64), new Seed(1))
                                    .location())
                            .resolve(name),
                    copy.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        model = models.open(copy);
        String named = "\"T\", and the model's weights know tokens below ";
        List<Sample> samples = generate(List.of(
                Prompt.of(Tiny.problem("bad", "T="), 1, new Sampling(1, 4)),
                Prompt.of(Tiny.problem("good", "1="), 1, new Sampling(1, 4))));
        assertThat(((Finish.Failed) samples.get(0).finish()).because()).contains(named);
        assertThat(samples.get(1).finish()).isNotInstanceOf(Finish.Failed.class);
        var likelihood = new TorchLikelihood(models, Dtype.FLOAT32, 1);
        for (Demonstration each : List.of(
                Demonstration.of("d", List.of(Message.user("T=")), "1"),
                Demonstration.of("d", List.of(Message.user("1=")), "T"))) {
            assertThatThrownBy(() -> likelihood.score(model, List.of(each), Tiny.step("score", folder)))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContainingAll("demonstration \"d\"", named);
        }
    }

    @Test
    void a_directory_that_is_no_model_is_refused_by_what_is_wrong_with_it() throws IOException {
        Path copy = folder.resolve("copy");
        Files.createDirectories(copy);
        assertThatThrownBy(() -> models.open(copy))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("config.json");
        Files.writeString(copy.resolve("config.json"), "{\"model_type\":\"mamba\"}");
        assertThatThrownBy(() -> models.open(copy))
                .hasMessageContaining("\"mamba\"")
                .hasMessageContaining("\"llama\"");
        for (Path file : SafeFiles.list(Path.of(model.location()))) {
            Files.copy(file, copy.resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        String config = Files.readString(copy.resolve("config.json"));
        Files.writeString(
                copy.resolve("config.json"),
                config.replace("\"intermediate_size\" : 48", "\"intermediate_size\" : 49"));
        assertThatThrownBy(() -> models.load(models.open(copy)))
                .hasMessageContaining("gate_proj")
                .hasMessageContaining("[49, 32]")
                .hasMessageContaining("[48, 32]");
    }

    @Test
    void every_character_survives_the_tokenizer() {
        TextTokenizer tokenizer = models.load(model).tokenizer();
        String all = Tiny.CHARACTERS + new StringBuilder(Tiny.CHARACTERS).reverse() + "  \n\n1 2";
        int[] ids = tokenizer.encode(all);
        assertThat(ids).hasSize(all.length());
        assertThat(tokenizer.decode(ids)).isEqualTo(all);
        assertThat(tokenizer.encode("")).isEmpty();
    }
}
