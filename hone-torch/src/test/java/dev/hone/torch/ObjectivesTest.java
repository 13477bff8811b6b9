package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.LabelledCompletion;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Preference;
import dev.hone.data.Ranking;
import dev.hone.data.RationaleGroup;
import dev.hone.data.RolloutGroup;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.data.Tokens;
import dev.hone.learn.Adaptation;
import dev.hone.learn.Aggregation;
import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Clip;
import dev.hone.learn.Contrast;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What learning with each objective does to a small model.
class ObjectivesTest {
    private static final List<String> RATIONALES = List.of("2+2=", "2+2(", "7*(9");

    @TempDir
    Path folder;

    private LocalModels models;
    private Model model;

    @BeforeEach
    void create() {
        models = new LocalModels(folder.resolve("models"));
        model = models.create(Tiny.shape(), new Seed(11));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private static Training training(int steps, int batch, double rate) {
        return new Training(
                new Training.Length.Steps(steps),
                batch,
                rate,
                new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
                Training.AdamW.standard(),
                1.0,
                Training.Order.SHUFFLED);
    }

    private <E extends Examples> Learned learn(E examples, Objective<E> objective, Training training, String work) {
        return learn(examples, objective, training, work, () -> {}, 1);
    }

    private <E extends Examples> Learned learn(
            E examples, Objective<E> objective, Training training, String work, Runnable stop, int threads) {
        return new TorchLearner(models, Dtype.FLOAT32, threads, 3, Activations.KEPT)
                .learn(
                        Start.fresh(model),
                        examples,
                        objective,
                        training,
                        Tiny.step("learn", folder.resolve(work), stop));
    }

    private static List<Message> asked(int i) {
        return List.of(Message.user(i + "+" + (i + 2) + "="));
    }

    /// Eight pairs, of which neither side is longer as a rule.
    private static Examples.Preferences pairs() {
        List<Preference> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String right = "" + (2 * i + 2);
            all.add(Preference.of("p" + i, asked(i), right, i % 2 == 0 ? right + "1" : "" + (7 - i)));
        }
        return new Examples.Preferences(all);
    }

    private double[] sums(Model of, List<Demonstration> texts) {
        return new TorchLikelihood(models, Dtype.FLOAT32, 1)
                .score(of, texts, Tiny.step("score", folder)).stream()
                        .mapToDouble(tokens -> IntStream.range(0, tokens.size())
                                .mapToDouble(tokens::logProb)
                                .sum())
                        .toArray();
    }

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

    private double[] gains(Model learned, List<Demonstration> texts) {
        double[] before = sums(model, texts);
        double[] after = sums(learned, texts);
        return IntStream.range(0, after.length)
                .mapToDouble(i -> after[i] - before[i])
                .toArray();
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
                .mapToDouble(i -> -Logistic.logSigmoid(0.1 * (better[i] - worse[i])))
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
        Text chosen = models.load(model).taught(pair.better()).text(1);
        assertThat(chosen.counted()).isEqualTo(2); // "3" and the end
        Learned learned =
                learn(new Examples.Preferences(List.of(pair)), Objective.Dpo.asInPaper(), training(30, 1, 2e-3), "w");
        assertThat(gains(learned.model(), List.of(pair.better()))[0])
                .isGreaterThan(gains(learned.model(), List.of(pair.worse()))[0] + 1);
    }

    private static Examples.Labelled labelled() {
        List<LabelledCompletion> all = new ArrayList<>();
        for (Preference pair : pairs().all()) {
            all.add(new LabelledCompletion(pair.better(), LabelledCompletion.Label.DESIRABLE));
            all.add(new LabelledCompletion(pair.worse(), LabelledCompletion.Label.UNDESIRABLE));
        }
        return new Examples.Labelled(all);
    }

    @Test
    void kto_tells_desirable_from_undesirable() {
        Learned learned = learn(labelled(), new Objective.Kto(0.1, 1, 1), training(150, 16, 2e-3), "w");
        assertThat(accuracy(learned.model(), Objective.Dpo.asInPaper())).isEqualTo(1);
        assertThat(learned.losses().getLast()).isLessThan(0.45);
    }

    private Sample sample(int problem, String text, int index) {
        LoadedModel loaded = models.load(model);
        int[] ids = loaded.tokenizer().encode(text);
        int[] ended =
                LoadedModel.join(ids, new int[] {loaded.config().specials().end()});
        return new Sample(
                "s/" + problem + "/" + index,
                Tiny.problem("p" + problem, problem + "+" + (problem + 2) + "="),
                text,
                Tokens.by(Author.MODEL, ended),
                new Finish.Stopped(),
                new Sampling(0.8, 8),
                model.id(),
                new Origin.Fresh(),
                Hint.NONE);
    }

    /// Four problems with three answers each, of which the first is right.
    private Examples.Rollouts rollouts() {
        List<RolloutGroup> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            groups.add(new RolloutGroup(List.of(
                    new RolloutGroup.Rollout(sample(i, "" + (2 * i + 2), 0), 1),
                    new RolloutGroup.Rollout(sample(i, "0", 1), 0),
                    new RolloutGroup.Rollout(sample(i, "7*1", 2), 0))));
        }
        return new Examples.Rollouts(groups);
    }

    private static Objective.Grpo grpo(double kl) {
        return new Objective.Grpo(
                Objective.Grpo.Advantages.GROUP_STD,
                Objective.Grpo.Ratio.TOKEN,
                new Clip(0.2, 0.28),
                kl,
                new Aggregation.SequenceMean());
    }

    static Stream<Objective<Examples.Rollouts>> policies() {
        return Stream.of(grpo(0.04), new Objective.Rloo(0.05, new Clip(0.2, 5)), Objective.Ppo.standard());
    }

    @ParameterizedTest
    @MethodSource("policies")
    void what_is_rewarded_becomes_likelier_and_the_rest_less_likely(Objective<Examples.Rollouts> objective) {
        Learned learned = learn(rollouts(), objective, training(12, 4, 1e-3), "w");
        for (RolloutGroup group : rollouts().all()) {
            double[] gains = gains(
                    learned.model(),
                    group.rollouts().stream()
                            .map(each -> Demonstration.of(each.sample()))
                            .toList());
            assertThat(gains[0]).isGreaterThan(Math.max(gains[1], gains[2]) + 0.1);
        }
    }

    @Test
    void rollouts_count_the_models_own_tokens_at_their_temperature() {
        Tokens forced = Tokens.by(Author.FORCED, models.load(model).tokenizer().encode("12"));
        Sample whole = sample(1, "4", 0);
        Sample sample = new Sample(
                whole.id(),
                whole.problem(),
                "124",
                forced.plus(whole.tokens()),
                whole.finish(),
                whole.sampling(),
                whole.model(),
                whole.origin(),
                whole.hint());
        var group = new RolloutGroup(List.of(new RolloutGroup.Rollout(sample, 1)));
        List<Text> seen = new ArrayList<>();
        Reader reader = texts -> {
            seen.addAll(texts);
            return texts.stream().map(text -> Readout.zero(text, 1)).toList();
        };
        var unused = new Lessons(models.load(model), reader, reader)
                .of(Objective.Ppo.standard(), new Examples.Rollouts(List.of(group)), List::of);
        assertThat(unused.texts()).hasSize(1);
        Text text = seen.getFirst();
        assertThat(text.counted()).isEqualTo(2); // "4" and the end
        assertThat(text.temperature()).isEqualTo(0.8);
        assertThat(text.reads()).containsExactly(text.ids().length - 3, text.ids().length - 2);
    }

    @Test
    void rollouts_drawn_greedily_are_refused() {
        Sample whole = sample(1, "4", 0);
        Sample greedy = new Sample(
                whole.id(),
                whole.problem(),
                whole.text(),
                whole.tokens(),
                whole.finish(),
                Sampling.greedy(4),
                whole.model(),
                whole.origin(),
                whole.hint());
        var groups = new Examples.Rollouts(List.of(new RolloutGroup(List.of(new RolloutGroup.Rollout(greedy, 1)))));
        assertThatThrownBy(() -> learn(groups, grpo(0), training(1, 1, 1e-3), "w"))
                .hasMessageContaining("temperature 0");
    }

    @Test
    void rationales_that_lead_to_the_answer_become_likelier() {
        // the model is taught first that "4" follows this rationale, and "9" the others
        Examples.Demonstrations known = new Examples.Demonstrations(IntStream.range(0, 12)
                .mapToObj(i -> new Demonstration(
                        "d" + i,
                        asked(i % 4),
                        List.of(
                                new Segment.Written(RATIONALES.get(i / 4), Segment.Loss.MASKED),
                                new Segment.Written(i / 4 == 0 ? "4" : "9", Segment.Loss.COUNTED)),
                        Demonstration.Ending.ENDS,
                        1))
                .toList());
        model = learn(known, new Objective.Sft(), training(60, 8, 3e-3), "first")
                .model();
        List<RationaleGroup> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            groups.add(new RationaleGroup(
                    "r" + i,
                    asked(i),
                    "4",
                    RATIONALES.stream().map(this::rationale).toList()));
        }
        var latro = new Objective.Latro(0.05, 2, 0);
        Learned learned = learn(new Examples.Rationales(groups), latro, training(5, 4, 1e-3), "w");
        List<Demonstration> texts = RATIONALES.stream()
                .map(text -> new Demonstration(
                        text,
                        asked(1),
                        List.of(new Segment.Written(text, Segment.Loss.COUNTED)),
                        Demonstration.Ending.OPEN,
                        1))
                .toList();
        double[] gains = gains(learned.model(), texts);
        assertThat(gains[0]).isGreaterThan(Math.max(gains[1], gains[2]));
    }

    private RationaleGroup.Rationale rationale(String text) {
        return new RationaleGroup.Rationale(
                Tokens.by(Author.MODEL, models.load(model).tokenizer().encode(text)), RationaleGroup.Stop.FINISHED);
    }

    private static Examples.Rankings rankings() {
        return new Examples.Rankings(pairs().all().stream()
                .map(pair -> new Ranking(
                        pair.id(),
                        pair.prompt(),
                        List.of(
                                new Ranking.Entry(pair.rejected(), 0),
                                new Ranking.Entry(pair.chosen(), 1),
                                new Ranking.Entry(
                                        Preference.Side.of("((" + pair.id().substring(1)), 0))))
                .toList());
    }

    private static Examples.LabelledSteps steps() {
        List<StepLabels> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(new StepLabels(
                    "s" + i,
                    asked(i),
                    List.of(
                            new StepLabels.Step(
                                    new Segment.Written("1+1=2\n", Segment.Loss.COUNTED), StepLabels.Label.RIGHT),
                            new StepLabels.Step(
                                    new Segment.Written("1+1=" + (3 + i % 6) + "\n", Segment.Loss.COUNTED),
                                    StepLabels.Label.WRONG))));
        }
        return new Examples.LabelledSteps(all);
    }

    @Test
    void heads_learn() {
        assertThat(learn(pairs(), new Objective.BradleyTerry(0, 0.01), training(60, 8, 3e-3), "b")
                        .losses()
                        .getLast())
                .isLessThan(0.2);
        assertThat(learn(rankings(), new Objective.Listwise(), training(60, 8, 3e-3), "l")
                        .losses()
                        .getLast())
                .isLessThan(0.2);
        assertThat(learn(steps(), new Objective.StepReward(), training(60, 8, 3e-3), "s")
                        .losses()
                        .getLast())
                .isLessThan(0.2);
    }

    @Test
    void cut_anywhere_and_resumed_every_objective_ends_with_the_same_bytes() {
        var lora =
                new Adaptation.Lora(4, 8, 0.2, EnumSet.allOf(Adaptation.Target.class), Adaptation.Scaling.ROOT_OF_RANK);
        Training full = training(7, 3, 1e-3);
        resumes(pairs(), Objective.Dpo.asInPaper(), full);
        resumes(pairs(), Objective.Dpo.asInPaper(), full.withAdaptation(lora));
        resumes(labelled(), new Objective.Kto(0.1, 1, 1), full);
        resumes(rollouts(), Objective.Ppo.standard(), full);
        resumes(pairs(), new Objective.BradleyTerry(0, 0), full.withAdaptation(lora));
        resumes(pairs(), Objective.Dpo.asInPaper(), full.withStopping(new Training.Stopping.HeldOut(2, 2, 5)));
    }

    private <E extends Examples> void resumes(E examples, Objective<E> objective, Training training) {
        String name = objective.getClass().getSimpleName() + training.hashCode();
        Learned whole = learn(examples, objective, training, name + "whole");
        assertThat(learn(examples, objective, training, name + "threads", () -> {}, 2)
                        .model()
                        .id())
                .as("threads change no bit")
                .isEqualTo(whole.model().id());
        for (int cut : new int[] {1, 5}) {
            var steps = new AtomicInteger();
            assertThatThrownBy(() -> learn(
                            examples,
                            objective,
                            training,
                            name + cut,
                            () -> {
                                if (steps.getAndIncrement() == cut) {
                                    throw new HoneException(HoneException.Kind.STOPPED, "stopped");
                                }
                            },
                            1))
                    .hasMessage("stopped");
            Learned resumed = learn(examples, objective, training, name + cut);
            assertThat(resumed.model().id()).as(name).isEqualTo(whole.model().id());
            assertThat(resumed.losses()).isEqualTo(whole.losses());
        }
    }

    @Test
    void learning_ends_early_with_the_weights_that_were_best_on_what_was_held_out() {
        // the last two examples contradict the others: their loss rises once the others are learned
        List<Demonstration> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            all.add(Demonstration.of("d" + i, asked(1), i < 6 ? "4" : "9"));
        }
        var examples = new Examples.Demonstrations(all);
        Training training = training(200, 6, 5e-3).withStopping(new Training.Stopping.HeldOut(2, 2, 3));
        Learned learned = learn(examples, new Objective.Sft(), training, "w");
        assertThat(learned.losses().size()).isBetween(6, 100).matches(steps -> steps % 2 == 0);
        // measured every 2 steps, given up after 3 that were not better: the best was 6 steps before the end
        int best = learned.losses().size() - 6;
        assertThat(best).isPositive();
        Learned shorter = learn(
                new Examples.Demonstrations(all.subList(0, 6)), new Objective.Sft(), training(best, 6, 5e-3), "x");
        assertThat(learned.model().id()).isEqualTo(shorter.model().id());
        assertThatThrownBy(
                        () -> learn(new Examples.Demonstrations(all.subList(0, 2)), new Objective.Sft(), training, "y"))
                .hasMessageContaining("2 are held out");
    }
}
