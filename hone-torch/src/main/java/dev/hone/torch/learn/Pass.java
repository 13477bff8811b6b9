package dev.hone.torch.learn;

import dev.hone.torch.device.Scopes;
import dev.hone.torch.device.Transfer;
import dev.hone.torch.objective.Readout;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// One way through a decoder and its heads, which can be walked back once. A loss is computed outside, on
/// plain numbers, from what [#read] gives; [#gradients] takes its derivatives.
///
/// Its tensors belong to the scope in which it was made. Several threads may each have passes of their own.
public final class Pass {
    private final TrainingDecoder decoder;
    private final Parameters parameters;
    private final List<Text> texts;
    private final Packing packing;
    private final TrainingDecoder.Positions positions;
    private final Noise noise;
    private final Tensor embedded; // [T, H]
    private final List<Tensor> inputs = new ArrayList<>(); // of each layer and of the last norm, if recomputed
    private final Tensor states; // [T, H]
    private final TokenHead tokens;
    private final ValueHead values;

    /// Goes through the decoder. Without gradients under a [NoGradGuard].
    public Pass(TrainingDecoder decoder, List<Text> texts, Noise noise, Activations activations) {
        this.decoder = decoder;
        this.texts = texts;
        this.noise = noise;
        parameters = decoder.parameters();
        packing = Packing.of(decoder.config(), texts);
        positions = new TrainingDecoder.Positions(decoder.config(), packing, parameters);
        embedded = embedded();
        states = switch (activations) {
            case KEPT -> through(embedded);
            case RECOMPUTED -> throughKeepingInputs();
        };
        Tensor plain = states.detach();
        Tensor matrix = parameters.get(decoder.headName()).detach();
        tokens = new TokenHead(
                parameters.transfer(),
                parameters.toMultiply(at(plain, packing.rows())),
                matrix,
                packing.targets(),
                packing.sharpness(),
                TokenHead.LOGITS_AT_ONCE);
        values = new ValueHead(parameters, at(plain, packing.reads()));
    }

    /// Where the graph begins: what is derived by the embedding is added up in [#addRead].
    private Tensor embedded() {
        try (var _ = new NoGradGuard()) {
            Tensor all = decoder.embedded(packing);
            all.set_requires_grad(learns(TrainingDecoder.EMBEDDING));
            return all;
        }
    }

    private boolean learns(String name) {
        return parameters.learning().contains(name);
    }

    private Tensor at(Tensor states, long[] rows) {
        return states.index_select(0, parameters.transfer().put(rows, rows.length));
    }

    /// Of a layer's inner values those live on that its graph needs.
    private Tensor through(Tensor embedded) {
        Tensor stream = embedded;
        for (int layer = 0; layer < decoder.config().layers(); layer++) {
            Tensor input = stream;
            int now = layer;
            stream = Scopes.outliving(() -> decoder.layer(now, input, positions, noise));
        }
        return decoder.last(stream);
    }

    private Tensor throughKeepingInputs() {
        try (var _ = new NoGradGuard()) {
            inputs.add(embedded);
            for (int layer = 0; layer < decoder.config().layers(); layer++) {
                Tensor input = inputs.getLast();
                int now = layer;
                inputs.add(Scopes.outliving(() -> decoder.layer(now, input, positions, noise)));
            }
            return decoder.last(inputs.getLast());
        }
    }

    /// What the model says of each text, in their order.
    public List<Readout> read() {
        int outputs = ValueHead.outputs(parameters);
        List<Readout> all =
                texts.stream().map(text -> Readout.zero(text, outputs)).toList();
        float[] logProbs = tokens.logProbs();
        float[] read = outputs == 0 || packing.reads().length == 0 ? new float[0] : values.values();
        int token = 0;
        int value = 0;
        for (Readout readout : all) {
            for (int i = 0; i < readout.logProbs().length; i++) {
                readout.logProbs()[i] = Math.min(0f, logProbs[token++]);
            }
            for (int i = 0; i < readout.values().length; i++) {
                readout.values()[i] = read[value++];
            }
        }
        return all;
    }

    /// The gradient of a loss in every parameter that learns; the caller closes it.
    ///
    /// @param slopes derivative of the loss by each number that [#read] gave
    public Gradients gradients(List<Readout> slopes) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        Tensor stateSlopes;
        try (var _ = new NoGradGuard()) {
            stateSlopes = torch.zeros_like(states);
            if (packing.rows().length > 0) {
                String head = decoder.headName();
                add(stateSlopes, packing.rows(), tokens.back(tokenSlopes(slopes), learns(head)));
                if (learns(head)) {
                    own.put(head, tokens.matrixSlopes());
                }
            }
            if (packing.reads().length > 0) {
                add(stateSlopes, packing.reads(), values.back(valueSlopes(slopes), own));
            }
        }
        walkBack(stateSlopes, own);
        return new Gradients(own);
    }

    private void add(Tensor to, long[] rows, Tensor more) {
        to.index_add_(0, parameters.transfer().put(rows, rows.length), more);
    }

    private static float[] tokenSlopes(List<Readout> slopes) {
        return flat(slopes.stream().map(Readout::logProbs).toList());
    }

    private static float[] valueSlopes(List<Readout> slopes) {
        return flat(slopes.stream().map(Readout::values).toList());
    }

    private static float[] flat(List<double[]> rows) {
        float[] flat = new float[rows.stream().mapToInt(row -> row.length).sum()];
        int at = 0;
        for (double[] row : rows) {
            for (double each : row) {
                flat[at++] = (float) each;
            }
        }
        return flat;
    }

    private void walkBack(Tensor stateSlopes, Map<String, Tensor> own) {
        if (inputs.isEmpty()) {
            List<Tensor> from = embedded.requires_grad() ? List.of(embedded) : List.of();
            addRead(derive(states, from, stateSlopes, own), own);
            return;
        }
        // made here, so that they outlive the scope of each segment, which adds to them
        for (String name : parameters.learning()) {
            own.computeIfAbsent(name, each -> torch.zeros_like(parameters.get(each)));
        }
        int layers = decoder.config().layers();
        Tensor slopes = again(layers, decoder::last, stateSlopes, own);
        for (int layer = layers - 1; layer >= 0; layer--) {
            int now = layer;
            slopes = again(layer, input -> decoder.layer(now, input, positions, noise), slopes, own);
        }
        addRead(slopes, own);
    }

    /// Adds the derivative by the embedding to `own`: few of its rows are read, so no others are touched.
    ///
    /// @param slopes derivative by what was read, `[T, H]`
    private void addRead(Tensor slopes, Map<String, Tensor> own) {
        if (!learns(TrainingDecoder.EMBEDDING)) {
            return;
        }
        long[] read = LongStream.of(packing.ids()).sorted().distinct().toArray();
        long[] places = LongStream.of(packing.ids())
                .map(id -> Arrays.binarySearch(read, id))
                .toArray();
        Transfer transfer = parameters.transfer();
        try (var _ = new NoGradGuard()) {
            Tensor rows = slopes.new_zeros(read.length, slopes.size(1))
                    .index_add_(0, transfer.put(places, places.length), slopes);
            Tensor sum = own.computeIfAbsent(TrainingDecoder.EMBEDDING, name -> torch.zeros_like(parameters.get(name)));
            Tensor at = transfer.put(read, read.length);
            Tensor more = sum.index_select(0, at).to(torch.ScalarType.Float).add_(rows);
            sum.index_copy_(0, at, more.to(sum.scalar_type()));
        }
    }

    /// One segment computed again, with its graph, from its kept input.
    private Tensor again(int input, UnaryOperator<Tensor> segment, Tensor slopes, Map<String, Tensor> own) {
        return Scopes.outliving(() -> {
            Tensor from = inputs.get(input).detach();
            from.set_requires_grad(true);
            return derive(segment.apply(from), List.of(from), slopes, own);
        });
    }

    /// Adds the derivatives by the parameters to `own`.
    ///
    /// @param from nothing, or the one tensor by which the derivative is wanted too
    /// @return that derivative; `slopes` if it is not wanted
    private Tensor derive(Tensor output, List<Tensor> from, Tensor slopes, Map<String, Tensor> own) {
        if (!output.requires_grad()) {
            return slopes;
        }
        List<Tensor> inputsOfGraph = new ArrayList<>(
                parameters.learning().stream().map(parameters::get).toList());
        inputsOfGraph.addAll(from);
        TensorVector all = new TensorVector(inputsOfGraph.toArray(new Tensor[0]));
        TensorVector gradients =
                torch.grad(new TensorVector(output), all, new TensorVector(slopes), new BoolOptional(), false, true);
        int at = 0;
        for (String name : parameters.learning()) {
            Tensor gradient = gradients.get(at++);
            if (gradient.defined()) {
                own.merge(name, gradient, (sum, more) -> sum.add_(more));
            }
        }
        // detached: what the vector gives out dies with it
        return from.isEmpty() ? slopes : gradients.get(at).detach();
    }
}
