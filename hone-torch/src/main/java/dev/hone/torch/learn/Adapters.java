package dev.hone.torch.learn;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;

import dev.hone.torch.model.LoraWeights;
import java.util.Arrays;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// Low-rank adapters on a decoder's matrices (objectives card, §10): a matrix `m.weight` has one if there
/// are parameters `m.lora_A.weight` `[rank, in]` and `m.lora_B.weight` `[out, rank]`.
///
/// @param scale `alpha / rank`, or what stands for it
record Adapters(Parameters parameters, double scale) {

    /// `product + scale B A dropout(x)`, `[T, out]`.
    ///
    /// @param product of the matrices, side by side
    /// @param input what they read, `[T, in]`; asked for only if one of them has an adapter
    /// @param matrices names without `.weight`
    Tensor add(Tensor product, Supplier<Tensor> input, Noise noise, String... matrices) {
        if (Arrays.stream(matrices).noneMatch(matrix -> parameters.has(LoraWeights.down(matrix)))) {
            return product;
        }
        Tensor x = input.get();
        Tensor[] parts = new Tensor[matrices.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(x, noise, matrices[i]);
        }
        return product.add(parts.length == 1 ? parts[0] : cat(new TensorVector(parts), 1), new Scalar(scale));
    }

    private Tensor part(Tensor x, Noise noise, String matrix) {
        if (!parameters.has(LoraWeights.down(matrix))) {
            long out = parameters.get(matrix + ".weight").size(0);
            return x.new_zeros(x.size(0), out);
        }
        Tensor narrow = linear(noise.drop(parameters.transfer(), x, matrix), parameters.get(LoraWeights.down(matrix)));
        return linear(narrow, parameters.get(LoraWeights.up(matrix)));
    }
}
