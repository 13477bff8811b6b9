package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Model;
import dev.hone.data.Preference;
import dev.hone.data.Segment;
import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.run.Seed;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What learning from preferences does to a small model.
class PreferenceObjectivesTest extends TinyLearning {
    /// Of pairs, how many have a chosen side that gained more (or, by means, is likelier) than the rejected
    /// one.
    private double accuracy(Model learned, Objective<Examples.Preferences> objective) {
        List<Demonstration> chosen =
                pairs().all().stream().map(Preference::better).toList();
        List<Demonstration> rejected =
                pairs().all().stream().map(Preference::worse).toList();
        boolean isCompared = objective instanceof Objective.Dpo;
        double[] better = isCompared ? gains(learned, chosen) : means(learned, chosen);
        double[] worse = isCompared ? gains(learned, rejected) : means(learned, rejected);
        return IntStream.range(0, 8).filter(i -> better[i] > worse[i]).count() / 8.0;
    }

    private double[] means(Model learned, List<Demonstration> texts) {
        double[] sums = sums(learned, texts);
        return IntStream.range(0, sums.length)
                .mapToDouble(i -> sums[i]
                        / models.load(learned).taught(texts.get(i)).completion().size())
                .toArray();
    }

    static Stream<Objective<Examples.Preferences>> pairwise() {
        return Stream.of(
                Objective.Dpo.asInPaper(),
                new Objective.Dpo(new Contrast.MeanSigmoid(), 1, ChosenLikelihood.none()),
                new Objective.Dpo(new Contrast.Conservative(0.1), 0.1, ChosenLikelihood.none()),
                new Objective.Dpo(new Contrast.Hinge(), 0.1, ChosenLikelihood.none()),
                new Objective.Dpo(new Contrast.Ipo(), 0.1, ChosenLikelihood.none()),
                new Objective.Dpo(new Contrast.Sigmoid(), 0.1, new ChosenLikelihood(1, ChosenLikelihood.Mean.TOKEN)),
                new Objective.SimPo(2, 0.5),
                new Objective.Orpo(1));
    }

    @ParameterizedTest
    @MethodSource("pairwise")
    void eight_pairs_are_learned_in_less_than_200_steps(Objective<Examples.Preferences> objective) {
        Learned learned = learn(pairs(), objective, training(60, 8, 2e-3), "w");
        assertThat(accuracy(learned.model(), objective)).isEqualTo(1);
        assertThat(learned.losses().getLast()).isLessThan(learned.losses().getFirst());
    }

    @Test
    void losses_start_where_the_card_says() {
        record Expected(Objective<Examples.Preferences> objective, double loss) {}
        for (Expected each : List.of(
                new Expected(Objective.Dpo.asInPaper(), Math.log(2)),
                new Expected(new Objective.Dpo(new Contrast.Hinge(), 0.1, ChosenLikelihood.none()), 1),
                new Expected(new Objective.Dpo(new Contrast.Ipo(), 0.1, ChosenLikelihood.none()), 25),
                new Expected(new Objective.BradleyTerry(0, 0.01), Math.log(2)))) {
            Learned learned = learn(pairs(), each.objective(), training(1, 8, 1e-3), "w" + each.objective());
            assertThat(learned.losses().getFirst()).isCloseTo(each.loss(), within(1e-4));
        }
        assertThat(learn(labelled(), new Objective.Kto(0.1, 1, 1), training(1, 16, 1e-3), "k")
                        .losses()
                        .getFirst())
                .isCloseTo(0.5, within(1e-4));
        assertThat(learn(rollouts(), grpo(0), training(1, 4, 1e-3), "g")
                        .losses()
                        .getFirst())
                .isCloseTo(0, within(1e-4));
    }

    @Test
    void the_reference_may_be_another_model() {
        Model other = models.create(Tiny.shape(), new Seed(12));
        Learned learned = new TorchLearner(models, Dtype.FLOAT32, 1, 4, Activations.KEPT)
                .learn(
                        Start.fresh(model).withReference(other),
                        pairs(),
                        Objective.Dpo.asInPaper(),
                        training(1, 8, 1e-3),
                        Tiny.step("learn", folder.resolve("other")));
        double[] better = margins(other, Preference::better);
        double[] worse = margins(other, Preference::worse);
        double expected = IntStream.range(0, 8)
                .mapToDouble(i -> Math.log1p(Math.exp(-0.1 * (better[i] - worse[i]))))
                .average()
                .orElseThrow();
        assertThat(learned.losses().getFirst()).isCloseTo(expected, within(1e-5));
        assertThat(expected).isNotCloseTo(Math.log(2), within(1e-3));
    }

    private double[] margins(Model reference, Function<Preference, Demonstration> side) {
        List<Demonstration> texts = pairs().all().stream().map(side).toList();
        double[] ours = sums(model, texts);
        double[] theirs = sums(reference, texts);
        return IntStream.range(0, 8).mapToDouble(i -> ours[i] - theirs[i]).toArray();
    }

    @Test
    void a_shared_prefix_is_seen_and_counts_on_neither_side() {
        List<Segment> prefix = List.of(new Segment.Written("1+", Segment.Loss.MASKED));
        var pair = new Preference("p", asked(1), prefix, Preference.Side.of("3"), Preference.Side.of("2"));
        List<Boolean> counted = models.load(model).taught(pair.better()).counted();
        assertThat(counted).filteredOn(each -> each).hasSize(2); // "3" and the end
        Learned learned =
                learn(new Examples.Preferences(List.of(pair)), Objective.Dpo.asInPaper(), training(30, 1, 2e-3), "w");
        assertThat(gains(learned.model(), List.of(pair.better()))[0])
                .isGreaterThan(gains(learned.model(), List.of(pair.worse()))[0] + 1);
    }

    @Test
    void kto_tells_desirable_from_undesirable() {
        Learned learned = learn(labelled(), new Objective.Kto(0.1, 1, 1), training(150, 16, 2e-3), "w");
        assertThat(accuracy(learned.model(), Objective.Dpo.asInPaper())).isEqualTo(1);
        assertThat(learned.losses().getLast()).isLessThan(0.45);
    }
}
