package dev.hone.torch.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.StepLabels;
import dev.hone.learn.Aggregation;
import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Clip;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import dev.hone.testkit.loss.PolicyLosses;
import dev.hone.testkit.loss.PreferenceLosses;
import dev.hone.testkit.loss.PreferenceLosses.Completion;
import dev.hone.testkit.loss.RewardLosses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every loss of the engine against its plain twin: the value, and the derivative against the twin's
/// differences.
class LossesTest {
    private final SplittableRandom random = new SplittableRandom(5);
    /// What the weights of the moment say of each text.
    private final Map<Text, Readout> now = new HashMap<>();

    private Text text(int tokens, int reads) {
        int[] ids = new int[tokens + 2];
        float[] weights = new float[ids.length];
        Arrays.fill(weights, 2, weights.length, 1f);
        Text text = new Text(ids, weights, IntStream.range(1, 1 + reads).toArray(), 1);
        now.put(text, readout(tokens, reads));
        return text;
    }

    private Readout readout(int tokens, int values) {
        return new Readout(
                random.doubles(tokens, -2, -0.1).toArray(),
                random.doubles(values, -1, 1).toArray());
    }

    private Readout said(Text text) {
        return Objects.requireNonNull(now.get(text));
    }

    private List<Readout> said(List<Text> texts) {
        return texts.stream().map(this::said).toList();
    }

    private static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /// The value of the criterion equals the twin's, and each of its slopes what the twin does when that
    /// one number moves.
    private void agree(int examples, Criterion criterion, ToDoubleFunction<LossesTest> twin) {
        List<Integer> batch = IntStream.range(0, examples).boxed().toList();
        agree(criterion.parts(batch, this::said), twin);
    }

    private void agree(List<Part> parts, ToDoubleFunction<LossesTest> twin) {
        double loss = 0;
        Map<Text, Readout> slopes = new HashMap<>();
        for (Part part : parts) {
            List<Readout> zeros = part.texts().stream()
                    .map(text -> new Readout(
                            new double[said(text).logProbs().length],
                            new double[said(text).values().length]))
                    .toList();
            loss += part.loss(said(part.texts()), zeros);
            for (int i = 0; i < zeros.size(); i++) {
                slopes.put(part.texts().get(i), zeros.get(i));
            }
        }
        assertThat(loss).isCloseTo(twin.applyAsDouble(this), within(1e-9));
        assertThat(slopes).isNotEmpty();
        slopes.forEach((text, slope) -> {
            moved(said(text).logProbs(), slope.logProbs(), twin);
            moved(said(text).values(), slope.values(), twin);
        });
    }

    private void moved(double[] numbers, double[] slopes, ToDoubleFunction<LossesTest> twin) {
        double small = 1e-6;
        for (int i = 0; i < numbers.length; i++) {
            double before = numbers[i];
            numbers[i] = before + small;
            double above = twin.applyAsDouble(this);
            numbers[i] = before - small;
            double below = twin.applyAsDouble(this);
            numbers[i] = before;
            assertThat(slopes[i]).isCloseTo((above - below) / (2 * small), within(1e-5));
        }
    }

    private List<Pairs.Pair> pairs() {
        List<Pairs.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pairs.add(new Pairs.Pair(
                    text(3 + i, 0), text(6 - i, 0), random.nextDouble(-9, -3), random.nextDouble(-9, -3)));
        }
        return pairs;
    }

    private PreferenceLosses.Pair twin(Pairs.Pair pair) {
        return new PreferenceLosses.Pair(
                twin(pair.chosen(), pair.chosenReference()), twin(pair.rejected(), pair.rejectedReference()));
    }

    private Completion twin(Text text, double reference) {
        return new Completion(said(text).sum(), reference, text.counted());
    }

    @Test
    void preference_losses() {
        List<Pairs.Pair> pairs = pairs();
        for (Contrast contrast : List.of(
                new Contrast.Sigmoid(),
                new Contrast.MeanSigmoid(),
                new Contrast.Conservative(0.2),
                new Contrast.Hinge(),
                new Contrast.Ipo())) {
            for (ChosenLikelihood.Mean mean : ChosenLikelihood.Mean.values()) {
                var dpo = new Objective.Dpo(contrast, 0.3, new ChosenLikelihood(0.7, mean));
                agree(
                        4,
                        Pairs.dpo(dpo, pairs),
                        test -> PreferenceLosses.dpo(
                                dpo, pairs.stream().map(test::twin).toList()));
            }
        }
        var simPo = new Objective.SimPo(2, 0.5);
        agree(
                4,
                Pairs.simPo(simPo, pairs),
                test -> mean(pairs, pair -> PreferenceLosses.simPo(simPo, test.twin(pair))));
        var orpo = new Objective.Orpo(0.4);
        agree(4, Pairs.orpo(orpo, pairs), test -> mean(pairs, pair -> PreferenceLosses.orpo(orpo, test.twin(pair))));
    }

    private static <T> double mean(List<T> all, ToDoubleFunction<T> of) {
        return all.stream().mapToDouble(of).average().orElseThrow();
    }

    @Test
    void kto() {
        var kto = new Objective.Kto(0.2, 1.5, 0.5);
        List<Ratings.Rated> rated = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rated.add(new Ratings.Rated(text(3 + i, 0), 2, i % 2 == 0, 1 + i, random.nextDouble(-12, -3)));
        }
        // the mismatched texts are new ones: fixed figures stand for them, 0.3 above the reference's in the mean
        Ratings criterion = Ratings.of(
                kto,
                rated,
                100,
                List.of(List.of(0, 1, 2, 3, 4)),
                texts -> texts.stream()
                        .map(text -> new Readout(new double[] {-5}, new double[0]))
                        .toList());
        List<Part> parts = criterion.parts(
                List.of(0, 1, 2, 3, 4),
                texts -> texts.stream()
                        .map(text -> new Readout(new double[] {-4.7}, new double[0]))
                        .toList());
        agree(
                parts,
                test -> mean(
                        rated,
                        each -> each.weight()
                                * PreferenceLosses.kto(
                                        kto, each.desirable(), test.twin(each.text(), each.reference()), 0.3)));
    }

    @Test
    void the_mismatch_of_kto_is_the_completion_of_the_example_before() {
        var kto = new Objective.Kto(0.1, 1, 1);
        var first = new Ratings.Rated(new Text(new int[] {1, 2, 3, 4}, new float[] {0, 0, 1, 1}), 2, true, 1, -1);
        var second = new Ratings.Rated(new Text(new int[] {5, 6, 7}, new float[] {0, 0, 1}), 2, false, 1, -1);
        List<Text> asked = new ArrayList<>();
        Ratings.of(kto, List.of(first, second), 3, List.of(List.of(0, 1)), texts -> {
            asked.addAll(texts);
            return texts.stream().map(text -> Readout.zero(text, 0)).toList();
        });
        assertThat(asked.get(0).ids()).containsExactly(1, 2, 7);
        assertThat(asked.get(1).ids()).containsExactly(5, 6, 3); // cut at the context of 3
        assertThat(asked.get(1).weights()).containsExactly(0, 0, 1);
    }

    @Test
    void reward_losses() {
        var objective = new Objective.BradleyTerry(0.2, 0.05);
        List<RewardPairs.Pair> pairs = IntStream.range(0, 3)
                .mapToObj(i -> new RewardPairs.Pair(text(2, 1), text(3, 1)))
                .toList();
        agree(
                3,
                new RewardPairs(objective, pairs),
                test -> mean(
                        pairs,
                        pair -> RewardLosses.bradleyTerry(
                                objective,
                                test.said(pair.chosen()).values()[0],
                                test.said(pair.rejected()).values()[0])));
        List<RewardLists.Ranked> groups = List.of(
                new RewardLists.Ranked(List.of(text(1, 1), text(1, 1), text(1, 1)), List.of(1.0, 0.0, 0.0)),
                new RewardLists.Ranked(List.of(text(1, 1), text(1, 1), text(1, 1)), List.of(0.0, 2.0, 1.0)));
        agree(
                2,
                new RewardLists(groups),
                test -> mean(
                        groups,
                        group -> RewardLosses.listwise(
                                test.said(group.texts()).stream()
                                        .map(each -> each.values()[0])
                                        .toList(),
                                group.relevances())));
    }

    @Test
    void step_rewards() {
        var right = StepLabels.Label.RIGHT;
        var wrong = StepLabels.Label.WRONG;
        List<StepLabelling.Solution> solutions = List.of(
                new StepLabelling.Solution(text(4, 6), List.of(right, wrong, wrong)),
                new StepLabelling.Solution(text(4, 2), List.of(right)));
        agree(2, new StepLabelling(solutions), test -> {
            double sum = 0;
            for (StepLabelling.Solution each : solutions) {
                double[] values = test.said(each.text()).values();
                for (int i = 0; i < each.labels().size(); i++) {
                    sum += RewardLosses.step(
                            values[2 * i], values[2 * i + 1], each.labels().get(i) == right);
                }
            }
            return sum / 4;
        });
    }

    private List<List<Drawn>> groups(int values) {
        List<List<Drawn>> groups = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            List<Drawn> drawn = new ArrayList<>();
            for (int i = 0; i < 3 + group; i++) {
                int tokens = 2 + i;
                Text text = text(tokens, values * tokens);
                Readout old = readout(tokens, values * tokens);
                for (int j = 0; j < tokens; j++) { // near enough for some ratios to be within the clip
                    old.logProbs()[j] = said(text).logProbs()[j] + random.nextDouble(-0.4, 0.4);
                }
                drawn.add(new Drawn(
                        text, random.nextDouble(-1, 1), old, readout(tokens, 0).logProbs()));
            }
            groups.add(drawn);
        }
        return groups;
    }

    private List<List<PolicyLosses.Rollout>> twins(List<List<Drawn>> groups) {
        return groups.stream()
                .map(group -> group.stream()
                        .map(each -> new PolicyLosses.Rollout(
                                each.reward(),
                                list(said(each.text()).logProbs()),
                                list(each.old().logProbs()),
                                list(each.reference()),
                                list(said(each.text()).values()),
                                list(each.old().values())))
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void grpo(Objective.Grpo.Advantages advantages) {
        List<List<Drawn>> groups = groups(0);
        for (Objective.Grpo.Ratio ratio : Objective.Grpo.Ratio.values()) {
            for (Aggregation aggregation : List.of(
                    new Aggregation.SequenceMean(),
                    new Aggregation.TokenMean(),
                    new Aggregation.ConstantLength(7),
                    new Aggregation.Sum())) {
                var grpo = new Objective.Grpo(advantages, ratio, new Clip(0.1, 0.25), 0.3, aggregation);
                agree(2, new GroupPolicy(grpo, groups), test -> PolicyLosses.grpo(grpo, test.twins(groups)));
            }
        }
    }

    @Test
    void rloo_relative_rewards_and_ppo() {
        List<List<Drawn>> groups = groups(1);
        var rloo = new Objective.Rloo(0.1, new Clip(0.9, 3));
        agree(2, new LeaveOneOut(rloo, groups), test -> PolicyLosses.rloo(rloo, test.twins(groups)));
        for (double exploration : List.of(0.0, 0.3)) {
            var relative = new Objective.RelativeReward(0.7, exploration);
            agree(
                    2,
                    new RelativeRewards(relative, groups),
                    test -> PolicyLosses.relativeReward(relative, test.twins(groups)));
        }
        var ppo = new Objective.Ppo(0.1, 0.98, 0.9, 0.6, new Clip(0.15, 0.3), 0.4);
        agree(
                2,
                new ActorCritic(ppo, groups),
                test -> PolicyLosses.ppo(
                        ppo, test.twins(groups).stream().flatMap(List::stream).toList()));
    }

    @Test
    void latro() {
        latro(Objective.Latro.Baseline.OTHERS);
    }

    @Test
    void latro_without_a_baseline() {
        latro(Objective.Latro.Baseline.NONE);
    }

    private void latro(Objective.Latro.Baseline baseline) {
        var latro = new Objective.Latro(0.2, 2, 0.7, 0.5, baseline);
        List<List<LatentReasoning.Thought>> groups = new ArrayList<>();
        for (int group = 0; group < 2; group++) {
            groups.add(IntStream.range(0, 3)
                    .mapToObj(k -> new LatentReasoning.Thought(text(5, 0), 3, k != 1, random.nextDouble(-6, -2)))
                    .toList());
        }
        List<List<Double>> rewards = PolicyLosses.latroRewards(latro, thoughts(groups));
        agree(2, new LatentReasoning(latro, groups), test -> PolicyLosses.latro(latro, test.thoughts(groups), rewards));
    }

    private List<List<PolicyLosses.Thought>> thoughts(List<List<LatentReasoning.Thought>> groups) {
        return groups.stream()
                .map(group -> group.stream()
                        .map(each -> new PolicyLosses.Thought(
                                each.rationale(said(each.text())),
                                each.answer(said(each.text())),
                                each.reference(),
                                each.isFinished()))
                        .toList())
                .toList();
    }

    @Test
    void log_odds_stay_finite_where_probability_is_one() {
        assertThat(Logistic.logOdds(0)).isFinite();
        assertThat(Logistic.logOddsSlope(0)).isZero();
        assertThat(Logistic.logSigmoid(-1e4)).isEqualTo(-1e4);
        assertThat(Logistic.logSigmoid(1e4)).isZero();
        assertThat(Logistic.sigmoid(-1e4)).isZero();
    }
}
