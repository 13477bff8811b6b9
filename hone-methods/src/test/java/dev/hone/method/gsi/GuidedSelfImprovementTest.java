package dev.hone.method.gsi;

import static dev.hone.method.gsi.Sums.BASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Segment;
import dev.hone.generate.Prompt;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.select.AtLeast;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class GuidedSelfImprovementTest {
    private static final Budget SMALL = new Budget(2, 1, 3);
    private static final Model FIRST = Problems.model("warm");
    private static final Training TRAINING = new Training(
            new Training.Length.Epochs(1),
            4,
            1e-5,
            new Training.Schedule(0.1, Training.Schedule.Decay.LINEAR),
            Training.AdamW.standard(),
            1,
            Training.Order.SHUFFLED);

    /// The first two of four problems are solved plainly, the third with two steps of its worked answer; the fourth
    /// never.
    private static final Script TAIL = (_, prompt, index, _) -> {
        int number = Sums.number(prompt.problem());
        boolean helped = number == 3
                && prompt.origin() instanceof Origin.Begun(String _, String text)
                && text.equals("one\ntwo\n");
        return number < 3 || helped ? " ".repeat(index) + number : "no";
    };

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Prompt> asked = new ArrayList<>();

    private GuidedSelfImprovement method(Script script, int rounds, Budget budget, Guidance guidance, TrainingSet set) {
        return new GuidedSelfImprovement(
                rounds,
                budget,
                Sums.SAMPLING,
                guidance,
                new Difficulty.Fact("digits"),
                set,
                TRAINING,
                new ScriptedGenerator((model, prompt, index, seed) -> {
                    asked.add(prompt);
                    return script.write(model, prompt, index, seed);
                }),
                new ReferenceJudge(Map.of()),
                InTurn.of(new AtLeast(1), new Distinct()),
                learner);
    }

    private Model improve(Script script, int rounds, Budget budget, Guidance guidance) {
        return method(script, rounds, budget, guidance, TrainingSet.asInPaper())
                .run(BASE, FIRST, _ -> Sums.problems(4), run);
    }

    private List<String> lesson(int index) {
        return ((Demonstrations) learner.lessons().get(index).examples())
                .all().stream().map(Demonstration::id).toList();
    }

    private SortedMap<String, Double> health(int round) {
        return run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(RunEvent.RoundHealth.class::cast)
                .filter(each -> each.round() == round)
                .findFirst()
                .orElseThrow()
                .figures();
    }

    private List<String> notes() {
        return run.events().stream()
                .filter(RunEvent.Note.class::isInstance)
                .map(event -> ((RunEvent.Note) event).text())
                .toList();
    }

    private long guided(int problem) {
        return asked.stream()
                .filter(prompt -> Sums.number(prompt.problem()) == problem)
                .filter(prompt -> prompt.origin() instanceof Origin.Begun)
                .count();
    }

    @Test
    void every_problem_is_asked_plainly_first() {
        improve(TAIL, 1, SMALL, Sums.STATE_RESET);
        assertThat(asked.subList(0, 8)).allSatisfy(prompt -> {
            assertThat(prompt).isEqualTo(Prompt.of(prompt.problem(), 2, Sums.SAMPLING));
        });
    }

    @Test
    void only_problems_with_too_few_right_samples_are_guided_once_a_pass_until_they_have_enough() {
        improve(TAIL, 1, SMALL, Sums.STATE_RESET);
        assertThat(List.of(guided(1), guided(2), guided(3), guided(4)))
                .as("the third is solved in the second pass, the fourth uses all three")
                .containsExactly(0L, 0L, 2L, 3L);
    }

    @Test
    void fewer_right_than_wanted_is_asked_again_even_where_some_are_right() {
        improve(TAIL, 1, new Budget(2, 3, 1), Sums.STATE_RESET);
        assertThat(guided(1)).as("two of two are right, three are wanted").isEqualTo(1);
    }

    @Test
    void passes_end_when_nothing_is_left_to_ask() {
        improve((_, prompt, _, _) -> Sums.answer(prompt.problem()), 1, new Budget(2, 1, 50), Sums.STATE_RESET);
        assertThat(asked).hasSize(8);
        assertThat(run.events()).hasSizeLessThan(10);
    }

    @Test
    void every_round_learns_from_the_base_model_and_the_first_is_drawn_from_the_warm_one() {
        List<Model> drawing = new ArrayList<>();
        Script script = (model, prompt, index, seed) -> {
            drawing.add(model);
            return TAIL.write(model, prompt, index, seed);
        };
        improve(script, 3, SMALL, Sums.STATE_RESET);
        assertThat(learner.lessons())
                .hasSize(3)
                .allSatisfy(lesson -> assertThat(lesson.start()).isEqualTo(Start.fresh(BASE)));
        assertThat(drawing.getFirst()).isEqualTo(FIRST);
        assertThat(drawing.getLast()).isEqualTo(run.offered().get(2));
    }

    @Test
    void what_is_kept_is_right_of_this_round_only_and_each_text_once() {
        improve(TAIL, 2, SMALL, Sums.STATE_RESET);
        assertThat(lesson(1))
                .hasSize(5)
                .allMatch(id -> id.contains("/2/"))
                .startsWith("sample/2/p1/0", "sample/2/p1/1", "sample/2/p2/0", "sample/2/p2/1")
                .anyMatch(id -> id.startsWith("guide-2/2/p3/(gold~"));
    }

    @Test
    void a_text_that_guidance_brings_once_more_is_learned_once() {
        Script same = (_, prompt, _, _) -> prompt.origin() instanceof Origin.Begun ? "1" : "one\n1";
        method(same, 1, new Budget(1, 2, 1), Sums.STATE_RESET, TrainingSet.asInPaper())
                .run(BASE, BASE, _ -> Sums.problems(1), run);
        assertThat(lesson(0)).containsExactly("sample/1/p1/0");
    }

    @Test
    void older_rounds_and_worked_answers_are_added_on_request() {
        TrainingSet more = new TrainingSet(
                new Window.All(),
                Segment.Loss.COUNTED,
                TrainingSet.Under.PLAIN,
                new TrainingSet.Original.Added(Sums.SOLUTIONS));
        method(TAIL, 2, SMALL, Sums.STATE_RESET, more).run(BASE, FIRST, _ -> Sums.problems(4), run);
        assertThat(lesson(0)).hasSize(5 + 4);
        assertThat(lesson(1)).hasSize(2 * 5 + 4).endsWith("gold/p1", "gold/p2", "gold/p3", "gold/p4");
    }

    @Test
    void hinted_samples_are_learned_under_the_plain_prompt() {
        Script hinted = (_, prompt, _, _) -> Sums.seen(prompt).contains("It is") ? Sums.answer(prompt.problem()) : "no";
        improve(hinted, 1, SMALL, new Guidance.Answer(Sums.ANSWERS, Sums.ANSWER));
        Demonstrations learned = (Demonstrations) learner.lessons().getFirst().examples();
        assertThat(learned.all())
                .hasSize(4)
                .allSatisfy(example -> assertThat(example.prompt().getLast().text())
                        .startsWith("say ")
                        .doesNotContain("It is"));
    }

    @Test
    void a_teachers_critique_leads_to_a_rewrite() {
        Script taught = (model, prompt, _, _) -> {
            if (model.id().equals("teacher")) {
                return "look again";
            }
            return Sums.seen(prompt).endsWith("no: look again") ? Sums.answer(prompt.problem()) : "no";
        };
        improve(
                taught,
                1,
                SMALL,
                new Guidance.Teacher(
                        Sums.SOLUTIONS,
                        Problems.model("teacher"),
                        Guidance.Teacher.asInPaper(30),
                        Sums.ASKED,
                        Sums.SHOWN));
        assertThat(lesson(0)).hasSize(4);
        assertThat(health(1)).contains(entry("calls", 4.0), entry("critiques that leak", 0.0), entry("guided", 1.0));
    }

    @Test
    void vanilla_and_brute_force_are_settings() {
        improve(TAIL, 1, new Budget(2, 0, 0), new Guidance.None());
        assertThat(asked).hasSize(8);
        assertThat(health(1)).contains(entry("calls", 2.0), entry("guided", 0.0));
        asked.clear();
        Script lucky = (_, prompt, index, seed) -> seed % 3 == 0 ? Sums.answer(prompt.problem()) : "no";
        improve(lucky, 1, new Budget(2, 1, 128), new Guidance.None());
        assertThat(lesson(1)).as("drawn until each has one").hasSizeBetween(4, 8);
        assertThat(asked).hasSizeGreaterThan(8).allMatch(prompt -> prompt.origin() instanceof Origin.Fresh);
        assertThat(Budget.asInPaper()).isEqualTo(new Budget(8, 4, 8));
        assertThat(Budget.vanilla()).isEqualTo(new Budget(8, 0, 0));
        assertThat(Budget.bruteForce()).isEqualTo(new Budget(8, 4, 128));
    }

    /// Kept are two samples each of p1 and p2, of one token at least, and "one two 3" of p3: nine tokens, eight of
    /// them gold. Of the blanks before the second answers there are two: 1 + 2 + 1 + 2 + 9 tokens.
    @Test
    void coverage_calls_and_what_guidance_did_are_told() {
        improve(TAIL, 1, SMALL, Sums.STATE_RESET);
        assertThat(health(1))
                .contains(
                        entry("coverage plain", 0.5),
                        entry("coverage", 0.75),
                        entry("coverage 2", 1.0),
                        entry("coverage 4", 1.0),
                        entry("coverage 5", 0.0),
                        entry("guided", 0.2),
                        entry("tail narrowing", 0.25))
                .doesNotContainKey("coverage 1");
        for (String name : List.of("coverage", "tail narrowing")) {
            assertThat(health(1).get(name))
                    .isStrictlyBetween(health(1).get(name + " low"), health(1).get(name + " high"));
        }
        assertThat(health(1).get("calls")).isCloseTo((8 + 2 + 3) / 4.0, within(1e-9));
        assertThat(health(1).get("gold tokens")).isCloseTo(8.0 / 15, within(1e-9));
        assertThat(notes()).isEmpty();
    }

    @Test
    void a_set_that_is_mostly_guided_is_pointed_out() {
        improve(
                (_, prompt, _, _) -> prompt.origin() instanceof Origin.Begun ? Sums.answer(prompt.problem()) : "no",
                1,
                SMALL,
                Sums.STATE_RESET);
        assertThat(notes()).anyMatch(note -> note.startsWith("100% of the kept samples were guided"));
    }

    @Test
    void a_round_without_a_right_sample_trains_on_nothing_not_on_worked_answers_and_says_so() {
        TrainingSet added = new TrainingSet(
                new Window.Last(1),
                Segment.Loss.COUNTED,
                TrainingSet.Under.PLAIN,
                new TrainingSet.Original.Added(Sums.SOLUTIONS));
        Model last = method((_, _, _, _) -> "no", 2, SMALL, Sums.STATE_RESET, added)
                .run(BASE, FIRST, _ -> Sums.problems(4), run);
        assertThat(last).isEqualTo(FIRST);
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsEntry(1, FIRST).containsEntry(2, FIRST);
        assertThat(notes()).contains("no sample was accepted, so there is nothing to learn from");
    }

    @Test
    void samples_that_are_cut_count_as_not_right_and_are_never_learned() {
        improve((_, prompt, _, _) -> Sums.answer(prompt.problem()) + " ".repeat(40), 1, SMALL, Sums.STATE_RESET);
        assertThat(learner.lessons()).isEmpty();
        assertThat(guided(1)).isEqualTo(3);
    }

    @Test
    void a_problem_of_which_nothing_is_known_is_asked_plainly_only() {
        Guidance two = new Guidance.StateReset(
                problem -> Sums.number(problem) < 4 ? Sums.SOLUTIONS.of(problem) : Optional.empty(),
                new PrefixSchedule.Steps("\n"));
        improve(TAIL, 1, SMALL, two);
        assertThat(List.of(guided(3), guided(4))).containsExactly(2L, 0L);
        assertThat(notes())
                .contains("1 of 4 problems are asked without guidance, for lack of a worked answer that can be cut");
    }

    @Test
    void a_run_of_which_nothing_is_known_is_refused_before_anything_is_drawn() {
        Guidance nothing = new Guidance.Answer(_ -> Optional.empty(), Sums.ANSWER);
        assertThatThrownBy(() -> improve(TAIL, 1, SMALL, nothing))
                .isInstanceOf(HoneException.class)
                .hasMessageContainingAll("none of the 4 problems", "an answer", "choose another guidance");
        assertThat(asked).isEmpty();
        improve(TAIL, 1, new Budget(2, 0, 0), nothing); // nobody is to be guided
        assertThat(learner.lessons()).hasSize(1);
    }

    @Test
    void levels_stay_those_of_the_first_round() {
        improve(TAIL, 1, SMALL, Sums.STATE_RESET);
        SortedMap<String, Double> alone = health(1);
        ScratchRun other = new ScratchRun(1, Path.of("scratch"));
        method(TAIL, 2, SMALL, Sums.STATE_RESET, TrainingSet.asInPaper())
                .run(BASE, FIRST, round -> Sums.problems(round == 1 ? 4 : 3), other);
        assertThat(alone).containsEntry("coverage 5", 0.0);
        assertThat(((RunEvent.RoundHealth) other.events().stream()
                                .filter(event -> event instanceof RunEvent.RoundHealth health && health.round() == 2)
                                .findFirst()
                                .orElseThrow())
                        .figures())
                .as("the hardest of the second round is level 4 still")
                .containsEntry("coverage 4", 1.0)
                .doesNotContainKey("coverage 5");
    }

    @Test
    void levels_that_most_problems_of_a_round_lack_are_not_told() {
        ScratchRun other = new ScratchRun(1, Path.of("scratch"));
        GuidedSelfImprovement first = method(TAIL, 2, SMALL, Sums.STATE_RESET, TrainingSet.asInPaper());
        new GuidedSelfImprovement(
                        2,
                        SMALL,
                        Sums.SAMPLING,
                        Sums.STATE_RESET,
                        new Difficulty.FirstRound(),
                        TrainingSet.asInPaper(),
                        TRAINING,
                        first.generator(),
                        first.judge(),
                        first.selector(),
                        learner)
                .run(BASE, FIRST, round -> Sums.problems(round == 1 ? 1 : 4), other);
        assertThat(other.events())
                .filteredOn(RunEvent.RoundHealth.class::isInstance)
                .extracting(event -> ((RunEvent.RoundHealth) event).figures().containsKey("tail narrowing"))
                .containsExactly(true, false);
    }

    @Test
    void one_problem_is_enough_and_the_same_object_runs_twice_with_the_same_result() {
        GuidedSelfImprovement method = method(TAIL, 2, SMALL, Sums.STATE_RESET, TrainingSet.asInPaper());
        List<Problem> one = Sums.problems(1);
        Model once = method.run(BASE, FIRST, _ -> one, new ScratchRun(1, Path.of("scratch")));
        assertThat(method.run(BASE, FIRST, _ -> one, new ScratchRun(1, Path.of("scratch"))))
                .isEqualTo(once);
    }

    @Test
    void counts_that_make_no_sense_are_refused() {
        assertThatThrownBy(() -> new Budget(0, 1, 1)).hasMessageContaining("samples must be at least 1 but was 0");
        assertThatThrownBy(() -> new Budget(1, -1, 1)).hasMessageContaining("at least 0 but were -1 and 1");
        assertThatThrownBy(() -> improve(TAIL, 0, SMALL, Sums.STATE_RESET))
                .hasMessageContaining("rounds must be at least 1 but was 0");
    }
}
