package dev.hone.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.learn.Adaptation;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final Key<List<Double>> GRID =
            Key.reals("grid.values", List.of(0.5, 1.0), Rule.POSITIVE, "of which one is taken");
    private static final Settings DEFAULTS = Settings.defaults(List.of(
            new MethodKeys("star", List.of(), List.of()),
            new MethodKeys("grid", List.of(GRID), List.of(RunKeys.WINDOW))
                    .with(new MethodKeys.Standard<>(RunKeys.RATE, 1e-6))));

    private static Inputs read(String yaml, Map<String, String> options) {
        return Inputs.of(
                DEFAULTS, Optional.of(SettingsFile.parse("study.yaml", yaml, DEFAULTS)), options, _ -> List.of());
    }

    @Test
    void a_second_document_or_an_alias_is_not_passed_over() {
        assertThatThrownBy(() -> read("hone: 1\nrounds: 2\n---\nrounds: 3\n", Map.of()))
                .hasMessageContaining("a second document begins here");
        assertThatThrownBy(() -> read("hone: 1\ntask: &t arithmetic\nmodel: *t\ngrid.points: [*t]\n", Map.of()))
                .hasMessageContainingAll("model is an alias (*t)", "write the value itself");
    }

    @Test
    void an_empty_mapping_is_not_passed_over() {
        assertThatThrownBy(() -> read("hone: 1\nlearning: {}\n", Map.of()))
                .hasMessageContaining("study.yaml:2: learning is empty; put something into it or remove the line");
    }

    @Test
    void every_default_is_pinned() {
        assertThat(DEFAULTS.written())
                .containsExactly(
                        Map.entry("method", "star"),
                        Map.entry("model", "embedded"),
                        Map.entry("task", "countdown"),
                        Map.entry("seed", "1"),
                        Map.entry("rounds", "3"),
                        Map.entry("problems", "5000"),
                        Map.entry("samples", "4"),
                        Map.entry("keep", "4"),
                        Map.entry("sampling.temperature", "0.5"),
                        Map.entry("sampling.top-k", "0"),
                        Map.entry("sampling.top-p", "1.0"),
                        Map.entry("sampling.min-p", "0.0"),
                        Map.entry("sampling.max-tokens", "48"),
                        Map.entry("sampling.batch", "256"),
                        Map.entry("engine.device", "auto"),
                        Map.entry("engine.precision", "auto"),
                        Map.entry("engine.special-tokens", "text"),
                        Map.entry("warm-start.problems", "0"),
                        Map.entry("warm-start.epochs", "0"),
                        Map.entry("warm-start.rate", "0.0"),
                        Map.entry("policy.start", "previous"),
                        Map.entry("policy.optimizer", "fresh"),
                        Map.entry("policy.window", "all"),
                        Map.entry("policy.schedule", "each_round"),
                        Map.entry("learning.steps", "100"),
                        Map.entry("learning.epochs", "0"),
                        Map.entry("learning.batch", "128"),
                        Map.entry("learning.rate", "5.0E-4"),
                        Map.entry("learning.warmup", "0.05"),
                        Map.entry("learning.decay", "cosine"),
                        Map.entry("learning.weight-decay", "0.0"),
                        Map.entry("learning.max-gradient-norm", "1.0"),
                        Map.entry("learning.lora-rank", "0"),
                        Map.entry("learning.lora-alpha", "32.0"),
                        Map.entry("learning.command", "none"),
                        Map.entry("learning.command-rows", "plain"),
                        Map.entry("budget.tokens", "0"),
                        Map.entry("validation.problems", "200"),
                        Map.entry("exam.problems", "1000"),
                        Map.entry("exam.samples", "8"),
                        Map.entry("exam.by", "none"),
                        Map.entry("exam.diversity", "0"));
        assertThat(DEFAULTS.validate()).isEmpty();
    }

    @Test
    void a_command_is_words_and_quotes_keep_spaces() {
        Settings settings = read("""
                        hone: 1
                        learning:
                          command: python3 'my tools/train.py' --data {examples} --out="{out}" ''
                        """, Map.of()).settings();
        assertThat(settings.command())
                .containsExactly("python3", "my tools/train.py", "--data", "{examples}", "--out={out}", "");
        assertThat(DEFAULTS.command()).isEmpty();
    }

    @Test
    void a_command_with_an_open_quote_or_moments_to_carry_is_refused() {
        assertThatThrownBy(() -> read("hone: 1\nlearning: {command: train 'a b}\n", Map.of()))
                .hasMessageContaining("every quote closed");
        assertThatThrownBy(() -> read("""
                        hone: 1
                        policy: {optimizer: carried}
                        learning: {command: "train {examples} {out}"}
                        """, Map.of())).hasMessageContaining("policy.optimizer must be fresh");
    }

    @Test
    void an_adapter_learns_where_it_can_and_is_refused_where_it_cannot() {
        Settings adapted = read("hone: 1\nlearning: {lora-rank: 8, lora-alpha: 16}\n", Map.of())
                .settings();
        assertThat(adapted.training().adaptation()).isEqualTo(Adaptation.Lora.of(8, 16));
        assertThat(adapted.warmStart().adaptation()).isEqualTo(Adaptation.Lora.of(8, 16));
        assertThatThrownBy(() -> read("""
                        hone: 1
                        policy: {optimizer: carried}
                        learning: {lora-rank: 8, command: "train {examples} {out}"}
                        """, Map.of()))
                .hasMessageContainingAll(
                        "policy.optimizer must be fresh when learning.lora-rank is not 0",
                        "learning.lora-rank must be 0 when learning.command learns");
    }

    @Test
    void defaults_become_the_policy_and_the_training_that_they_say() {
        assertThat(DEFAULTS.policy())
                .isEqualTo(
                        new RoundPolicy(RoundPolicy.From.PREVIOUS, OptimizerState.FRESH, new RoundPolicy.Window.All()));
        assertThat(DEFAULTS.training())
                .isEqualTo(new Training(
                        new Training.Length.Steps(100),
                        128,
                        5e-4,
                        new Training.Schedule(0.05, Training.Schedule.Decay.COSINE),
                        Training.AdamW.standard(),
                        1.0,
                        Training.Order.SHUFFLED));
    }

    @Test
    void a_warm_start_learns_as_a_round_does_but_for_its_own_passes_and_rate() {
        Settings plain = DEFAULTS.with(RunKeys.WARM_PROBLEMS, 50);
        assertThat(plain.warmStart()).isEqualTo(plain.training());

        Training own =
                plain.with(RunKeys.WARM_EPOCHS, 2).with(RunKeys.WARM_RATE, 3e-5).warmStart();
        assertThat(own.length()).isEqualTo(new Training.Length.Epochs(2));
        assertThat(own.learningRate()).isEqualTo(3e-5);
        assertThat(own.batch()).isEqualTo(plain.training().batch());
    }

    @Test
    void passes_over_a_warm_start_that_there_is_not_are_refused() {
        String problem = "warm-start.problems must be at least 1 when warm-start.epochs or warm-start.rate is set, but"
                + " was 0: there is no warm start; set it, or leave these out";
        assertThat(DEFAULTS.with(RunKeys.WARM_EPOCHS, 2).validate()).containsExactly(problem);
        assertThat(DEFAULTS.with(RunKeys.WARM_RATE, 1e-4).validate()).containsExactly(problem);
        assertThat(DEFAULTS.with(RunKeys.WARM_EPOCHS, 2)
                        .with(RunKeys.WARM_PROBLEMS, 50)
                        .validate())
                .isEmpty();
    }

    @Test
    void validate_lists_every_problem_at_once() {
        Settings wrong = DEFAULTS.with(RunKeys.ROUNDS, 0)
                .with(RunKeys.SAMPLES, 0)
                .with(RunKeys.TEMPERATURE, -0.5)
                .with(RunKeys.RATE, Double.NaN)
                .with(RunKeys.FROM, RoundPolicy.From.BASE)
                .with(RunKeys.OPTIMIZER, OptimizerState.CARRIED);
        assertThat(wrong.validate())
                .containsExactly(
                        "rounds must be a whole number of at least 1 but was 0",
                        "samples must be a whole number of at least 1 but was 0",
                        "sampling.temperature must be a finite number of at least 0 but was -0.5",
                        "learning.rate must be a finite number above 0 but was NaN",
                        "policy.optimizer must be fresh when policy.start is base: every round starts anew");
    }

    @Test
    void a_file_is_read_and_what_it_leaves_out_is_the_default() {
        Settings settings = read("""
                hone: 1
                task: arithmetic
                seed: -7
                learning:
                  rate: 3e-4
                  decay: linear
                policy: {window: 2}
                """, Map.of()).settings();
        assertThat(settings)
                .isEqualTo(DEFAULTS.with(RunKeys.TASK, "arithmetic")
                        .with(RunKeys.SEED, -7L)
                        .with(RunKeys.RATE, 3e-4)
                        .with(RunKeys.DECAY, Training.Schedule.Decay.LINEAR)
                        .with(RunKeys.WINDOW, 2));
    }

    @Test
    void all_problems_of_a_file_and_of_the_options_are_told_at_once_with_their_places() {
        assertThatThrownBy(() -> read("""
                hone: 1
                ruonds: 5
                samples: many
                rounds: 0
                learning:
                  steps: [1, 2]
                  max_gradient_norm: 1
                  rate:
                temperature: 0.5
                rounds: 3
                """, Map.of("problems", "-1")))
                .isInstanceOf(HoneException.class)
                .hasMessageStartingWith("9 problems in the settings:\n  study.yaml:2: ")
                .hasMessageContaining("study.yaml:2: unknown setting \"ruonds\"; did you mean \"rounds\"?")
                .hasMessageContaining("study.yaml:3: samples must be a whole number of at least 1 but was \"many\"")
                .hasMessageContaining("study.yaml:4: rounds must be a whole number of at least 1 but was 0")
                .hasMessageContaining("study.yaml:6: learning.steps must be one value but is a list")
                .hasMessageContaining("study.yaml:7: unknown setting \"learning.max_gradient_norm\"; did you mean"
                        + " \"learning.max-gradient-norm\"?")
                .hasMessageContaining("study.yaml:10: rounds is there twice")
                .hasMessageContaining("study.yaml:8: learning.rate has no value")
                .hasMessageContaining(
                        "study.yaml:9: unknown setting \"temperature\"; did you mean \"sampling.temperature\"?")
                .hasMessageContaining("--problems: problems must be a whole number of at least 1, or all but was -1")
                .satisfies(fault -> assertThat(((HoneException) fault).kind()).isEqualTo(HoneException.Kind.SETTINGS));
    }

    @Test
    void an_option_wins_over_the_file_and_says_so() {
        Inputs inputs = read("hone: 1\nrounds: 3\nsamples: 2\n", Map.of("rounds", "5", "samples", "2"));
        assertThat(inputs.settings().get(RunKeys.ROUNDS)).isEqualTo(5);
        assertThat(inputs.notes()).containsExactly("--rounds 5 wins over study.yaml:2 (3)");
    }

    @Test
    void a_file_without_a_version_or_of_another_is_refused() {
        assertThatThrownBy(() -> read("rounds: 3\n", Map.of()))
                .hasMessage("study.yaml: says no version; start it with \"hone: 1\"");
        assertThatThrownBy(() -> read("hone: 2\nrounds: 3\n", Map.of()))
                .hasMessage("study.yaml:1: hone 2 is not a version that this Hone reads; it is 1");
    }

    @Test
    void what_is_not_yaml_is_refused_with_its_line() {
        assertThatThrownBy(() -> read("hone: 1\nrounds: [3\n", Map.of())).hasMessageContaining("study.yaml:");
        assertThatThrownBy(() -> read("", Map.of())).hasMessageContaining("must be a mapping");
        assertThatThrownBy(() -> SettingsFile.read(Path.of("no-such.yaml"), DEFAULTS))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void a_task_file_is_used_whole_unless_a_number_is_given() {
        assertThat(read("hone: 1\ntask: my.jsonl\n", Map.of()).settings().get(RunKeys.PROBLEMS))
                .isEqualTo(RunKeys.ALL_PROBLEMS);
        assertThat(read("hone: 1\ntask: my.jsonl\n", Map.of("problems", "10"))
                        .settings()
                        .get(RunKeys.PROBLEMS))
                .isEqualTo(10);
    }

    @Test
    void what_is_written_reads_back_as_the_same_settings() {
        Settings settings = DEFAULTS.with(RunKeys.RATE, 1.25e-5)
                .with(RunKeys.WINDOW, 2)
                .with(RunKeys.OPTIMIZER, OptimizerState.CARRIED)
                .with(RunKeys.SEED, 42L);
        assertThat(Inputs.of(DEFAULTS, Optional.empty(), settings.written(), _ -> List.of())
                        .settings())
                .isEqualTo(settings);
    }

    @Test
    void nearest_counts_a_swap_as_one_edit_and_does_not_guess_wildly() {
        assertThat(Nearest.edits("satr", "star")).isEqualTo(1);
        assertThat(Nearest.edits("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.to("satr", List.of("countdown", "star"))).contains("star");
        assertThat(Nearest.to("grpo", List.of("countdown", "star"))).isEmpty();
    }

    @Test
    void what_a_method_does_not_read_is_refused_and_not_written() {
        assertThatThrownBy(() -> read("hone: 1\ngrid.values: 1", Map.of()))
                .hasMessage("study.yaml:2: grid.values is for the method grid, but the method is star");
        assertThatThrownBy(() -> read("hone: 1\nmethod: grid\npolicy.window: 2", Map.of()))
                .hasMessage("study.yaml:3: policy.window means nothing to the method grid; leave it out");
        Settings grid = read("hone: 1\nmethod: grid", Map.of()).settings();
        assertThat(grid.written()).containsEntry("grid.values", "0.5, 1.0").doesNotContainKey("policy.window");
        assertThat(Inputs.of(DEFAULTS, Optional.empty(), grid.written(), _ -> List.of())
                        .settings())
                .as("what a run keeps can be read again")
                .isEqualTo(grid);
    }

    @Test
    void a_methods_own_default_counts_for_it_alone_and_gives_way_to_what_is_set() {
        assertThat(read("hone: 1", Map.of()).settings().get(RunKeys.RATE)).isEqualTo(RunKeys.RATE.standard());
        assertThat(read("hone: 1\nmethod: grid", Map.of()).settings().get(RunKeys.RATE))
                .isEqualTo(1e-6);
        assertThat(read("hone: 1", Map.of("method", "grid")).settings().get(RunKeys.RATE))
                .isEqualTo(1e-6);
        assertThat(read("hone: 1\nmethod: grid\nlearning.rate: 0.1", Map.of())
                        .settings()
                        .get(RunKeys.RATE))
                .isEqualTo(0.1);
    }

    @Test
    void a_shape_that_the_engine_cannot_compute_is_refused_before_anything_is_learned() {
        assertThat(Settings.recipe()
                        .with(RecipeKeys.HIDDEN, 6)
                        .with(RecipeKeys.HEADS, 2)
                        .with(RecipeKeys.INTERMEDIATE, 3)
                        .validate())
                .containsExactly(
                        "shape.hidden must be a multiple of twice shape.heads but was 6 with 2 heads",
                        "shape.intermediate must be an even number but was 3");
    }

    @Test
    void a_vocabulary_has_each_character_once() {
        Settings recipe = Settings.recipe();
        assertThatThrownBy(() -> Inputs.of(
                        recipe,
                        Optional.of(SettingsFile.parse("recipe.yaml", "hone: 1\nshape.characters: 01230", recipe)),
                        Map.of(),
                        _ -> List.of()))
                .hasMessage("recipe.yaml:2: shape.characters must be one or more characters, each once but was 01230");
    }

    @Test
    void several_numbers_are_written_with_commas_or_as_a_list() {
        for (String written : List.of("0.5,1.5, 2", "[0.5, 1.5, 2]", "\n  - 0.5\n  - 1.5\n  - 2")) {
            assertThat(read("hone: 1\nmethod: grid\ngrid.values: " + written, Map.of())
                            .settings()
                            .get(GRID))
                    .as(written)
                    .containsExactly(0.5, 1.5, 2.0);
        }
        assertThatThrownBy(() -> read("hone: 1\nmethod: grid\ngrid.values: [1, -1]", Map.of()))
                .hasMessage(
                        "study.yaml:3: grid.values must be one or more values with commas between them, each a finite"
                                + " number above 0 but was 1.0, -1.0");
        assertThatThrownBy(() -> read("hone: 1\nmethod: grid\ngrid.values: []", Map.of()))
                .hasMessageContaining("grid.values must be one or more");
        assertThatThrownBy(() -> read("hone: 1\nmethod: grid\ngrid.values: [[1]]", Map.of()))
                .hasMessageContaining("study.yaml:3: grid.values must be one value but is a list of more than values");
        assertThatThrownBy(() -> read("hone: 1\nrounds: [1, 2]", Map.of()))
                .hasMessage("study.yaml:2: rounds must be one value but is a list");
        assertThatThrownBy(() -> read("hone: 1\nmodel: [a, b]", Map.of()))
                .hasMessage("study.yaml:2: model must be one value but is a list");
    }

    @Test
    void a_schedule_over_all_rounds_needs_steps() {
        assertThatThrownBy(() -> read("hone: 1\npolicy.schedule: all_rounds\nlearning.epochs: 2", Map.of()))
                .hasMessageContaining("learning.epochs must be 0 when policy.schedule is all_rounds");
    }

    @Test
    void right_samples_are_compared_with_others_of_the_exam() {
        Settings settings = DEFAULTS.with(RunKeys.EXAM_SAMPLES, 4);
        assertThat(settings.with(RunKeys.EXAM_DIVERSITY, 4).validate()).isEmpty();
        assertThat(settings.with(RunKeys.EXAM_DIVERSITY, 1).validate())
                .containsExactly("exam.diversity must be 0, or from 2 to exam.samples, which is 4, but was 1: so many"
                        + " right samples of a problem are compared");
        assertThat(settings.with(RunKeys.EXAM_DIVERSITY, 5).validate()).hasSize(1);
    }
}
