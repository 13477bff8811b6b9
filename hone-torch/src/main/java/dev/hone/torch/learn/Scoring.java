package dev.hone.torch.learn;

import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// What a model says of given texts, without gradients.
///
/// @param threads that score parts at the same time, where the device lets them; changes the speed, never a bit of the
/// result
public record Scoring(int threads) {

    /// Texts that a thread scores at once.
    private static final int TEXTS = 64;
    /// About so many tokens a thread scores at once.
    private static final int PLACES = 2_048;

    /// For each text the log-probability of every counted token, in nats.
    public List<float[]> logProbs(TrainingDecoder decoder, List<Text> texts) {
        return read(decoder, texts).stream()
                .map(Readout::logProbs)
                .map(Scoring::narrowed)
                .toList();
    }

    private static float[] narrowed(double[] values) {
        float[] narrow = new float[values.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) values[i];
        }
        return narrow;
    }

    /// What the decoder and its head say of each text.
    public List<Readout> read(TrainingDecoder decoder, List<Text> texts) {
        List<Readout> all = new ArrayList<>();
        Workers.inOrder(atOnce(decoder), parts(texts), part -> together(decoder, part), all::addAll);
        return all;
    }

    /// For each text and each layer the log-probability of every counted token, in nats: `[texts][layers]`.
    public List<List<float[]>> layers(TrainingDecoder decoder, List<Text> texts) {
        List<List<float[]>> all = new ArrayList<>();
        Workers.inOrder(atOnce(decoder), parts(texts), part -> LayerLens.of(decoder, part), all::addAll);
        return all;
    }

    private int atOnce(TrainingDecoder decoder) {
        return decoder.parameters().transfer().threads(threads);
    }

    private static List<List<Text>> parts(List<Text> texts) {
        List<List<Text>> parts = new ArrayList<>();
        List<Text> part = new ArrayList<>();
        int places = 0;
        for (Text text : texts) {
            if (part.size() == TEXTS || (!part.isEmpty() && places + text.ids().length > PLACES)) {
                parts.add(part);
                part = new ArrayList<>();
                places = 0;
            }
            part.add(text);
            places += text.ids().length;
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    /// In one pass, on the caller's thread.
    static List<Readout> together(TrainingDecoder decoder, List<Text> texts) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            return new Pass(decoder, texts, Noise.none(), Activations.KEPT).read();
        }
    }
}
