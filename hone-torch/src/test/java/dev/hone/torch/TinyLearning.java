package dev.hone.torch;

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
import dev.hone.data.RolloutGroup;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.learn.Aggregation;
import dev.hone.learn.Clip;
import dev.hone.learn.Learned;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Seed;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A small model that learns, and examples for it.
abstract class TinyLearning {
    @TempDir
    Path folder;

    LocalModels models;
    Model model;

    @BeforeEach
    void create() {
        models = Tiny.models(folder.resolve("models"));
        model = models.create(Tiny.shape(), new Seed(11));
    }

    @AfterEach
    void close() {
        models.close();
    }

    static Training training(int steps, int batch, double rate) {
        return new Training(
                new Training.Length.Steps(steps),
                batch,
                rate,
                new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
                Training.AdamW.standard(),
                1.0,
                Training.Order.SHUFFLED);
    }

    <E extends Examples> Learned learn(E examples, Objective<E> objective, Training training, String work) {
        return learn(examples, objective, training, work, () -> {}, 1);
    }

    <E extends Examples> Learned learn(
            E examples, Objective<E> objective, Training training, String work, Runnable stop, int threads) {
        return new TorchLearner(models, Dtype.FLOAT32, threads, 3, Activations.KEPT)
                .learn(
                        Start.fresh(model),
                        examples,
                        objective,
                        training,
                        Tiny.step("learn", folder.resolve(work), stop));
    }

    static List<Message> asked(int i) {
        return List.of(Message.user(i + "+" + (i + 2) + "="));
    }

    /// Eight pairs, of which neither side is longer as a rule.
    static Examples.Preferences pairs() {
        List<Preference> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String right = "" + (2 * i + 2);
            all.add(Preference.of("p" + i, asked(i), right, i % 2 == 0 ? right + "1" : "" + (7 - i)));
        }
        return new Examples.Preferences(all);
    }

    double[] sums(Model of, List<Demonstration> texts) {
        return new TorchLikelihood(models, Dtype.FLOAT32, 1)
                .score(of, texts, Tiny.step("score", folder)).stream()
                        .mapToDouble(tokens -> IntStream.range(0, tokens.size())
                                .mapToDouble(tokens::logProb)
                                .sum())
                        .toArray();
    }

    double[] gains(Model learned, List<Demonstration> texts) {
        double[] before = sums(model, texts);
        double[] after = sums(learned, texts);
        return IntStream.range(0, after.length)
                .mapToDouble(i -> after[i] - before[i])
                .toArray();
    }

    static Examples.Labelled labelled() {
        List<LabelledCompletion> all = new ArrayList<>();
        for (Preference pair : pairs().all()) {
            all.add(new LabelledCompletion(pair.better(), LabelledCompletion.Label.DESIRABLE));
            all.add(new LabelledCompletion(pair.worse(), LabelledCompletion.Label.UNDESIRABLE));
        }
        return new Examples.Labelled(all);
    }

    Sample sample(int problem, String text, int index) {
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
    Examples.Rollouts rollouts() {
        List<RolloutGroup> groups = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            groups.add(new RolloutGroup(List.of(
                    new RolloutGroup.Rollout(sample(i, "" + (2 * i + 2), 0), 1),
                    new RolloutGroup.Rollout(sample(i, "0", 1), 0),
                    new RolloutGroup.Rollout(sample(i, "7*1", 2), 0))));
        }
        return new Examples.Rollouts(groups);
    }

    static Objective.Grpo grpo(double kl) {
        return new Objective.Grpo(
                Objective.Grpo.Advantages.GROUP_STD,
                Objective.Grpo.Ratio.TOKEN,
                new Clip(0.2, 0.28),
                kl,
                new Aggregation.SequenceMean());
    }
}
