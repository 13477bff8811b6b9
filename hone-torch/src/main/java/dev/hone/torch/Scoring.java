package dev.hone.torch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/// Log-probabilities of given texts.
///
/// @param threads that score parts at the same time; changes the speed, never a bit of the result
record Scoring(int threads) {

    /// Texts that a thread scores at once.
    private static final int TEXTS = 64;

    /// For each text the log-probability of every counted token, in nats at temperature 1.
    List<float[]> logProbs(TrainingDecoder decoder, List<Text> texts) {
        List<List<Text>> parts = new ArrayList<>();
        for (int from = 0; from < texts.size(); from += TEXTS) {
            parts.add(texts.subList(from, Math.min(texts.size(), from + TEXTS)));
        }
        List<float[]> all = new ArrayList<>();
        Workers.each(threads, parts, part -> part(decoder, part)).forEach(all::addAll);
        return all;
    }

    private static List<float[]> part(TrainingDecoder decoder, List<Text> texts) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Packing packing = Packing.of(texts);
            float[] flat = new float[packing.rows().length];
            FloatBuffer buffer = decoder.logProbs(packing).contiguous().createBuffer();
            buffer.get(flat);
            return apart(packing, texts, flat);
        }
    }

    private static List<float[]> apart(Packing packing, List<Text> texts, float[] flat) {
        List<float[]> results = new ArrayList<>();
        int[] next = new int[texts.size()];
        texts.forEach(text -> results.add(new float[text.counted()]));
        for (int i = 0; i < flat.length; i++) {
            int owner = packing.owners()[(int) packing.rows()[i]];
            results.get(owner)[next[owner]++] = Math.min(0f, flat[i]);
        }
        return results;
    }
}
