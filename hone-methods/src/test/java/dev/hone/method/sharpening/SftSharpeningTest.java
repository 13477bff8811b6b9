package dev.hone.method.sharpening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Checker;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Training;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.select.OnePerProblem.Pick;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class SftSharpeningTest {
    private static final Model BASE = Problems.model("base");
    private static final Map<String, Checker> CHECKERS = Map.of();

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Prompt> asked = new ArrayList<>();
    private final List<Model> scoring = new ArrayList<>();

    /// The longer a text, the less likely; of a long one each token is likelier.
    private final ScriptedLikelihood likelihood = new ScriptedLikelihood((model, _, text) -> {
        scoring.add(model);
        return -1.0 / Math.sqrt(text.length());
    });

    private static Training training() {
        return new Training(
                new Training.Length.Steps(5),
                4,
                1e-3,
                new Training.Schedule(0, Training.Schedule.Decay.LINEAR),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
    }

    private Model sharpen(
            int rounds, Enough enough, SelfReward reward, Pick pick, Script script, List<Problem> problems) {
        Generator scripted = new ScriptedGenerator(script);
        Generator generator = (model, prompts, step) -> {
            asked.addAll(prompts);
            return scripted.generate(model, prompts, step);
        };
        return new SftSharpening(
                        rounds,
                        4,
                        8,
                        enough,
                        reward,
                        pick,
                        training(),
                        generator,
                        likelihood,
                        new ReferenceAnswers(CHECKERS),
                        new ReferenceJudge(CHECKERS),
                        Recording.NONE,
                        learner)
                .run(BASE, _ -> problems, run);
    }

    private Model sharpen(SelfReward reward, Pick pick, Script script) {
        return sharpen(1, new Enough.AtOnce(), reward, pick, script, Problems.numbered(2));
    }

    private static String lengths(Model model, Prompt prompt, int index, long seed) {
        return List.of("aaa", "a", "aaaaa", "aaaa").get(index);
    }

    /// What was learned, as text.
    private List<String> learned(int lesson) {
        Demonstrations examples = (Demonstrations) learner.lessons().get(lesson).examples();
        return examples.all().stream().map(ScriptedLikelihood::completion).toList();
    }

    private SortedMap<String, Double> health() {
        return run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .map(event -> ((RunEvent.RoundHealth) event).figures())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void of_each_problem_the_likeliest_sample_is_learned_from_the_base() {
        Model sharpened = sharpen(SelfReward.LIKELIHOOD, Pick.BEST, SftSharpeningTest::lengths);

        assertThat(learned(0)).containsExactly("a", "a");
        assertThat(learner.lessons().getFirst().start().weights()).isEqualTo(BASE);
        assertThat(run.offered()).containsExactly(Map.entry(1, sharpened));
    }

    @Test
    void for_each_token_a_longer_sample_may_be_likelier() {
        sharpen(SelfReward.MEAN, Pick.BEST, SftSharpeningTest::lengths);

        assertThat(learned(0)).containsExactly("aaaaa", "aaaaa");
    }

    @Test
    void the_worst_and_one_by_chance_are_controls() {
        sharpen(SelfReward.LIKELIHOOD, Pick.WORST, SftSharpeningTest::lengths);
        assertThat(learned(0)).containsExactly("aaaaa", "aaaaa");

        sharpen(SelfReward.LIKELIHOOD, Pick.RANDOM, SftSharpeningTest::lengths);
        assertThat(learned(1)).hasSize(2).allMatch(List.of("aaa", "a", "aaaaa", "aaaa")::contains);
    }

    @Test
    void the_majority_is_of_answers_and_the_first_that_gives_it_is_learned() {
        sharpen(
                SelfReward.MAJORITY,
                Pick.BEST,
                (_, _, index, _) -> List.of("7", "12", " 12", "9").get(index));

        assertThat(learned(0)).containsExactly("12", "12");
    }

    /// Numbered problems have their numbers for answers; here every answer is wrong, and nobody minds.
    @Test
    void what_is_right_is_told_and_not_learned() {
        sharpen(
                SelfReward.LIKELIHOOD,
                Pick.BEST,
                (_, prompt, index, _) -> index == 0
                        ? "wrong" // likelier than the right answer with its blanks
                        : " ".repeat(6) + prompt.problem().id().substring(1));

        assertThat(learned(0)).containsExactly("wrong", "wrong");
        assertThat(health())
                .containsEntry("right", 0.75)
                .containsEntry("one right", 1.0)
                .containsEntry("best of N right", 0.0)
                .containsEntry("kept", 0.25);
    }

    @Test
    void samples_are_drawn_at_temperature_1_from_the_whole_distribution() {
        sharpen(SelfReward.LIKELIHOOD, Pick.BEST, SftSharpeningTest::lengths);

        assertThat(asked).allSatisfy(prompt -> {
            assertThat(prompt.sampling().temperature()).isEqualTo(1);
            assertThat(prompt.sampling().warping()).isEqualTo(dev.hone.data.Warping.NONE);
        });
    }

    @Test
    void another_round_takes_the_sharpened_model_for_its_base() {
        Model sharpened = sharpen(
                2,
                new Enough.AtOnce(),
                SelfReward.LIKELIHOOD,
                Pick.BEST,
                (model, _, index, _) -> model.equals(BASE) ? "aa".substring(index % 2) : "b",
                Problems.numbered(1));

        Model first = run.offered().get(1);
        assertThat(scoring).contains(BASE).contains(first);
        assertThat(learner.lessons().get(1).start().weights()).isEqualTo(first);
        assertThat(learned(1)).containsExactly("b");
        assertThat(run.offered()).containsEntry(2, sharpened);
    }

    /// Tokens have a log-probability of -0.5: "a" needs k >= mu e^0.5 = 4.94, so 5; ten letters would need 445.
    @Test
    void adaptively_a_sure_problem_gets_fewer_samples_than_an_unsure_one() {
        sharpen(
                1,
                new Enough.Adaptive(0.1, 10),
                SelfReward.LIKELIHOOD,
                Pick.BEST,
                (_, prompt, _, _) -> prompt.problem().id().equals("p1") ? "a" : "bbbbbbb",
                Problems.numbered(2));

        assertThat(asked.stream().filter(prompt -> prompt.problem().id().equals("p1")))
                .as("four at a time, twice")
                .hasSize(2);
        assertThat(asked.stream().filter(prompt -> prompt.problem().id().equals("p2")))
                .as("three times, until there are ten")
                .hasSize(3);
        assertThat(health()).containsEntry("samples", (5 + 10) / 2.0);
        assertThat(learned(0)).containsExactly("a", "bbbbbbb");
    }

    @Test
    void samples_that_did_not_end_have_no_reward_and_a_problem_with_no_other_is_left_out() {
        sharpen(
                SelfReward.LIKELIHOOD,
                Pick.BEST,
                (_, prompt, index, _) ->
                        prompt.problem().id().equals("p1") || index == 0 ? "far too long a text" : "aa");

        assertThat(learned(0)).containsExactly("aa");
    }

    @Test
    void where_no_sample_has_a_reward_nothing_is_learned_and_the_log_says_so() {
        Model same = sharpen(SelfReward.LIKELIHOOD, Pick.BEST, (_, _, _, _) -> "far too long a text");

        assertThat(same).isEqualTo(BASE);
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsExactly(Map.entry(1, BASE));
        assertThat(run.events())
                .contains(new RunEvent.Note(1, "no sample has a self-reward, so there is nothing to learn from"));
    }

    @Test
    void without_problems_the_base_model_is_offered() {
        Model same =
                sharpen(1, new Enough.AtOnce(), SelfReward.MAJORITY, Pick.BEST, SftSharpeningTest::lengths, List.of());

        assertThat(same).isEqualTo(BASE);
        assertThat(run.offered()).containsEntry(1, BASE);
    }

    @Test
    void how_sharp_the_model_is_already_is_told() {
        sharpen(SelfReward.LIKELIHOOD, Pick.BEST, (_, _, index, _) -> index < 3 ? "aa" : "aaaa");

        assertThat(health())
                .containsEntry("mass on likeliest", 0.75)
                .containsEntry("likeliest", -1.0)
                .hasEntrySatisfying(
                        "coverage 1/p",
                        value -> assertThat(value).isCloseTo(Math.E, org.assertj.core.data.Offset.offset(1e-9)));
    }

    @Test
    void two_executions_do_the_same() {
        sharpen(SelfReward.LIKELIHOOD, Pick.RANDOM, SftSharpeningTest::lengths);
        sharpen(SelfReward.LIKELIHOOD, Pick.RANDOM, SftSharpeningTest::lengths);

        assertThat(learned(0)).isEqualTo(learned(1));
    }
}
