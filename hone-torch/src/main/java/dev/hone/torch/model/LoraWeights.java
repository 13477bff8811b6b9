package dev.hone.torch.model;

import dev.hone.learn.Adaptation.Lora;
import dev.hone.learn.Adaptation.Target;
import dev.hone.run.Seed;
import dev.hone.torch.file.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// The weights of a low-rank adapter: where they are, how they start, how they are merged.
public final class LoraWeights {
    private LoraWeights() {}

    /// The module within a layer, as transformers and PEFT name it.
    static String module(Target target) {
        return switch (target) {
            case QUERY -> "self_attn.q_proj";
            case KEY -> "self_attn.k_proj";
            case VALUE -> "self_attn.v_proj";
            case OUTPUT -> "self_attn.o_proj";
            case GATE -> "mlp.gate_proj";
            case UP -> "mlp.up_proj";
            case DOWN -> "mlp.down_proj";
        };
    }

    public static String down(String matrix) {
        return matrix + ".lora_A.weight";
    }

    public static String up(String matrix) {
        return matrix + ".lora_B.weight";
    }

    /// The adapted matrices, without `.weight`.
    public static List<String> matrices(Lora lora, DecoderConfig config) {
        List<String> matrices = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Target target : Target.values()) {
                if (lora.targets().contains(target)) {
                    matrices.add("model.layers." + layer + "." + module(target));
                }
            }
        }
        return matrices;
    }

    /// The shapes of an adapter's tensors.
    public static SequencedMap<String, List<Integer>> shapes(Lora lora, DecoderConfig config) {
        SequencedMap<String, List<Integer>> shapes = new LinkedHashMap<>();
        Map<String, List<Integer>> all = config.parameters();
        for (String matrix : matrices(lora, config)) {
            List<Integer> shape = all.getOrDefault(matrix + ".weight", List.of(0, 0));
            shapes.put(down(matrix), List.of(lora.rank(), shape.getLast()));
            shapes.put(up(matrix), List.of(shape.getFirst(), lora.rank()));
        }
        return shapes;
    }

    /// `A` uniform in `±1 / sqrt(inputs)`, `B` 0.
    ///
    /// @param seed from which each matrix derives its own
    public static SequencedMap<String, Weight> start(Lora lora, DecoderConfig config, Seed seed) {
        SequencedMap<String, Weight> weights = new LinkedHashMap<>();
        shapes(lora, config).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Weight.count(shape))];
            if (name.endsWith(".lora_A.weight")) {
                double bound = 1 / Math.sqrt(shape.getLast());
                SplittableRandom random = seed.derive(name).random();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) (bound * (2 * random.nextDouble() - 1));
                }
            }
            weights.put(name, new Weight(shape, values));
        });
        return weights;
    }

    /// The base with `W + scale B A` in the place of each adapted `W`, summed in double and rounded once.
    public static SequencedMap<String, Weight> merged(
            Map<String, Weight> base, Map<String, Weight> adapter, List<String> matrices, double scale) {
        SequencedMap<String, Weight> merged = new LinkedHashMap<>(base);
        for (String matrix : matrices) {
            merged.computeIfPresent(
                    matrix + ".weight",
                    (_, weight) -> merged(weight, weight(adapter, down(matrix)), weight(adapter, up(matrix)), scale));
        }
        return merged;
    }

    private static Weight weight(Map<String, Weight> weights, String name) {
        Weight weight = weights.get(name);
        if (weight == null) {
            throw new IllegalArgumentException("the adapter has no \"" + name + "\"");
        }
        return weight;
    }

    private static Weight merged(Weight weight, Weight down, Weight up, double scale) {
        int rows = weight.shape().getFirst();
        int columns = weight.shape().getLast();
        int rank = down.shape().getFirst();
        float[] values = new float[weight.values().length];
        double[] added = new double[columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(added, 0);
            for (int k = 0; k < rank; k++) {
                double factor = up.values()[row * rank + k];
                for (int column = 0; column < columns; column++) {
                    added[column] += factor * down.values()[k * columns + column];
                }
            }
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                values[at] = (float) (weight.values()[at] + scale * added[column]);
            }
        }
        return new Weight(weight.shape(), values);
    }
}
