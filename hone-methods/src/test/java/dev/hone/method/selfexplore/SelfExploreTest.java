package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.Preferences;
import dev.hone.data.Finish;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Tokens;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.method.selfexplore.Variant.Chosen;
import dev.hone.method.selfexplore.Variant.Pairs;
import dev.hone.method.selfexplore.Variant.Pit;
import dev.hone.method.selfexplore.Variant.Rejected;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SelfExploreTest {
    private static final Model BASE = Problems.model("base");
    private static final Model TAUGHT = Problems.model("taught");
    private static final Style STYLE = new Style(Gsm8kRules.asInPaper(), AtMarks.TRACES, FinalAnswer.NONE);
    private static final Lessons LESSONS = new Lessons(training(1e-3), training(1e-6), Objective.Dpo.asInPaper());
    private static final List<Problem> PROBLEMS = List.of(Scene.problem("p", 33), Scene.problem("q", 33));

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    /// Model, step's beginning of each prompt that was put to a model.
    private final List<String> asked = new ArrayList<>();

    private static Training training(double rate) {
        return new Training(
                new Training.Length.Epochs(1),
                4,
                rate,
                new Training.Schedule(0, Training.Schedule.Decay.LINEAR),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    private static String begun(Prompt prompt) {
        return prompt.origin() instanceof Origin.Begun(String _, String text) ? text : "";
    }

    /// Two right solutions with equations of their own, two wrong ones; 36 is where it goes wrong, and from 7*5=35 the
    /// answer is reached on each second try.
    private static String mixed(Model model, Prompt prompt, int index, long seed) {
        return switch (begun(prompt)) {
            case "" ->
                List.of("7*5=35;35-2=33", "7*5=35;36-2=34", "3*11=33", "7*6=42;42-2=40")
                        .get(index % 4);
            case "7*5=35;" -> index % 2 == 1 ? "35-2=33" : "34";
            default -> "nothing of it";
        };
    }

    private Model improve(Script script, int samples, Variant variant, List<Problem> problems) {
        Script heard = (model, prompt, index, seed) -> {
            asked.add(model.id() + " " + prompt.problem().id() + " " + begun(prompt));
            return script.write(model, prompt, index, seed);
        };
        return method(new ScriptedGenerator(heard), samples, 2, variant)
                .run(BASE, TAUGHT, round -> round == 1 ? problems : List.of(), run);
    }

    private SelfExplore method(Generator generator, int samples, int tries, Variant variant) {
        return new SelfExplore(
                samples,
                tries,
                Scene.SAMPLING,
                STYLE,
                variant,
                LESSONS,
                generator,
                new ReferenceJudge(Map.of()),
                (_, _) -> OptionalInt.of(7),
                Recording.NONE,
                learner);
    }

    private Model improve(Variant variant) {
        return improve(SelfExploreTest::mixed, 4, variant, PROBLEMS);
    }

    /// The model of round 1.
    private Model explorer() {
        return run.offered().values().iterator().next();
    }

    private List<String> notes() {
        return run.events().stream()
                .filter(RunEvent.Note.class::isInstance)
                .map(event -> ((RunEvent.Note) event).text())
                .toList();
    }

    private Map<String, Double> health(int round) {
        return run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(RunEvent.RoundHealth.class::cast)
                .filter(each -> each.round() == round)
                .findFirst()
                .orElseThrow()
                .figures();
    }

    @Test
    void the_taught_model_is_sampled_from_and_the_base_model_learns_its_right_solutions() {
        improve(Variant.asInPaper());
        assertThat(asked.subList(0, 8)).containsOnly("taught p ", "taught q ");
        ScriptedLearner.Lesson first = learner.lessons().getFirst();
        assertThat(first.start()).isEqualTo(Start.fresh(BASE));
        assertThat(first.training()).isEqualTo(LESSONS.solutions());
        assertThat(((Demonstrations) first.examples()).all())
                .extracting(Demonstration::id)
                .containsExactly("sample/1/p/0", "sample/1/p/2", "sample/1/q/0", "sample/1/q/2");
    }

    @Test
    void that_model_explores_and_is_start_and_reference_of_the_preferring_one() {
        Model last = improve(Variant.asInPaper());
        Model explorer = explorer();
        assertThat(explorer).isNotIn(BASE, TAUGHT);
        assertThat(asked.subList(8, asked.size())).allMatch(each -> each.startsWith(explorer.id()));
        ScriptedLearner.Lesson second = learner.lessons().get(1);
        assertThat(second.start()).isEqualTo(new Start(explorer, Start.OptimizerState.FRESH, explorer));
        assertThat(second.training()).isEqualTo(LESSONS.pairs());
        assertThat(run.offered()).containsOnlyKeys(1, 2).containsEntry(2, last);
        assertThat(last).isNotEqualTo(explorer);
        assertThat(learner.lessons()).hasSize(2);
    }

    // "7*5=35;35-2=33" is farther from "7*6=42;42-2=40", "3*11=33" gets the other one.
    @Test
    void wrong_solutions_are_explored_step_by_step_and_paired_at_their_pits() {
        improve(Variant.asInPaper());
        String explorer = explorer().id();
        assertThat(asked.subList(8, asked.size()))
                .containsExactly(
                        explorer + " p 7*6=42;",
                        explorer + " p 7*6=42;",
                        explorer + " p 7*5=35;",
                        explorer + " p 7*5=35;",
                        explorer + " q 7*6=42;",
                        explorer + " q 7*6=42;",
                        explorer + " q 7*5=35;",
                        explorer + " q 7*5=35;",
                        explorer + " p 7*5=35;36-2=34",
                        explorer + " p 7*5=35;36-2=34",
                        explorer + " q 7*5=35;36-2=34",
                        explorer + " q 7*5=35;36-2=34");
        assertThat(((Preferences) learner.lessons().get(1).examples()).all())
                .extracting(Preference::id)
                .containsExactly(
                        "sample/1/p/0 > sample/1/p/3 at step 1",
                        "sample/1/p/2 > sample/1/p/1 at step 2",
                        "sample/1/q/0 > sample/1/q/3 at step 1",
                        "sample/1/q/2 > sample/1/q/1 at step 2");
        assertThat(health(2))
                .containsEntry("outcome pairs", 4.0)
                .containsEntry("pits", 1.0)
                .containsEntry("pit at step 1", 0.5)
                .containsEntry("explored", 12.0)
                .containsEntry("pairs", 4.0)
                .containsEntry("pit is first wrong", 0.5);
        assertThat(health(1)).containsEntry("right", 0.5).containsEntry("kept", 0.5);
        assertThat(notes())
                .as("half of the pits at step 1 is not more than half")
                .isEmpty();
    }

    @Test
    void outcome_pairs_take_no_exploration() {
        improve(Variant.asInPaper().with(Pairs.OUTCOMES));
        assertThat(asked).hasSize(8);
        assertThat(((Preferences) learner.lessons().get(1).examples()).all())
                .allSatisfy(each -> {
                    assertThat(each.prefix()).isEmpty();
                    assertThat(each.rejected().ending()).isEqualTo(Ending.OPEN);
                })
                .hasSize(4);
    }

    @Test
    void without_pairs_it_is_rejection_fine_tuning() {
        Model last = improve(Variant.asInPaper().with(Pairs.NONE));
        assertThat(learner.lessons()).hasSize(1);
        assertThat(run.offered()).containsOnlyKeys(1).containsEntry(1, last);
    }

    @Test
    void every_variant_learns_something_else() {
        Variant paper = Variant.asInPaper();
        List<Variant> variants = List.of(
                paper,
                paper.with(Pairs.OUTCOMES),
                paper.with(Rejected.REST),
                paper.with(Chosen.ORIGINAL),
                paper.with(Ending.ENDS));
        assertThat(variants.stream().map(this::improve).toList()).doesNotHaveDuplicates();
        assertThat(paper).isEqualTo(new Variant(Pairs.STEPS, Pit.FIRST, Rejected.STEP, Chosen.EXPLORED, Ending.OPEN));
    }

    @Test
    void the_same_run_again_ends_the_same() {
        assertThat(improve(Variant.asInPaper())).isEqualTo(improve(Variant.asInPaper()));
    }

    @Test
    void a_verifier_that_always_fails_trains_on_nothing_and_says_so() {
        assertThat(improve((_, _, _, _) -> "no", 4, Variant.asInPaper(), PROBLEMS))
                .isEqualTo(TAUGHT);
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsEntry(1, TAUGHT).containsEntry(2, TAUGHT);
        assertThat(notes())
                .containsExactly(
                        "no sample was accepted, so there is nothing to learn from",
                        "no pair of a right and a wrong way was found, so there is nothing to prefer");
    }

    @Test
    void where_all_samples_are_right_there_is_nothing_to_prefer() {
        Model last = improve((_, _, _, _) -> "33", 4, Variant.asInPaper(), PROBLEMS);
        assertThat(learner.lessons()).hasSize(1);
        assertThat(run.offered()).containsEntry(1, last).containsEntry(2, last);
        assertThat(notes()).hasSize(1).first().asString().contains("nothing to prefer");
    }

    @Test
    void one_problem_with_one_sample_is_enough_to_go_through() {
        improve(SelfExploreTest::mixed, 1, Variant.asInPaper(), PROBLEMS.subList(0, 1));
        assertThat(learner.lessons()).hasSize(1);
    }

    @Test
    void no_problem_is_no_error() {
        assertThat(improve(SelfExploreTest::mixed, 4, Variant.asInPaper(), List.of()))
                .isEqualTo(TAUGHT);
        assertThat(notes()).hasSize(2);
    }

    @Test
    void pits_that_are_mostly_at_step_1_are_told() {
        improve(
                (_, prompt, index, _) -> begun(prompt).isEmpty() ? index == 0 ? "33" : index + ";34" : "nothing of it",
                4,
                Variant.asInPaper(),
                PROBLEMS);
        assertThat(notes()).hasSize(1).first().asString().contains("more than half of the pits are at step 1");
    }

    @Test
    void what_could_not_be_explored_is_told_with_the_reason() {
        Generator failing = (model, prompts, step) -> new ScriptedGenerator(SelfExploreTest::mixed)
                .generate(model, prompts, step).stream()
                        .map(each -> each.origin() instanceof Origin.Begun ? failed(each) : each)
                        .toList();
        method(failing, 4, 2, Variant.asInPaper()).run(BASE, TAUGHT, _ -> PROBLEMS, run);
        assertThat(notes())
                .containsExactly(
                        "some wrong solutions could not be explored, the first because it is too long",
                        "no pair of a right and a wrong way was found, so there is nothing to prefer");
        assertThat(health(2)).containsEntry("not explored", 1.0).containsEntry("pits", 0.0);
    }

    private static Sample failed(Sample sample) {
        return new Sample(
                sample.id(),
                sample.problem(),
                "",
                Tokens.empty(),
                new Finish.Failed("it is too long"),
                sample.sampling(),
                sample.model(),
                sample.origin(),
                sample.hint());
    }

    @Test
    void settings_that_mean_nothing_are_refused() {
        Generator generator = new ScriptedGenerator(SelfExploreTest::mixed);
        assertThatThrownBy(() -> method(generator, 0, 2, Variant.asInPaper()))
                .hasMessageContaining("samples must be at least 1");
        assertThatThrownBy(() -> method(generator, 4, 0, Variant.asInPaper()))
                .hasMessageContaining("tries must be at least 1");
    }
}
