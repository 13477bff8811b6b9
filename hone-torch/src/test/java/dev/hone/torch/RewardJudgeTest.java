package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Examples;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Preference;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.StepLabels;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.testkit.JudgeContract;
import dev.hone.torch.file.SafeFiles;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardJudgeTest implements JudgeContract {
    private static final RewardJudge.Reading WHOLE = new RewardJudge.Reading.Whole();

    @TempDir
    Path folder;

    private LocalModels models;
    private Model base;
    private Model rewarding;

    @BeforeEach
    void learn() {
        models = Tiny.models(folder.resolve("models"));
        base = models.create(Tiny.shape(), new Seed(11));
        List<Preference> pairs = IntStream.range(0, 8)
                .mapToObj(i -> Preference.of("p" + i, asked(i), "" + i, "" + (i + 1)))
                .toList();
        rewarding = learned(new Examples.Preferences(pairs), new Objective.BradleyTerry(0, 0.01));
    }

    @AfterEach
    void close() {
        models.close();
    }

    private <E extends Examples> Model learned(E examples, Objective<E> objective) {
        var training = new Training(
                new Training.Length.Steps(60),
                8,
                3e-3,
                new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
                Training.AdamW.standard(),
                1,
                Training.Order.SHUFFLED);
        return new TorchLearner(models, Dtype.FLOAT32, 1, 50, Activations.KEPT)
                .learn(Start.fresh(base), examples, objective, training, Tiny.step("learn", folder.resolve("w")))
                .model();
    }

    private static List<Message> asked(int i) {
        return List.of(Message.user(i + "="));
    }

    private static Sample sample(int problem, String text) {
        return new Sample(
                "s/" + problem + "/" + text,
                Tiny.problem("p" + problem, problem + "="),
                text,
                Tokens.by(Author.MODEL, 1, 2),
                new Finish.Stopped(),
                new Sampling(1, 8),
                "m",
                new Origin.Fresh(),
                Hint.NONE);
    }

    @Override
    public Judge judge() {
        return new RewardJudge(models, rewarding, WHOLE, 1);
    }

    @Override
    public Sample goodSample() {
        return sample(3, "3");
    }

    private static List<Verdict> verdicts(Judge judge, Path folder, Sample... samples) {
        return judge.judge(Group.of(List.of(samples)), Tiny.step("judge", folder)).stream()
                .map(Judged::verdict)
                .toList();
    }

    @Test
    void what_was_preferred_gets_the_higher_reward() {
        for (int i = 0; i < 8; i++) {
            List<Verdict> both = verdicts(judge(), folder, sample(i, "" + i), sample(i, "" + (i + 1)));
            assertThat(((Verdict.Rewarded) both.get(0)).logit())
                    .isGreaterThan(((Verdict.Rewarded) both.get(1)).logit());
        }
    }

    @Test
    void a_text_that_the_model_cannot_read_is_unjudged_and_the_others_are_judged() {
        List<Verdict> verdicts =
                verdicts(judge(), folder, sample(1, "ü"), sample(1, ""), sample(1, "1".repeat(80)), sample(1, "1"));
        assertThat(verdicts.subList(0, 3)).allMatch(each -> each instanceof Verdict.Unjudged);
        assertThat(verdicts.get(0).because()).contains("ü");
        assertThat(verdicts.get(3)).isInstanceOf(Verdict.Rewarded.class);
    }

    @Test
    void the_head_is_where_transformers_looks_for_it_and_goes_on_learning() {
        LoadedModel loaded = models.load(rewarding);
        assertThat(SafeFiles.text(loaded.directory().path().resolve("config.json")))
                .contains("LlamaForSequenceClassification")
                .contains("\"reward\"");
        assertThat(loaded.weights()).containsKey("score.weight").doesNotContainKey("score.bias");
        assertThat(HeadKind.REWARD.start(loaded).get("score.weight"))
                .satisfies(weight -> assertThat(weight.values()).isNotEqualTo(new float[32]));
        assertThat(HeadKind.TOKENS_ONLY.config(
                        SafeFiles.text(loaded.directory().path().resolve("config.json")), "config.json"))
                .contains("LlamaForCausalLM")
                .doesNotContain("reward");
    }

    @Test
    void a_model_without_the_head_is_refused() {
        assertThatThrownBy(() -> verdicts(new RewardJudge(models, base, WHOLE, 1), folder, goodSample()))
                .hasMessageContaining("score.weight")
                .hasMessageContaining("a reward model");
        assertThatThrownBy(() -> verdicts(
                        new RewardJudge(models, rewarding, new RewardJudge.Reading.Steps("\n"), 1),
                        folder,
                        goodSample()))
                .hasMessageContaining("[2, 32]");
    }

    @Test
    void an_outcome_reward_model_says_how_probable_it_is_that_the_whole_answer_is_right() {
        List<StepLabels> labels = IntStream.range(0, 16)
                .mapToObj(i -> new StepLabels(
                        "s" + i,
                        asked(i / 2),
                        List.of(new StepLabels.Step(
                                new Segment.Written("" + (i / 2 + i % 2), Segment.Loss.COUNTED),
                                i % 2 == 0 ? StepLabels.Label.RIGHT : StepLabels.Label.WRONG))))
                .toList();
        Model outcome = learned(new Examples.LabelledSteps(labels), new Objective.StepReward());
        var judge = new RewardJudge(models, outcome, new RewardJudge.Reading.Outcome(), 1);
        for (int i = 0; i < 8; i++) {
            List<Verdict> both = verdicts(judge, folder, sample(i, "" + i), sample(i, "" + (i + 1)));
            assertThat(((Verdict.Scored) both.get(0)).value()).isGreaterThan(0.5);
            assertThat(((Verdict.Scored) both.get(1)).value()).isLessThan(0.5);
        }
    }

    @Test
    void a_process_reward_model_judges_every_step() {
        List<StepLabels> labels = IntStream.range(0, 8)
                .mapToObj(i -> new StepLabels(
                        "s" + i,
                        asked(i),
                        Stream.of("1+1=2\n", "1+1=" + (3 + i % 6) + "\n")
                                .map(text -> new StepLabels.Step(
                                        new Segment.Written(text, Segment.Loss.COUNTED),
                                        text.equals("1+1=2\n") ? StepLabels.Label.RIGHT : StepLabels.Label.WRONG))
                                .toList()))
                .toList();
        Model process = learned(new Examples.LabelledSteps(labels), new Objective.StepReward());
        var judge = new RewardJudge(models, process, new RewardJudge.Reading.Steps("\n"), 1);
        var verdict = (Verdict.Stepwise)
                verdicts(judge, folder, sample(2, "1+1=2\n1+1=5\n")).getFirst();
        assertThat(verdict.steps()).hasSize(2);
        assertThat(verdict.steps().get(0)).isGreaterThan(0.5);
        assertThat(verdict.steps().get(1)).isLessThan(0.5);
        assertThat(verdict.lowest()).isEqualTo(verdict.steps().get(1));
        // what follows the last separator is a step too
        assertThat(((Verdict.Stepwise)
                                verdicts(judge, folder, sample(2, "1+1=2\n2")).getFirst())
                        .steps())
                .hasSize(2);
    }
}
