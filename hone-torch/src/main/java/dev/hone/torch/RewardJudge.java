package dev.hone.torch;

import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.HoneException;
import dev.hone.run.Step;
import dev.hone.torch.learn.Parameters;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.model.HeadKind;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.objective.Lessons;
import dev.hone.torch.objective.Logistic;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Dtype;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Judges by a model that was taught to: each sample's text, under its problem's prompt, in the judging
/// model's own tokens. A sample that was cut, failed, or does not fit into the judging model is unjudged.
///
/// Costs one pass of the judging model over every sample.
///
/// @param judging a model learned with the objective for what is read
/// @param threads that compute; changes the speed, never a bit of the result
public record RewardJudge(LocalModels models, Model judging, Reading reading, int threads) implements Judge {
    private static final int TEXTS_AT_ONCE = 256;

    /// What is read of a sample.
    public sealed interface Reading {

        /// One raw reward at its end, a [Verdict.Rewarded]; by a model of a Bradley-Terry or listwise
        /// objective.
        record Whole() implements Reading {}

        /// At its end the probability that it is right, a [Verdict.Scored]; by a model of the step
        /// objective that was taught answers of one step.
        record Outcome() implements Reading {}

        /// At the end of every step the probability that it is right, a [Verdict.Stepwise]; by a model of
        /// the step objective.
        ///
        /// @param separator ends a step and belongs to it, not empty; what follows the last one is a step
        ///     too
        record Steps(String separator) implements Reading {
            public Steps {
                if (separator.isEmpty()) {
                    throw new IllegalArgumentException(
                            "separator is empty; give what ends a step, such as a line break");
                }
            }

            private List<String> of(String text) {
                return Pattern.compile("(?<=" + Pattern.quote(separator) + ")")
                        .splitAsStream(text)
                        .toList();
            }
        }
    }

    /// What can be said of a sample before the model is asked.
    private sealed interface Seen {
        record Legible(Sample sample, Text text) implements Seen {}

        record Illegible(Sample sample, String because) implements Seen {}
    }

    @Override
    public List<Judged> judge(List<Group> groups, Step step) {
        LoadedModel model = models.load(judging);
        List<Seen> seen = groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> look(model, sample))
                .toList();
        List<Text> texts = seen.stream()
                .flatMap(each -> each instanceof Seen.Legible(Sample _, Text text) ? Stream.of(text) : Stream.of())
                .toList();
        var read = read(model, texts, step).iterator();
        return seen.stream()
                .map(each -> switch (each) {
                    case Seen.Legible(Sample sample, Text _) ->
                        judged(sample, verdict(read.next().values()));
                    case Seen.Illegible(Sample sample, String because) -> judged(sample, new Verdict.Unjudged(because));
                })
                .toList();
    }

    private Judged judged(Sample sample, Verdict verdict) {
        return new Judged(sample, "reward of " + judging.id(), verdict);
    }

    private Seen look(LoadedModel model, Sample sample) {
        return switch (sample.finish()) {
            case Finish.Unfinished unfinished -> new Seen.Illegible(sample, unfinished.because());
            case Finish.Stopped() -> {
                try {
                    yield sample.text().isEmpty()
                            ? new Seen.Illegible(sample, "no text")
                            : new Seen.Legible(sample, text(model, sample));
                } catch (HoneException unreadable) {
                    yield new Seen.Illegible(sample, String.valueOf(unreadable.getMessage()));
                }
            }
        };
    }

    private Text text(LoadedModel model, Sample sample) {
        var prompt = sample.problem().prompt();
        return switch (reading) {
            case Reading.Whole() -> Lessons.whole(model, Demonstration.of(sample.id(), prompt, sample.text()));
            case Reading.Outcome() ->
                Lessons.steps(
                        model, sample.id(), prompt, List.of(new Segment.Written(sample.text(), Segment.Loss.COUNTED)));
            case Reading.Steps steps ->
                Lessons.steps(
                        model,
                        sample.id(),
                        prompt,
                        steps.of(sample.text()).stream()
                                .<Segment>map(text -> new Segment.Written(text, Segment.Loss.COUNTED))
                                .toList());
        };
    }

    private List<Readout> read(LoadedModel model, List<Text> texts, Step step) {
        var head = (switch (reading) {
                    case Reading.Whole() -> HeadKind.REWARD;
                    case Reading.Outcome(), Reading.Steps _ -> HeadKind.STEPS;
                })
                .of(model);
        List<Readout> read = new ArrayList<>();
        var parameters = Parameters.reading(model.config(), model.tensors(), head, models.device(), Dtype.FLOAT32);
        try (var decoder = new TrainingDecoder(model.config(), parameters, 1)) {
            for (int from = 0; from < texts.size(); from += TEXTS_AT_ONCE) {
                step.mayStop();
                List<Text> some = texts.subList(from, Math.min(texts.size(), from + TEXTS_AT_ONCE));
                read.addAll(new Scoring(threads).read(decoder, some));
                step.progress(read.size(), texts.size(), "samples judged", "");
            }
        }
        return read;
    }

    private Verdict verdict(double[] values) {
        return switch (reading) {
            case Reading.Whole() -> new Verdict.Rewarded(values[0], "reward model");
            case Reading.Outcome() ->
                new Verdict.Scored(Logistic.sigmoid(values[1] - values[0]), "outcome reward model");
            case Reading.Steps _ -> {
                List<Double> steps = new ArrayList<>();
                for (int i = 0; i < values.length; i += 2) {
                    steps.add(Logistic.sigmoid(values[i + 1] - values[i]));
                }
                yield new Verdict.Stepwise(steps, "process reward model");
            }
        };
    }
}
