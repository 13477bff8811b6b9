package dev.hone.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/// One optimizer step at a time on the parts of a batch, however many pieces it is computed in.
///
/// @param placesPerPiece about so many tokens go through the decoder at once; a batch is cut into pieces,
///     at least two where it has two parts, and their gradients are added in order
/// @param threads that compute pieces at the same time; changes the speed, never a bit of the result
record Trainer(AdamW optimizer, double maxGradientNorm, int placesPerPiece, int threads, Activations activations) {

    /// What a piece of a batch gives.
    private record Share(double loss, Gradients gradients) {}

    /// One step; `state` and `decoder` then hold the new weights.
    ///
    /// @return the loss before the step
    double step(TrainingDecoder decoder, TrainingState state, List<Part> batch, Noise noise, double learningRate) {
        List<List<Part>> pieces = pieces(batch);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("nothing of the batch counts in the loss");
        }
        state.forgetGradient();
        double[] loss = {0};
        Workers.inOrder(
                threads,
                IntStream.range(0, pieces.size()).boxed().toList(),
                at -> share(decoder, pieces.get(at), noise.at(at)),
                share -> {
                    loss[0] += share.loss;
                    add(share.gradients, decoder.parameters().learning(), state);
                });
        if (!Double.isFinite(loss[0])) {
            throw Fault.engine(
                    "the loss is " + loss[0] + " at step " + (state.step() + 1) + ", not a finite number",
                    "lower the learning rate or check the model's weights");
        }
        update(decoder, state, learningRate);
        state.losses.add(loss[0]);
        for (Part part : batch) {
            state.tokens += part.texts().stream().mapToInt(Text::counted).sum();
        }
        return loss[0];
    }

    /// The loss of a batch, without gradients or noise.
    double loss(TrainingDecoder decoder, List<Part> batch) {
        double sum = 0;
        for (double loss : Workers.each(threads, pieces(batch), piece -> lossOf(decoder, piece))) {
            sum += loss;
        }
        return sum;
    }

    private static double lossOf(TrainingDecoder decoder, List<Part> piece) {
        List<Text> texts = texts(piece);
        return loss(piece, Scoring.together(decoder, texts), slopes(decoder, texts));
    }

    /// In the order given; a piece ends with the part that fills it.
    private List<List<Part>> pieces(List<Part> batch) {
        List<Part> counted = batch.stream()
                .filter(part -> part.texts().stream().anyMatch(text -> text.counted() > 0 || text.reads().length > 0))
                .toList();
        int enough = Math.min(
                placesPerPiece,
                Math.ceilDiv(counted.stream().mapToInt(Trainer::places).sum(), 2));
        List<List<Part>> pieces = new ArrayList<>();
        List<Part> piece = new ArrayList<>();
        int filled = 0;
        for (Part part : counted) {
            piece.add(part);
            filled += places(part);
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

    private static int places(Part part) {
        return part.texts().stream().mapToInt(text -> text.ids().length).sum();
    }

    private static List<Text> texts(List<Part> piece) {
        return piece.stream().flatMap(part -> part.texts().stream()).toList();
    }

    private static List<Readout> slopes(TrainingDecoder decoder, List<Text> texts) {
        int outputs = ValueHead.outputs(decoder.parameters());
        return texts.stream().map(text -> Readout.zero(text, outputs)).toList();
    }

    private Share share(TrainingDecoder decoder, List<Part> piece, Noise noise) {
        try (var _ = new PointerScope()) {
            List<Text> texts = texts(piece);
            Pass pass = new Pass(decoder, texts, noise, activations);
            List<Readout> slopes = slopes(decoder, texts);
            double loss = loss(piece, pass.read(), slopes);
            return new Share(loss, pass.gradients(slopes));
        }
    }

    /// What parts say of readouts of all their texts, in order; `slopes` is filled.
    static double loss(List<Part> piece, List<Readout> said, List<Readout> slopes) {
        double loss = 0;
        int at = 0;
        for (Part part : piece) {
            int end = at + part.texts().size();
            loss += part.loss(said.subList(at, end), slopes.subList(at, end));
            at = end;
        }
        return loss;
    }

    private static void add(Gradients gradients, List<String> names, TrainingState state) {
        try (gradients) {
            names.forEach(name -> gradients.addTo(name, state.gradient(name)));
        }
    }

    private void update(TrainingDecoder decoder, TrainingState state, double learningRate) {
        List<String> names = decoder.parameters().learning();
        double squares = 0;
        for (double each : Workers.each(threads, names, name -> squares(state.gradient(name)))) {
            squares += each;
        }
        double norm = Math.sqrt(squares);
        // the small number is torch's
        double scale = Double.isInfinite(maxGradientNorm) ? 1 : Math.min(1, maxGradientNorm / (norm + 1e-6));
        state.optimizerStep++;
        Workers.each(threads, names, name -> {
            float[] weights = state.weight(name);
            optimizer.apply(
                    weights,
                    state.gradient(name),
                    state.moment(state.first, name),
                    state.moment(state.second, name),
                    state.optimizerStep,
                    learningRate,
                    scale);
            decoder.parameters().set(name, weights);
            return name;
        });
    }

    private static double squares(float[] values) {
        double squares = 0;
        for (float each : values) {
            squares += (double) each * each;
        }
        return squares;
    }
}
