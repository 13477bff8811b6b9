package dev.hone.torch;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Model;
import dev.hone.data.Tokens;
import dev.hone.generate.LayerLikelihood;
import dev.hone.generate.Likelihood;
import dev.hone.run.Step;
import dev.hone.torch.learn.Scoring;
import dev.hone.torch.learn.TrainingDecoder;
import dev.hone.torch.model.LoadedModel;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Dtype;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// Scores with a model of this machine. Text that was written rather than drawn has [Author#FORCED] as its
/// author.
///
/// @param dtype that products are computed in
/// @param threads of libtorch
public record TorchLikelihood(LocalModels models, Dtype dtype, int threads) implements Likelihood, LayerLikelihood {
    private static final int TEXTS_AT_ONCE = 256;

    /// Float32, a thread a core.
    public static TorchLikelihood on(LocalModels models) {
        return new TorchLikelihood(models, Dtype.FLOAT32, Runtime.getRuntime().availableProcessors());
    }

    @Override
    public List<Tokens> score(Model model, List<Demonstration> texts, Step step) {
        return inParts(model, texts, step, (decoder, part) -> {
            List<float[]> logProbs = new Scoring(threads).logProbs(decoder, whole(part));
            return IntStream.range(0, part.size())
                    .mapToObj(i -> withLogProbs(part.get(i).completion(), logProbs.get(i)))
                    .toList();
        });
    }

    @Override
    public List<List<Tokens>> scoreByLayer(Model model, List<Demonstration> texts, Step step) {
        return inParts(model, texts, step, (decoder, part) -> {
            List<List<float[]>> logProbs = new Scoring(threads).layers(decoder, whole(part));
            return IntStream.range(0, part.size())
                    .mapToObj(i -> logProbs.get(i).stream()
                            .map(layer -> withLogProbs(part.get(i).completion(), layer))
                            .toList())
                    .toList();
        });
    }

    /// @param scoring one result a text
    private <T> List<T> inParts(
            Model model,
            List<Demonstration> texts,
            Step step,
            BiFunction<TrainingDecoder, List<LoadedModel.Taught>, List<T>> scoring) {
        LoadedModel loaded = models.load(model);
        List<LoadedModel.Taught> taught = texts.stream().map(loaded::taught).toList();
        List<T> scored = new ArrayList<>();
        try (var decoder = TrainingDecoder.reading(loaded.config(), loaded.tensors(), models.device(), dtype)) {
            for (int from = 0; from < taught.size(); from += TEXTS_AT_ONCE) {
                step.mayStop();
                scored.addAll(
                        scoring.apply(decoder, taught.subList(from, Math.min(taught.size(), from + TEXTS_AT_ONCE))));
                step.progress(scored.size(), texts.size(), "texts", "");
            }
        }
        return scored;
    }

    /// All of a completion counts.
    private static List<Text> whole(List<LoadedModel.Taught> taught) {
        return taught.stream()
                .map(each -> Text.completing(
                        LoadedModel.join(each.prompt(), each.completion().ids()),
                        each.completion().size(),
                        1f))
                .toList();
    }

    private static Tokens withLogProbs(Tokens tokens, float[] logProbs) {
        Tokens scored = Tokens.empty();
        for (int i = 0; i < tokens.size(); i++) {
            Author author = tokens.author(i);
            scored = scored.plus(Tokens.scored(author, new int[] {tokens.id(i)}, new float[] {logProbs[i]}));
        }
        return scored;
    }
}
