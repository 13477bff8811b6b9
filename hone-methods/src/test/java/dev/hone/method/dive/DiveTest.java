package dev.hone.method.dive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Examples.Preferences;
import dev.hone.data.Model;
import dev.hone.data.Preference;
import dev.hone.data.Sampling;
import dev.hone.generate.HashedNGrams;
import dev.hone.generate.Prompt;
import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.method.dive.Pooling.Growth;
import dev.hone.method.dive.Pooling.Scope;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import dev.hone.testkit.ScriptedGenerator.Script;
import dev.hone.testkit.ScriptedLearner;
import dev.hone.testkit.ScriptedLikelihood;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DiveTest {
    private static final Model BASE = Problems.model("base");
    private static final String NOTHING =
            "no problem has both a right and a wrong sample, so there is nothing to learn from";
    private static final Training TRAINING = new Training(
            new Training.Length.Epochs(1),
            64,
            3e-8,
            new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
            Training.AdamW.standard(),
            1,
            Training.Order.SHUFFLED);

    private final ScriptedLearner learner = new ScriptedLearner();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));
    private final List<Integer> opened = new ArrayList<>();
    private final List<Prompt> prompted = new ArrayList<>();

    /// Half right, half wrong, another wording by each model for each.
    private static String half(Model model, Prompt prompt, int index, long seed) {
        return (index % 2 == 0 ? "r" : "w") + " by " + model.id() + " number " + index;
    }

    private Model improve(Script script, Pooling pooling, int pairs, int problems) {
        return new Dive(
                        3,
                        pooling,
                        Selection.Diverse.standard(),
                        pairs,
                        Mixture.asInPaper(),
                        new Sampling(0.7, 64),
                        TRAINING,
                        new ScriptedGenerator((model, prompt, index, seed) -> {
                            prompted.add(prompt);
                            return script.write(model, prompt, index, seed);
                        }),
                        Pools.JUDGE,
                        HashedNGrams.standard(),
                        new ScriptedLikelihood(
                                (model, _, text) -> -3 + (model.equals(BASE) ? 0 : text.startsWith("r") ? 0.5 : -0.25)),
                        Recording.NONE,
                        learner)
                .run(
                        BASE,
                        round -> {
                            opened.add(round);
                            return Problems.numbered(problems);
                        },
                        run);
    }

    private static Pooling pooling(int samples, Scope scope) {
        return new Pooling(samples, Growth.CONSTANT, scope);
    }

    private List<Preference> lesson(int index) {
        return ((Preferences) learner.lessons().get(index).examples()).all();
    }

    private SortedMap<String, Double> health(int round) {
        SortedMap<String, Double> figures = new TreeMap<>();
        for (RunEvent event : run.events()) {
            if (event instanceof RunEvent.RoundHealth(int told, var some) && told == round) {
                figures.putAll(some);
            }
        }
        return figures;
    }

    @Test
    void every_round_learns_from_the_model_of_the_round_before_and_is_compared_with_it() {
        Model last = improve(DiveTest::half, pooling(4, Scope.ROUND), 5, 2);
        List<Model> models = new ArrayList<>(List.of(BASE));
        models.addAll(run.offered().values());
        assertThat(learner.lessons())
                .extracting(ScriptedLearner.Lesson::start)
                .containsExactlyElementsOf(
                        models.subList(0, 3).stream().map(Start::fresh).toList());
        assertThat(last).isEqualTo(run.offered().get(3));
    }

    // alpha 0.5: (1 - 0.5) / 0.5 = 1; alpha 0.25: 0.75 / 0.25 = 3; alpha 1: no likelihood
    @Test
    void the_likelihood_of_the_right_side_is_a_mean_over_its_tokens_and_weighs_as_the_paper_says() {
        improve(DiveTest::half, pooling(4, Scope.ROUND), 5, 2);
        assertThat(learner.lessons().getFirst().objective())
                .isEqualTo(new Objective.Dpo(
                        new Contrast.Sigmoid(), 0.4, new ChosenLikelihood(1, ChosenLikelihood.Mean.PAIR)));
        assertThat(new Mixture(0.25, 0.1).objective().likelihood().weight()).isEqualTo(3);
        assertThat(new Mixture(1, 0.1).objective().likelihood().weight()).isZero();
        assertThatThrownBy(() -> new Mixture(0, 0.1)).hasMessageContaining("(0, 1] but was 0.0");
        assertThatThrownBy(() -> new Mixture(0.5, 0)).hasMessageContaining("beta must be a finite number above 0");
    }

    @Test
    void the_same_questions_are_asked_in_every_round() {
        improve(DiveTest::half, pooling(2, Scope.GLOBAL), 5, 3);
        assertThat(opened).containsExactly(1);
        assertThat(prompted)
                .extracting(prompt -> prompt.problem().id())
                .hasSize(18)
                .containsOnly("p1", "p2", "p3");
        assertThat(prompted).extracting(Prompt::sampling).containsOnly(new Sampling(0.7, 64));
    }

    @Test
    void a_global_pool_has_the_samples_of_all_rounds_and_another_only_its_own() {
        improve(DiveTest::half, pooling(2, Scope.GLOBAL), 5, 1);
        assertThat(lesson(2))
                .as("a right and a wrong one of each of three rounds")
                .hasSize(3);
        assertThat(lesson(2).toString()).contains("sample/1/p1/0", "sample/2/p1/1", "sample/3/p1/0");
        improve(DiveTest::half, pooling(2, Scope.ROUND), 5, 1);
        assertThat(lesson(5)).extracting(Preference::id).containsExactly("sample/3/p1/0 > sample/3/p1/1");
    }

    @Test
    void with_growing_samples_a_round_draws_as_many_as_a_global_pool_has() {
        improve(DiveTest::half, new Pooling(10, Growth.GROWING, Scope.ROUND), 5, 1);
        assertThat(prompted.stream().map(Prompt::samples).distinct()).containsExactly(10, 20, 30);
    }

    @Test
    void what_was_cut_short_is_on_neither_side() {
        improve(
                (_, _, index, _) -> index == 0 ? "r" : index == 1 ? "w" : "w".repeat(80),
                pooling(3, Scope.ROUND),
                5,
                1);
        assertThat(lesson(0)).extracting(Preference::id).containsExactly("sample/1/p1/0 > sample/1/p1/1");
        assertThat(health(1)).containsEntry("pairs", 1.0).containsEntry("truncated", 1 / 3.0);
    }

    @Test
    void where_nothing_is_right_or_nothing_wrong_nothing_is_learned_and_the_log_says_so() {
        for (String all : List.of("w", "r", "?")) {
            assertThat(improve((_, _, _, _) -> all, pooling(4, Scope.GLOBAL), 5, 2))
                    .isEqualTo(BASE);
        }
        assertThat(learner.lessons()).isEmpty();
        assertThat(run.offered()).containsEntry(3, BASE);
        assertThat(run.events()).contains(new RunEvent.Note(2, NOTHING));
        assertThat(health(2)).containsEntry("pairs", 0.0).doesNotContainKeys("chosen age", "margin");
    }

    @Test
    void with_one_sample_a_question_only_a_global_pool_ever_has_pairs() {
        Script inTurn = (model, _, _, _) -> (model.equals(BASE) && opened.size() == 1 ? "r" : "w") + model.id();
        assertThat(improve(inTurn, pooling(1, Scope.ROUND), 5, 1)).isEqualTo(BASE);
        Script rightThenWrong = (_, _, _, _) -> prompted.size() % 2 == 0 ? "w" : "r";
        prompted.clear();
        assertThat(improve(rightThenWrong, pooling(1, Scope.GLOBAL), 5, 1)).isNotEqualTo(BASE);
    }

    @Test
    void one_object_run_twice_gives_the_same_models() {
        assertThat(improve(DiveTest::half, pooling(6, Scope.GLOBAL), 2, 3))
                .isEqualTo(improve(DiveTest::half, pooling(6, Scope.GLOBAL), 2, 3));
    }

    /// All of one model's texts are alike, so a diverse choice is one of each round: at round 3 the sides'
    /// ages are 0, 1 and 2.
    @Test
    void the_age_of_the_pairs_and_their_difficulty_are_told() {
        improve(DiveTest::half, pooling(2, Scope.GLOBAL), 5, 2);
        assertThat(health(1)).containsEntry("chosen age", 0.0).containsEntry("paired problems", 2.0);
        assertThat(health(3))
                .containsEntry("chosen age", 1.0)
                .containsEntry("rejected age", 1.0)
                .containsEntry("pairs", 6.0)
                .containsEntry("right", 0.5);
        assertThat(health(3).get("pairs of level 3"))
                .as("one right of two is level 3")
                .isCloseTo(1, within(1e-12));
        assertThat(health(3)).containsKeys("chosen cosine gap", "rejected distinct-n");
        assertThat(health(3))
                .as("one right sample a question in a round")
                .doesNotContainKey("right cosine gap")
                .containsKey("right distinct-n");
    }

    // a completion has 19 and more characters; per character +0.5 on the right side and -0.25 on the wrong one against
    // a base that does neither
    @Test
    void how_far_pairs_have_come_apart_is_told_and_that_of_old_ones_beside_it() {
        improve((model, _, index, _) -> index == 0 ? "rrrr" : "wwww", pooling(2, Scope.GLOBAL), 5, 1);
        assertThat(health(1).get("margin")).isCloseTo(0.4 * 4 * 0.75, within(1e-6));
        assertThat(health(1)).doesNotContainKey("margin of old pairs");
        improve(DiveTest::half, pooling(2, Scope.GLOBAL), 5, 1);
        assertThat(health(2)).containsKeys("margin", "margin of old pairs");
    }

    @Test
    void settings_that_mean_nothing_are_refused() {
        assertThatThrownBy(() -> pooling(0, Scope.ROUND)).hasMessageContaining("samples must be at least 1");
        assertThatThrownBy(() -> improve(DiveTest::half, pooling(2, Scope.ROUND), 0, 1))
                .hasMessageContaining("pairs must be at least 1 but was 0");
    }
}
