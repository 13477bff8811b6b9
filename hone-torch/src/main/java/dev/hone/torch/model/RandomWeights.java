package dev.hone.torch.model;

import dev.hone.run.Seed;
import dev.hone.torch.file.Weight;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;

/// Weights of a model that has learned nothing: norms 1, biases 0, all else normal with deviation
/// `initializer_range`, as in transformers. Each parameter's numbers derive from the seed and its
/// name.
public final class RandomWeights {
    private RandomWeights() {}

    public static SequencedMap<String, Weight> of(DecoderConfig config, Seed seed) {
        var weights = new LinkedHashMap<String, Weight>();
        config.parameters().forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Weight.count(shape))];
            if (shape.size() == 1 && name.endsWith(".weight")) {
                Arrays.fill(values, 1f);
            } else if (shape.size() > 1) {
                normal(values, config.initializerRange(), seed.derive(name).random());
            }
            weights.put(name, new Weight(shape, values));
        });
        return weights;
    }

    /// Marsaglia's polar method with the strict logarithm: the same bits on every machine.
    private static void normal(float[] values, double deviation, SplittableRandom random) {
        for (int i = 0; i < values.length; i++) {
            double u;
            double square;
            do {
                u = 2 * random.nextDouble() - 1;
                double v = 2 * random.nextDouble() - 1;
                square = u * u + v * v;
            } while (square >= 1 || square == 0);
            values[i] = (float) (deviation * u * Math.sqrt(-2 * StrictMath.log(square) / square));
        }
    }
}
