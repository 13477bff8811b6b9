package dev.hone.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Supervised fine-tuning, one optimizer step at a time: `L = - sum_j w_j log p(t_j) / sum_j w_j` over the counted
/// tokens of the whole batch, however many pieces it is computed in.
///
/// @param placesPerPiece about so many tokens go through the decoder at once; a batch is cut into pieces, at least
///     two where it has two texts, and their gradients are added in order
/// @param threads that compute pieces at the same time; changes the speed, never a bit of the result
record Trainer(AdamW optimizer, double maxGradientNorm, int placesPerPiece, int threads) {

    /// What a piece of a batch gives.
    ///
    /// @param gradients by parameter, in the order of [DecoderConfig#parameters]
    private record Share(double loss, List<float[]> gradients) {}

    /// One step on a batch; `state` and `decoder` then hold the new weights.
    ///
    /// @return the loss before the step
    double step(TrainingDecoder decoder, TrainingState state, List<Text> batch, double learningRate) {
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
        Share sum = sum(shares(decoder, pieces(batch), total));
        if (!Double.isFinite(sum.loss)) {
            throw Fault.engine(
                    "the loss is " + sum.loss + " at step " + (state.step() + 1) + ", not a finite number",
                    "lower the learning rate or check the model's weights");
        }
        update(decoder, state, sum.gradients, learningRate);
        state.losses.add(sum.loss);
        state.tokens += counted;
        return sum.loss;
    }

    /// In the order given; a piece ends with the text that fills it.
    private List<List<Text>> pieces(List<Text> batch) {
        List<Text> counted = batch.stream().filter(text -> text.counted() > 0).toList();
        int places = counted.stream().mapToInt(text -> text.ids().length).sum();
        int enough = Math.min(placesPerPiece, Math.ceilDiv(places, 2));
        List<List<Text>> pieces = new ArrayList<>();
        List<Text> piece = new ArrayList<>();
        int filled = 0;
        for (Text text : counted) {
            piece.add(text);
            filled += text.ids().length;
            if (filled >= enough) {
                pieces.add(piece);
                piece = new ArrayList<>();
                filled = 0;
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece);
        }
        return pieces;
    }

    private List<Share> shares(TrainingDecoder decoder, List<List<Text>> pieces, double total) {
        return Workers.each(threads, pieces, piece -> {
            try (var _ = new PointerScope()) {
                Packing packing = Packing.of(piece);
                Tensor weights = Tensor.create(packing.weights(), packing.weights().length);
                Tensor loss = decoder.logProbs(packing).mul(weights).sum().mul(new Scalar(-1 / total));
                return new Share(loss.item_float(), decoder.gradients(loss));
            }
        });
    }

    private static Share sum(List<Share> shares) {
        double loss = shares.getFirst().loss;
        List<float[]> gradients = shares.getFirst().gradients;
        for (Share share : shares.subList(1, shares.size())) {
            loss += share.loss;
            for (int at = 0; at < gradients.size(); at++) {
                add(gradients.get(at), share.gradients.get(at));
            }
        }
        return new Share(loss, gradients);
    }

    private static void add(float[] to, float[] more) {
        for (int i = 0; i < to.length; i++) {
            to[i] += more[i];
        }
    }

    private void update(TrainingDecoder decoder, TrainingState state, List<float[]> gradients, double learningRate) {
        double squares = 0;
        for (float[] gradient : gradients) {
            for (float each : gradient) {
                squares += (double) each * each;
            }
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
