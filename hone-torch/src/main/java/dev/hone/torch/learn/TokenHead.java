package dev.hone.torch.learn;

import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import dev.hone.torch.device.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Log-probabilities of wanted tokens and their derivative, with the logits of few rows at a time: a
/// vocabulary of 49,152 makes them the largest thing there is. Rows that fit at once are computed once,
/// others again on the way back.
///
/// Shapes: `n` rows, `H` hidden size, `V` vocabulary. Its tensors belong to the scope in which it was made.
final class TokenHead {
    static final int LOGITS_AT_ONCE = 512 * 49_152;

    private final Transfer transfer;
    private final Tensor states; // [n, H], in the numbers of the matrix
    private final Tensor matrix; // [V, H]
    private final long[] targets;
    private final float[] sharpness;
    private final int rowsAtOnce;
    private final List<Tensor> kept = new ArrayList<>();
    private @Nullable Tensor matrixSlopes; // [V, H]

    /// @param transfer to where they all lie
    /// @param states rows whose next token is wanted, `[n, H]`, without a graph
    /// @param matrix `[V, H]`, without a graph
    /// @param targets the wanted tokens
    /// @param sharpness of each row: its logits are multiplied by it
    /// @param logitsAtOnce how many logits there may be at once, about
    TokenHead(Transfer transfer, Tensor states, Tensor matrix, long[] targets, float[] sharpness, int logitsAtOnce) {
        this.transfer = transfer;
        this.states = states;
        this.matrix = matrix;
        this.targets = targets;
        this.sharpness = sharpness;
        this.rowsAtOnce = Math.max(1, (int) (logitsAtOnce / matrix.size(0)));
    }

    /// Nats, one a row.
    float[] logProbs() {
        float[] all = new float[targets.length];
        if (all.length == 0) {
            return all;
        }
        try (var _ = new NoGradGuard()) {
            if (all.length <= rowsAtOnce) {
                Tensor logProbs = logProbs(0, all.length);
                kept.add(logProbs);
                gather(logProbs, 0, all.length, all);
                return all;
            }
            for (int from = 0; from < all.length; from += rowsAtOnce) {
                try (var _ = new PointerScope()) {
                    int count = Math.min(rowsAtOnce, all.length - from);
                    gather(logProbs(from, count), from, count, all);
                }
            }
        }
        return all;
    }

    /// Of every token, `[count, V]`.
    private Tensor logProbs(int from, int count) {
        Tensor logits = single(linear(states.narrow(0, from, count), matrix));
        for (int i = from; i < from + count; i++) {
            if (sharpness[i] != 1) {
                return log_softmax(logits.mul(column(sharpness, from, count)), -1);
            }
        }
        return log_softmax(logits, -1);
    }

    private void gather(Tensor logProbs, int from, int count, float[] to) {
        Transfer.read(logProbs.gather(1, targets(from, count)), to, from, count);
    }

    private Tensor targets(int from, int count) {
        long[] some = new long[count];
        System.arraycopy(targets, from, some, 0, count);
        return transfer.put(some, count, 1);
    }

    private Tensor column(float[] values, int from, int count) {
        float[] some = new float[count];
        System.arraycopy(values, from, some, 0, count);
        return transfer.put(some, count, 1);
    }

    /// Walks back; to be called once, after [#logProbs].
    ///
    /// @param slopes derivative of the loss by each log-probability
    /// @param learns whether the derivative by the matrix is wanted too: see [#matrixSlopes]
    /// @return the derivative by the states, `[n, H]`
    Tensor back(float[] slopes, boolean learns) {
        PointerScope callers = PointerScope.getInnerScope();
        try (var _ = new NoGradGuard()) {
            Tensor stateSlopes = single(states.new_zeros(states.size(0), states.size(1)));
            for (int from = 0; from < slopes.length; from += rowsAtOnce) {
                try (var _ = new PointerScope()) {
                    int count = Math.min(rowsAtOnce, slopes.length - from);
                    Tensor logitSlopes = logitSlopes(from, count, slopes);
                    stateSlopes.narrow(0, from, count).copy_(logitSlopes.mm(matrix));
                    if (learns) {
                        addToMatrix(logitSlopes.t(), states.narrow(0, from, count), callers);
                    }
                }
            }
            return stateSlopes;
        }
    }

    /// The derivative by the matrix, `[V, H]`, in its numbers, or in float32 where it is a sum of several products.
    Tensor matrixSlopes() {
        return Objects.requireNonNull(matrixSlopes, "nothing was walked back");
    }

    /// `d log p_t / d z = 1_t - p`, times the slopes, `[count, V]` in the numbers of the matrix.
    private Tensor logitSlopes(int from, int count, float[] slopes) {
        Tensor logProbs = kept.isEmpty() ? logProbs(from, count) : kept.getFirst();
        float[] scaled = new float[count];
        for (int i = 0; i < count; i++) {
            scaled[i] = slopes[from + i] * sharpness[from + i];
        }
        Tensor each = transfer.put(scaled, count, 1);
        return logProbs.exp_()
                .mul_(each.neg())
                .scatter_add_(1, targets(from, count), each)
                .to(matrix.scalar_type());
    }

    private void addToMatrix(Tensor logitSlopes, Tensor some, PointerScope callers) {
        if (matrixSlopes == null) {
            Tensor product = logitSlopes.mm(some);
            matrixSlopes = targets.length > rowsAtOnce ? single(product) : product;
            callers.attach(matrixSlopes);
        } else if (matrix.scalar_type().intern() == torch.ScalarType.Float) {
            matrixSlopes.addmm_(logitSlopes, some);
        } else {
            matrixSlopes.add_(single(logitSlopes.mm(some))); // as halves it would be added far more slowly
        }
    }

    private static Tensor single(Tensor tensor) {
        return tensor.to(torch.ScalarType.Float);
    }
}
