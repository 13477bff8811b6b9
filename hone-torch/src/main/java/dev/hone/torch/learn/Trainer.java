package dev.hone.torch.learn;

import dev.hone.torch.file.Fault;
import dev.hone.torch.objective.Part;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;

/// One optimizer step at a time on the parts of a batch, however many pieces it is computed in.
///
/// @param placesPerPiece about so many tokens go through the decoder at once; a batch is cut into pieces,
///     at least two where it has two parts, and their gradients are added in order
/// @param threads that compute pieces at the same time, where the device lets them, and that update weights; changes
/// the speed, never a bit of the result
public record Trainer(
        AdamW optimizer, double maxGradientNorm, int placesPerPiece, int threads, Activations activations) {

    /// What a piece of a batch gives.
    private record Share(int piece, double loss, Gradients gradients) {}

    /// One step; `state` and `decoder` then hold the new weights.
    ///
    /// @return the loss before the step
    public double step(
            TrainingDecoder decoder, TrainingState state, List<Part> batch, Noise noise, double learningRate) {
        List<List<Part>> pieces = pieces(batch);
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("nothing of the batch counts in the loss");
        }
        List<String> names = decoder.parameters().learning();
        int threadsOfPieces = together(decoder);
        List<Gradients> last = new ArrayList<>(); // added below, by all threads
        Queue<Gradients> made = new ConcurrentLinkedQueue<>(); // also by pieces beside one that fails
        double loss = 0;
        try {
            List<Integer> places = IntStream.range(0, pieces.size()).boxed().toList();
            double[] sum = {0};
            Workers.inOrder(threadsOfPieces, places, at -> share(decoder, pieces, at, noise, made), share -> {
                sum[0] += share.loss;
                if (share.piece < pieces.size() - threadsOfPieces) {
                    add(share, names, state);
                } else {
                    last.add(share.gradients);
                }
            });
            loss = sum[0];
            refuseUnlessFinite("the loss", loss, state);
            update(decoder, state, last, pieces.size() > last.size(), learningRate);
        } finally {
            made.forEach(Gradients::close);
        }
        state.losses.add(loss);
        for (Part part : batch) {
            state.tokens += part.texts().stream().mapToInt(Text::counted).sum();
        }
        return loss;
    }

    /// The loss of a batch, without gradients or noise.
    double loss(TrainingDecoder decoder, List<Part> batch) {
        double sum = 0;
        for (double loss : Workers.each(together(decoder), pieces(batch), piece -> lossOf(decoder, piece))) {
            sum += loss;
        }
        return sum;
    }

    private static void refuseUnlessFinite(String what, double value, TrainingState state) {
        if (!Double.isFinite(value)) {
            throw Fault.engine(
                    what + " is " + value + " at step " + (state.step() + 1) + ", not a finite number",
                    "lower the learning rate or check the model's weights");
        }
    }

    private int together(TrainingDecoder decoder) {
        return decoder.parameters().transfer().threads(threads);
    }

    private static double lossOf(TrainingDecoder decoder, List<Part> piece) {
        List<Text> texts = texts(piece);
        return loss(piece, Scoring.together(decoder, texts), slopes(decoder, texts));
    }

    /// Parts whose texts begin alike lie side by side, in the order of their tokens, and are cut into pieces of about
    /// equal cost.
    private List<List<Part>> pieces(List<Part> batch) {
        List<Part> counted = batch.stream()
                .filter(part -> part.texts().stream().anyMatch(text -> text.counted() > 0 || text.reads().length > 0))
                .sorted(Comparator.comparing(part -> part.texts().getFirst().ids(), Arrays::compare))
                .toList();
        List<List<Part>> pieces = new ArrayList<>();
        int left =
                Math.clamp(Math.ceilDiv(places(counted), placesPerPiece), Math.min(2, counted.size()), counted.size());
        int from = 0;
        while (from < counted.size()) {
            List<Part> rest = counted.subList(from, counted.size());
            int end = from + (left <= 1 ? rest.size() : nearest(rest, (double) places(rest) / left));
            pieces.add(counted.subList(from, end));
            from = end;
            left--;
        }
        return pieces;
    }

    /// How many of the first parts together have so many places, as nearly as can be; at least one.
    private static int nearest(List<Part> parts, double wanted) {
        int filled = places(parts.subList(0, 1));
        for (int count = 1; count < parts.size(); count++) {
            int more = places(parts.subList(count - 1, count + 1)) - places(parts.subList(count - 1, count));
            if (Math.abs(filled + more - wanted) > Math.abs(filled - wanted)) {
                return count;
            }
            filled += more;
        }
        return parts.size();
    }

    /// Tokens of the parts' texts, without what a text shares with the one before it.
    private static int places(List<Part> parts) {
        int places = 0;
        Text before = null;
        for (Text text : texts(parts)) {
            places += text.ids().length - (before == null ? 0 : text.sharedWith(before));
            before = text;
        }
        return places;
    }

    private static List<Text> texts(List<Part> piece) {
        return piece.stream().flatMap(part -> part.texts().stream()).toList();
    }

    private static List<Readout> slopes(TrainingDecoder decoder, List<Text> texts) {
        int outputs = ValueHead.outputs(decoder.parameters());
        return texts.stream().map(text -> Readout.zero(text, outputs)).toList();
    }

    private Share share(TrainingDecoder decoder, List<List<Part>> pieces, int at, Noise noise, Queue<Gradients> made) {
        try (var _ = new PointerScope()) {
            List<Part> piece = pieces.get(at);
            List<Text> texts = texts(piece);
            Pass pass = new Pass(decoder, texts, noise.at(at), activations);
            List<Readout> slopes = slopes(decoder, texts);
            double loss = loss(piece, pass.read(), slopes);
            Gradients gradients = pass.gradients(slopes);
            made.add(gradients);
            return new Share(at, loss, gradients);
        }
    }

    /// What parts say of readouts of all their texts, in order; `slopes` is filled.
    public static double loss(List<Part> piece, List<Readout> said, List<Readout> slopes) {
        double loss = 0;
        int at = 0;
        for (Part part : piece) {
            int end = at + part.texts().size();
            loss += part.loss(said.subList(at, end), slopes.subList(at, end));
            at = end;
        }
        return loss;
    }

    private static void add(Share share, List<String> names, TrainingState state) {
        try (Gradients gradients = share.gradients) {
            names.forEach(name -> Gradients.add(List.of(gradients), name, state.gradient(name), share.piece > 0));
        }
    }

    /// @param last the gradients that `state` lacks
    /// @param begun whether it has others of this step
    private void update(
            TrainingDecoder decoder, TrainingState state, List<Gradients> last, boolean begun, double learningRate) {
        List<String> names = decoder.parameters().learning();
        double squares = 0;
        for (double each :
                Workers.each(threads, names, name -> Gradients.add(last, name, state.gradient(name), begun))) {
            squares += each;
        }
        double norm = Math.sqrt(squares);
        refuseUnlessFinite("the gradient's norm", norm, state);
        // the small number is torch's
        double scale = Double.isInfinite(maxGradientNorm) ? 1 : Math.min(1, maxGradientNorm / (norm + 1e-6));
        state.optimizerStep++;
        Workers.each(threads, names, name -> {
            float[] weights = state.weight(name);
            float[] gradient = state.gradient(name);
            float[] first = state.moment(state.first, name);
            float[] second = state.moment(state.second, name);
            long step = state.optimizerStep;
            decoder.parameters()
                    .set(
                            name,
                            weights,
                            (from, to) -> optimizer.apply(
                                    weights, gradient, first, second, step, learningRate, scale, from, to));
            return name;
        });
    }
}
