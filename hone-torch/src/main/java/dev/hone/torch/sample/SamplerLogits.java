package dev.hone.torch.sample;

import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.util.List;

/// Logits after every token of given texts, as the sampler computes them.
public record SamplerLogits(ModelDirectory model, Device device, Dtype dtype) {
    private static final int PLACES = 64;

    /// Hears what is computed; the logits are its own until it returns.
    public interface Listener {
        /// @param text which
        /// @param place of the token, from 0
        /// @param logits `[vocabulary]`
        void after(int text, int place, float[] logits);
    }

    /// In order of texts and places.
    public void each(List<int[]> texts, Listener listener) {
        int capacity = texts.stream().mapToInt(ids -> ids.length).max().orElse(1);
        DecoderConfig config = model.config();
        float[] row = new float[config.vocabulary()];
        try (var gang = new Gang(Runtime.getRuntime().availableProcessors());
                var weights = DrawingWeights.of(config, model.tensors(), device, dtype, gang);
                var decoder = weights.decoder(gang, PLACES, PLACES, capacity)) {
            for (int text = 0; text < texts.size(); text++) {
                int[] ids = texts.get(text);
                var sequence = decoder.pages().sequence();
                for (int from = 0; from < ids.length; from += PLACES) {
                    int count = Math.min(PLACES, ids.length - from);
                    for (int i = 0; i < count; i++) {
                        decoder.add(sequence, ids[from + i], true);
                    }
                    float[] logits = decoder.step();
                    for (int i = 0; i < count; i++) {
                        System.arraycopy(logits, i * row.length, row, 0, row.length);
                        listener.after(text, from + i, row);
                    }
                }
                sequence.release();
            }
        }
    }

    /// Log-probability of one of the tokens, nats.
    public static double logProb(float[] logits, int token) {
        double largest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - largest);
        }
        return logits[token] - largest - Math.log(sum);
    }
}
