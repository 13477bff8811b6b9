package dev.hone.method.vstar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.LabelledSteps;
import dev.hone.data.Examples.Preferences;
import dev.hone.data.Model;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.data.StepLabels;
import dev.hone.data.Verifier;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.method.vstar.Verifying.Control;
import dev.hone.method.vstar.Verifying.When;
import dev.hone.run.RunEvent;
import dev.hone.select.AtLeast;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLearner.Lesson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VStarTest {
    private static final Model BASE = Problems.model("base");
    private static final Model TUNED = Problems.model("tuned");
    private static final Training GENERATORS = training(1e-3);
    private static final Training VERIFIERS = training(1e-4);

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final Set<String> drawing = new LinkedHashSet<>();

    private static Training training(double rate) {
        return new Training(
                new Training.Length.Steps(2),
                4,
                rate,
                new Training.Schedule(0, Training.Schedule.Decay.COSINE),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    private static String answer(Problem problem) {
        return problem.id().substring(1);
    }

    /// Right on every other sample; what is wrong differs by model and index.
    private static final Script HALF =
            (model, prompt, index, _) -> index % 2 == 0 ? answer(prompt.problem()) : "no " + index + model.id();

    private static SequencedMap<Problem, String> worked(int count) {
        SequencedMap<Problem, String> worked = new LinkedHashMap<>();
        Problems.numbered(count).forEach(problem -> worked.put(problem, " " + answer(problem) + " "));
        return worked;
    }

    private VStar method(Script script, int rounds, When when, Set<Control> controls) {
        return new VStar(
                rounds,
                4,
                new Sampling(1, 40),
                GENERATORS,
                new Verifying(Objective.Dpo.asInPaper(), 16, VERIFIERS, when, controls),
                new ScriptedGenerator((model, prompt, index, seed) -> {
                    drawing.add(model.id());
                    return script.write(model, prompt, index, seed);
                }),
                new ReferenceJudge(Map.of()),
                new AtLeast(1),
                learner);
    }

    /// Three rounds on problems 4 and 5, of which the first round has another one, with three worked answers.
    private Model improve(Script script) {
        return improve(script, When.ONCE, Set.of());
    }

    private Model improve(Script script, When when, Set<Control> controls) {
        return method(script, 3, when, controls)
                .run(BASE, TUNED, worked(3), round -> Problems.numbered(5).subList(3, round == 1 ? 4 : 5), run);
    }

    private List<Lesson> lessons(String step) {
        return learner.lessons().stream()
                .filter(each -> each.step().equals(step))
                .toList();
    }

    private static List<String> taught(Lesson lesson) {
        return ((Demonstrations) lesson.examples())
                .all().stream().map(Demonstration::id).toList();
    }

    private static List<Preference> pairs(Lesson lesson) {
        return ((Preferences) lesson.examples()).all();
    }

    private List<RunEvent.OfferedVerifier> verifiers() {
        return run.events().stream()
                .filter(RunEvent.OfferedVerifier.class::isInstance)
                .map(RunEvent.OfferedVerifier.class::cast)
                .toList();
    }

    private List<RunEvent.Note> notes() {
        return run.events().stream()
                .filter(RunEvent.Note.class::isInstance)
                .map(RunEvent.Note.class::cast)
                .toList();
    }

    @Test
    void every_generator_starts_from_the_base_model_and_never_from_the_one_before() {
        improve(HALF);
        assertThat(lessons("learn")).hasSize(3).allSatisfy(lesson -> {
            assertThat(lesson.start()).isEqualTo(Start.fresh(BASE));
            assertThat(lesson.training()).isEqualTo(GENERATORS);
            assertThat(lesson.objective()).isEqualTo(new Objective.Sft());
        });
    }

    @Test
    void a_generator_learns_the_worked_answers_and_the_right_samples_of_all_rounds_so_far() {
        improve(HALF);
        assertThat(taught(lessons("learn").getFirst()))
                .containsExactly(
                        "p1",
                        "p2",
                        "p3",
                        "sample/1/p1/0",
                        "sample/1/p1/2",
                        "sample/1/p2/0",
                        "sample/1/p2/2",
                        "sample/1/p3/0",
                        "sample/1/p3/2",
                        "sample/1/p4/0",
                        "sample/1/p4/2");
        assertThat(taught(lessons("learn").get(1)))
                .startsWith(taught(lessons("learn").getFirst()).toArray(new String[0]))
                .contains("sample/2/p5/2")
                .hasSize(11 + 10);
    }

    @Test
    void the_first_samples_are_the_tuned_models_and_each_other_round_draws_from_its_generator() {
        Model last = improve(HALF);
        List<String> drew = new ArrayList<>(List.of("tuned"));
        run.offered().headMap(3).values().forEach(model -> drew.add(model.id()));
        assertThat(drawing).containsExactlyElementsOf(drew);
        assertThat(run.offered()).containsEntry(3, last);
    }

    @Test
    void the_verifier_starts_from_and_is_compared_with_the_tuned_model_and_is_learned_once_at_the_end() {
        improve(HALF);
        assertThat(lessons("verify")).singleElement().satisfies(lesson -> {
            assertThat(lesson.round()).isEqualTo(3);
            assertThat(lesson.start()).isEqualTo(Start.fresh(TUNED));
            assertThat(lesson.training()).isEqualTo(VERIFIERS);
            assertThat(lesson.objective()).isEqualTo(Objective.Dpo.asInPaper());
        });
        assertThat(verifiers()).singleElement().satisfies(offered -> {
            assertThat(offered.round()).isEqualTo(3);
            assertThat(offered.name()).isEqualTo("verifier");
            assertThat(((Verifier.Preferring) offered.verifier()).reference()).isEqualTo(TUNED);
            assertThat(offered.verifier().model())
                    .isNotIn(TUNED, BASE, run.offered().get(3));
        });
    }

    @Test
    void the_verifier_learns_from_right_and_wrong_samples_of_all_rounds_of_the_same_problem() {
        improve(HALF);
        List<Preference> pairs = pairs(lessons("verify").getFirst());
        List<String> wrong = pairs.stream()
                .map(pair -> pair.id().split(" > ", -1)[1])
                .distinct()
                .toList();
        assertThat(wrong)
                .contains(
                        "sample/1/p1/1",
                        "sample/1/p1/3",
                        "sample/2/p1/1",
                        "sample/2/p1/3",
                        "sample/3/p1/1",
                        "sample/3/p1/3")
                .contains("sample/2/p5/1")
                .doesNotContain("sample/1/p5/1");
        assertThat(pairs).allSatisfy(pair -> {
            String problem = pair.prompt().getFirst().text().substring("say ".length());
            assertThat(pair.id()).matches("(sample/\\d/)?p" + problem + "(/\\d)? > sample/\\d/p" + problem + "/\\d");
        });
    }

    /// Problem 1 has the worked answer and one right text besides, and six wrong ones: 2 x 6.
    @Test
    void worked_answers_are_right_answers_of_their_problems_which_are_asked_too() {
        improve(HALF);
        List<String> ofFirst = pairs(lessons("verify").getFirst()).stream()
                .map(Preference::id)
                .filter(id -> id.contains("/p1/"))
                .toList();
        assertThat(ofFirst).hasSize(12).filteredOn(id -> id.startsWith("p1 > ")).hasSize(6);
    }

    @Test
    void what_nobody_could_judge_is_neither_right_nor_wrong() {
        improve((model, prompt, index, seed) -> index == 3 ? "x".repeat(50) : HALF.write(model, prompt, index, seed));
        assertThat(pairs(lessons("verify").getFirst()))
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(pair.id()).doesNotMatch(".*/3( > .*)?"));
    }

    @Test
    void a_round_in_which_nothing_is_right_learns_nothing_and_the_run_goes_on() {
        Script failing = (model, prompt, index, seed) ->
                model.equals(TUNED) ? "no " + index : HALF.write(model, prompt, index, seed);
        Model last = method(failing, 2, When.ONCE, Set.of())
                .run(BASE, TUNED, worked(1), _ -> Problems.numbered(3).subList(1, 3), run);
        assertThat(last).isEqualTo(TUNED);
        assertThat(run.offered()).containsEntry(1, TUNED).containsEntry(2, TUNED);
        assertThat(notes()).extracting(RunEvent.Note::round).containsExactly(1, 2);
        assertThat(notes().getFirst().text()).contains("nothing to learn from");
        assertThat(pairs(lessons("verify").getFirst()))
                .as("the worked answer is still right")
                .extracting(Preference::id)
                .containsExactlyInAnyOrder(
                        "p1 > sample/1/p1/0", "p1 > sample/1/p1/1", "p1 > sample/1/p1/2", "p1 > sample/1/p1/3");
    }

    @Test
    void where_all_is_right_or_all_is_wrong_there_is_no_verifier_and_the_log_says_so() {
        improve((_, prompt, _, _) -> answer(prompt.problem()), When.EACH_ROUND, Set.of(Control.values()));
        assertThat(lessons("learn")).hasSize(3);
        assertThat(learner.lessons()).hasSize(3);
        assertThat(verifiers()).isEmpty();
        assertThat(notes())
                .extracting(RunEvent.Note::text)
                .hasSize(3)
                .allMatch(text -> text.contains("no problem has both right and wrong answers"));
        ScratchRun wrong = new ScratchRun(1, Path.of("scratch"));
        Model same = method((_, _, _, _) -> "no", 1, When.ONCE, Set.of())
                .run(BASE, BASE, new LinkedHashMap<>(), _ -> Problems.numbered(2), wrong);
        assertThat(same).isEqualTo(BASE);
        assertThat(wrong.events().stream().filter(RunEvent.OfferedVerifier.class::isInstance))
                .isEmpty();
    }

    @Test
    void without_a_warm_start_the_base_model_stands_for_the_tuned_one() {
        method(HALF, 1, When.ONCE, Set.of()).run(BASE, BASE, new LinkedHashMap<>(), _ -> Problems.numbered(1), run);
        assertThat(lessons("verify").getFirst().start()).isEqualTo(Start.fresh(BASE));
        assertThat(pairs(lessons("verify").getFirst()))
                .as("one problem with one right and two wrong texts")
                .hasSize(2);
    }

    @Test
    void after_each_round_a_verifier_learns_from_what_there_is_until_then() {
        improve(HALF, When.EACH_ROUND, Set.of());
        assertThat(verifiers()).extracting(RunEvent.OfferedVerifier::round).containsExactly(1, 2, 3);
        assertThat(pairs(lessons("verify").getFirst()))
                .allSatisfy(pair -> assertThat(pair.id()).doesNotContain("sample/2", "sample/3"));
        assertThat(lessons("verify"))
                .allSatisfy(lesson -> assertThat(lesson.start()).isEqualTo(Start.fresh(TUNED)));
    }

    @Test
    void controls_learn_beside_it_what_has_to_choose_worse() {
        improve(HALF, When.ONCE, Set.of(Control.values()));
        assertThat(verifiers())
                .extracting(RunEvent.OfferedVerifier::name)
                .containsExactly("verifier", "swapped verifier", "first-round verifier", "outcome verifier");
        assertThat(verifiers()).extracting(each -> each.verifier().model()).doesNotHaveDuplicates();
        List<Preference> pairs = pairs(lessons("verify").getFirst());
        List<Preference> swapped = pairs(lessons("verify-swapped").getFirst());
        assertThat(swapped)
                .extracting(Preference::chosen)
                .containsExactlyElementsOf(
                        pairs.stream().map(Preference::rejected).toList());
        assertThat(pairs(lessons("verify-first").getFirst()))
                .isNotEmpty()
                .allSatisfy(pair -> assertThat(pair.id()).doesNotContain("sample/2", "sample/3"));
        assertThat(List.of("verify-swapped", "verify-first", "verify-outcome")).allSatisfy(step -> {
            Lesson lesson = lessons(step).getFirst();
            assertThat(lesson.start()).isEqualTo(Start.fresh(TUNED));
            assertThat(lesson.training())
                    .as("a new head starts at 0, so it learns at the generator's rate")
                    .isEqualTo(
                            step.equals("verify-outcome")
                                    ? VERIFIERS.withLearningRate(GENERATORS.learningRate())
                                    : VERIFIERS);
        });
    }

    /// All is right until the first round's generator begins to err.
    @Test
    void a_control_that_has_nothing_to_learn_from_is_told_of() {
        Script erring = (model, prompt, index, seed) ->
                model.equals(TUNED) ? answer(prompt.problem()) : HALF.write(model, prompt, index, seed);
        improve(erring, When.ONCE, Set.of(Control.FIRST_ROUND));
        assertThat(verifiers()).extracting(RunEvent.OfferedVerifier::name).containsExactly("verifier");
        assertThat(notes())
                .extracting(RunEvent.Note::text)
                .containsExactly(
                        "no problem has both right and wrong answers, so there is no first-round verifier to learn");
    }

    /// Of each of four problems the right text and six wrong ones, of the fifth four; three worked texts.
    @Test
    void the_classifier_learns_every_labelled_text_once_with_its_label() {
        improve(HALF, When.ONCE, Set.of(Control.OUTCOME));
        Lesson lesson = lessons("verify-outcome").getFirst();
        assertThat(lesson.objective()).isEqualTo(new Objective.StepReward());
        List<StepLabels> answers = ((LabelledSteps) lesson.examples()).all();
        assertThat(answers).extracting(StepLabels::id).doesNotHaveDuplicates().contains("p1", "sample/3/p5/3");
        assertThat(answers).hasSize(4 * 7 + 5 + 3);
        assertThat(answers).allSatisfy(each -> assertThat(each.steps()).hasSize(1));
        assertThat(answers.stream().filter(each -> each.steps().getFirst().label() == StepLabels.Label.RIGHT))
                .hasSize(5 + 3);
        assertThat(verifiers().getLast().verifier()).isInstanceOf(Verifier.Grading.class);
    }

    @Test
    void twice_the_same_is_the_same() {
        improve(HALF, When.EACH_ROUND, Set.of(Control.values()));
        List<Lesson> first = learner.lessons();
        improve(HALF, When.EACH_ROUND, Set.of(Control.values()));
        List<Lesson> both = new ArrayList<>(first);
        both.addAll(first);
        assertThat(learner.lessons()).isEqualTo(both);
    }

    @Test
    void counts_below_one_are_refused() {
        assertThatThrownBy(() -> method(HALF, 0, When.ONCE, Set.of())).hasMessageContaining("rounds");
        assertThatThrownBy(() -> new Verifying(Objective.Dpo.asInPaper(), 0, VERIFIERS, When.ONCE, Set.of()))
                .hasMessageContaining("at least 1");
    }
}
