package dev.hone.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Supervised fine-tuning, one optimizer step at a time: `L = - sum_j w_j log p(t_j) / sum_j w_j` over the counted
/// tokens of
/// the whole batch, however many pieces it is computed in.
///
/// @param placesPerPiece tokens that go through the decoder at once; a larger batch is cut and its gradients are added
/// @param threads of libtorch; the bits of a result depend on it
record Trainer(AdamW optimizer, double maxGradientNorm, int placesPerPiece, int threads) {

    /// One step on a batch; `state` and `decoder` then hold the new weights.
    ///
    /// @return the loss before the step
    double step(TrainingDecoder decoder, TrainingState state, List<Text> batch, double learningRate) {
        return OpenBlas.alone(threads, () -> {
            torch.set_num_threads(threads);
            double total = 0;
            long counted = 0;
            for (Text text : batch) {
                for (float weight : text.weights()) {
                    total += weight;
                    counted += weight != 0 ? 1 : 0;
                }
            }
            if (!(total > 0)) {
                throw new IllegalArgumentException("no token of the batch counts in the loss");
            }
            double loss = 0;
            for (List<Text> piece : pieces(batch)) {
                loss += backward(decoder, piece, total);
            }
            if (!Double.isFinite(loss)) {
                throw Fault.engine(
                        "the loss is " + loss + " at step " + (state.step() + 1) + ", not a finite number",
                        "lower the learning rate or check the model's weights");
            }
            update(decoder, state, learningRate);
            state.losses.add(loss);
            state.tokens += counted;
            return loss;
        });
    }

    /// In the order given, each at most [#placesPerPiece] long unless a single text is longer.
    private List<List<Text>> pieces(List<Text> batch) {
        List<List<Text>> pieces = new ArrayList<>();
        List<Text> piece = new ArrayList<>();
        int places = 0;
        for (Text text : batch) {
            if (text.counted() == 0) {
                continue;
            }
            if (!piece.isEmpty() && places + text.ids().length > placesPerPiece) {
                pieces.add(piece);
                piece = new ArrayList<>();
                places = 0;
            }
            piece.add(text);
            places += text.ids().length;
        }
        pieces.add(piece);
        return pieces;
    }

    /// Adds the gradient of a piece's share of the loss.
    private static double backward(TrainingDecoder decoder, List<Text> piece, double total) {
        try (var _ = new PointerScope()) {
            Packing packing = Packing.of(piece);
            Tensor weights = Tensor.create(packing.weights(), packing.weights().length);
            Tensor loss = decoder.logProbs(packing).mul(weights).sum().mul(new Scalar(-1 / total));
            loss.backward();
            return loss.item_float();
        }
    }

    private void update(TrainingDecoder decoder, TrainingState state, double learningRate) {
        List<String> names = List.copyOf(state.weights.keySet());
        List<float[]> gradients = new ArrayList<>();
        double squares = 0;
        for (String name : names) {
            float[] gradient = decoder.takeGradient(name);
            for (float each : gradient) {
                squares += (double) each * each;
            }
            gradients.add(gradient);
        }
        double norm = Math.sqrt(squares);
        // the small number is torch's
        double scale = Double.isInfinite(maxGradientNorm) ? 1 : Math.min(1, maxGradientNorm / (norm + 1e-6));
        state.optimizerStep++;
        int at = 0;
        for (var entry : state.weights.sequencedEntrySet()) {
            String name = entry.getKey();
            float[] weights = entry.getValue().values();
            optimizer.apply(
                    weights,
                    gradients.get(at++),
                    state.moment(state.first, name),
                    state.moment(state.second, name),
                    state.optimizerStep,
                    learningRate,
                    scale);
            decoder.set(name, weights);
        }
    }
}
