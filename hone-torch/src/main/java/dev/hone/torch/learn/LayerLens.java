package dev.hone.torch.learn;

import dev.hone.torch.device.Scopes;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.objective.Text;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// What a decoder would say of given texts if it ended after each of its layers: its last norm and its
/// head, applied to the stream there.
final class LayerLens {
    private LayerLens() {}

    /// In one pass, on the caller's thread.
    ///
    /// @return for each text and each layer the log-probability of every counted token, in nats:
    ///     `[texts][layers]`
    static List<List<float[]>> of(TrainingDecoder decoder, List<Text> texts) {
        List<List<float[]>> all = new ArrayList<>();
        texts.forEach(_ -> all.add(new ArrayList<>()));
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Packing packing = Packing.of(decoder.config(), texts);
            var positions = new TrainingDecoder.Positions(decoder.config(), packing, decoder.parameters());
            Tensor stream = decoder.embedded(packing);
            for (int layer = 0; layer < decoder.config().layers(); layer++) {
                Tensor input = stream;
                int now = layer;
                stream = Scopes.outliving(() -> decoder.layer(now, input, positions, Noise.none()));
                float[] logProbs = logProbs(decoder, packing, stream);
                int next = 0;
                for (int text = 0; text < texts.size(); text++) {
                    float[] said = new float[texts.get(text).counted()];
                    for (int i = 0; i < said.length; i++) {
                        said[i] = Math.min(0f, logProbs[next++]);
                    }
                    all.get(text).add(said);
                }
            }
        }
        return all;
    }

    /// Of every counted token, in the packing's order.
    private static float[] logProbs(TrainingDecoder decoder, Packing packing, Tensor stream) {
        try (var _ = new PointerScope()) {
            long[] rows = packing.rows();
            Transfer transfer = decoder.parameters().transfer();
            Tensor states = decoder.last(stream).index_select(0, transfer.put(rows, rows.length));
            return new TokenHead(
                            transfer,
                            decoder.parameters().toMultiply(states),
                            decoder.parameters().get(decoder.headName()),
                            packing.targets(),
                            packing.sharpness(),
                            TokenHead.LOGITS_AT_ONCE)
                    .logProbs();
        }
    }
}
