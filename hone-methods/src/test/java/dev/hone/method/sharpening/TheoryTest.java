package dev.hone.method.sharpening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.hone.data.Model;
import dev.hone.judge.ReferenceAnswers;
import dev.hone.judge.ReferenceJudge;
import dev.hone.learn.Training;
import dev.hone.record.Recording;
import dev.hone.run.RunEvent;
import dev.hone.select.OnePerProblem.Pick;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the theory says of models whose texts can be counted (card sharpening, "Theory in short" and "What to
/// reproduce"): `y*`, the coverage and how sharp the outcome is are known exactly.
class TheoryTest {
    private static final int PROBLEMS = 2000;

    /// Four standard deviations of a share among [#PROBLEMS], at most.
    private static final double CHANCE = 4 * 0.5 / Math.sqrt(PROBLEMS);

    private final EnumerableModels models = new EnumerableModels();
    private final ScratchRun run = new ScratchRun(1, Path.of("scratch"));

    private Model sharpened(Model base, int samples, Enough enough, SelfReward reward, Pick pick) {
        return new SftSharpening(
                        1,
                        samples,
                        8,
                        enough,
                        reward,
                        pick,
                        new Training(
                                new Training.Length.Steps(5),
                                4,
                                1e-3,
                                new Training.Schedule(0, Training.Schedule.Decay.LINEAR),
                                Training.AdamW.standard(),
                                1,
                                Training.Order.SHUFFLED),
                        models.generator(),
                        models.likelihood(),
                        new ReferenceAnswers(Map.of()),
                        new ReferenceJudge(Map.of()),
                        Recording.NONE,
                        models)
                .run(base, _ -> Problems.numbered(PROBLEMS), run);
    }

    private Model sharpened(Model base, int samples) {
        return sharpened(base, samples, new Enough.AtOnce(), SelfReward.LIKELIHOOD, Pick.BEST);
    }

    /// The likeliest text has the given probability; ten others share the rest.
    private Model base(double likeliest) {
        Map<String, Double> texts = new TreeMap<>(Map.of("y", likeliest));
        for (char other = 'a'; other <= 'j'; other++) {
            texts.put(String.valueOf(other), (1 - likeliest) / 10);
        }
        return models.model("base-" + likeliest, texts);
    }

    /// The best of `N` is `y*` unless all of them missed it.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16})
    void as_much_falls_on_the_likeliest_text_as_theory_says(int samples) {
        double p = 0.2;

        assertThat(models.probability(sharpened(base(p), samples), "y"))
                .isCloseTo(1 - Math.pow(1 - p, samples), offset(CHANCE));
    }

    @Test
    void the_more_samples_the_sharper() {
        Model base = base(0.2);
        List<Double> entropies = new ArrayList<>(List.of(models.entropy(base)));
        for (int samples : List.of(2, 4, 8, 16)) {
            entropies.add(models.entropy(sharpened(base, samples)));
        }

        assertThat(entropies).isSortedAccordingTo((one, other) -> Double.compare(other, one));
    }

    /// `N = C_cov ln(1 / delta)` is enough for every base; a quarter of it is not.
    @ParameterizedTest
    @ValueSource(doubles = {0.15, 0.3, 0.6})
    void samples_are_needed_in_proportion_to_the_coverage(double p) {
        double delta = 0.05;
        Model base = base(p);
        int needed = (int) Math.ceil(Math.log(1 / delta) / p);

        assertThat(models.probability(sharpened(base, needed), "y")).isGreaterThan(1 - delta - CHANCE);
        assertThat(models.probability(sharpened(base, Math.max(1, needed / 4)), "y"))
                .isLessThan(1 - 2 * delta - CHANCE);
    }

    /// No base is known to be sharp beforehand: each gets what it needs, which grows with `1 / p`.
    @ParameterizedTest
    @ValueSource(doubles = {0.15, 0.3, 0.6})
    void adaptively_the_likeliest_text_is_missed_no_oftener_than_allowed(double p) {
        double delta = 0.1;

        Model sharp = sharpened(base(p), 4, new Enough.Adaptive(delta, 200), SelfReward.LIKELIHOOD, Pick.BEST);

        assertThat(models.probability(sharp, "y")).isGreaterThan(1 - delta - CHANCE);
        double drawn = run.events().stream()
                .filter(RunEvent.RoundHealth.class::isInstance)
                .mapToDouble(event -> ((RunEvent.RoundHealth) event).figures().get("samples"))
                .findFirst()
                .orElseThrow();
        double rule = Math.log(2 / delta) / p;
        assertThat(drawn).as("samples a problem").isBetween(rule, rule + 2);
    }

    @Test
    void one_by_chance_teaches_the_base_itself_and_the_least_likely_its_opposite() {
        Model base = base(0.2);

        assertThat(models.probability(sharpened(base, 8, new Enough.AtOnce(), SelfReward.LIKELIHOOD, Pick.RANDOM), "y"))
                .isCloseTo(0.2, offset(CHANCE));
        assertThat(models.probability(sharpened(base, 8, new Enough.AtOnce(), SelfReward.LIKELIHOOD, Pick.WORST), "y"))
                .isLessThan(0.01);
    }

    /// The limit of every method without answers.
    @Test
    void a_base_that_is_surely_wrong_gets_worse() {
        Model base = models.model("wrong", Map.of("right", 0.3, "wrong", 0.5, "other", 0.2));

        for (SelfReward reward : List.of(SelfReward.LIKELIHOOD, SelfReward.MAJORITY)) {
            Model sharp = sharpened(base, 16, new Enough.AtOnce(), reward, Pick.BEST);
            assertThat(models.probability(sharp, "right")).as("by " + reward).isLessThan(0.22);
        }
    }

    /// A short text has few tokens to be unlikely in.
    @Test
    void the_whole_sequences_likelihood_prefers_the_short_and_the_mean_does_not() {
        Model base = models.model("short", Map.of("n", 0.4, "seven", 0.35, "six or so", 0.25));

        Model byWhole = sharpened(base, 16, new Enough.AtOnce(), SelfReward.LIKELIHOOD, Pick.BEST);
        Model byToken = sharpened(base, 16, new Enough.AtOnce(), SelfReward.MEAN, Pick.BEST);

        assertThat(models.probability(byWhole, "n")).isGreaterThan(0.99);
        assertThat(models.probability(byToken, "n")).isLessThan(0.01);
    }
}
