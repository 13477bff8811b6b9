package dev.hone.torch.objective;

import java.util.ArrayList;
import java.util.List;

/// Supervised fine-tuning (objectives card, §1): `L = - sum_j w_j log p(t_j) / sum_j w_j` over the counted
/// tokens of the batch.
public record Imitation(List<Text> texts) implements Criterion {

    /// @param total weight of the whole batch
    private record Shown(Text text, double total) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(text);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double[] logProbs = said.getFirst().logProbs();
            double[] slope = slopes.getFirst().logProbs();
            double loss = 0;
            int at = 0;
            for (float weight : text.weights()) {
                if (weight != 0) {
                    loss -= weight * logProbs[at] / total;
                    slope[at++] = -weight / total;
                }
            }
            return loss;
        }
    }

    /// A batch of all of `texts`.
    public static List<Part> batch(List<Text> texts) {
        double total = 0;
        for (Text text : texts) {
            for (float weight : text.weights()) {
                total += weight;
            }
        }
        List<Part> parts = new ArrayList<>();
        for (Text text : texts) {
            parts.add(new Shown(text, total));
        }
        return parts;
    }

    @Override
    public int examples() {
        return texts.size();
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        return batch(batch.stream().map(texts::get).toList());
    }
}
