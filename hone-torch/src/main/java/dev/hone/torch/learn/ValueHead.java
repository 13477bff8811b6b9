package dev.hone.torch.learn;

import static org.bytedeco.pytorch.global.torch.linear;

import dev.hone.torch.device.Transfer;
import dev.hone.torch.model.HeadKind;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/// A linear head on single states: rewards, values, labels of steps. Its parameters are `score.weight`
/// `[outputs, H]` and, where it has one, `score.bias` `[outputs]`: transformers' names.
///
/// @param states the places that are read, `[n, H]`, without a graph
record ValueHead(Parameters parameters, Tensor states) {

    /// `[n * outputs]`, place by place.
    float[] values() {
        try (var _ = new NoGradGuard()) {
            Tensor weight = parameters.get(HeadKind.WEIGHT);
            Tensor values = parameters.has(HeadKind.BIAS)
                    ? linear(states, weight, new TensorOptional(parameters.get(HeadKind.BIAS)))
                    : linear(states, weight);
            float[] all = new float[Math.toIntExact(values.numel())];
            Transfer.read(values, all, 0, all.length);
            return all;
        }
    }

    /// Walks back.
    ///
    /// @param slopes derivative of the loss by each value
    /// @param own takes the derivatives by the head's parameters, by name
    /// @return the derivative by the states, `[n, H]`
    Tensor back(float[] slopes, Map<String, Tensor> own) {
        try (var _ = new NoGradGuard()) {
            Tensor weight = parameters.get(HeadKind.WEIGHT);
            Tensor each = parameters.transfer().put(slopes, states.size(0), weight.size(0));
            own.put(HeadKind.WEIGHT, each.t().mm(states));
            if (parameters.has(HeadKind.BIAS)) {
                own.put(HeadKind.BIAS, each.sum(0));
            }
            return each.mm(weight);
        }
    }

    /// How many numbers this model's head gives; 0 without a head.
    static int outputs(Parameters parameters) {
        return parameters.has(HeadKind.WEIGHT)
                ? Math.toIntExact(parameters.get(HeadKind.WEIGHT).size(0))
                : 0;
    }
}
