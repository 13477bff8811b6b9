package dev.hone.torch.objective;

import dev.hone.data.StepLabels.Label;
import java.util.ArrayList;
import java.util.List;

/// A head of two outputs, wrong and right, at the end of each step (objectives card, §6): cross-entropy,
/// one mean over the steps of the batch.
record StepLabelling(List<Solution> solutions) implements Criterion {

    /// @param text read at each step's last token
    record Solution(Text text, List<Label> labels) {}

    private record Marked(Solution solution, int steps) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(solution.text);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double[] values = said.getFirst().values();
            double[] slope = slopes.getFirst().values();
            double loss = 0;
            for (int step = 0; step < solution.labels.size(); step++) {
                int wrong = 2 * step;
                int right = wrong + 1;
                double sign = solution.labels.get(step) == Label.RIGHT ? 1 : -1;
                double gap = sign * (values[right] - values[wrong]);
                slope[right] = -sign * Logistic.sigmoid(-gap) / steps;
                slope[wrong] = -slope[right];
                loss -= Logistic.logSigmoid(gap) / steps;
            }
            return loss;
        }
    }

    @Override
    public int examples() {
        return solutions.size();
    }

    @Override
    public List<Text> texts() {
        return solutions.stream().map(Solution::text).toList();
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        int steps = 0;
        for (int example : batch) {
            steps += solutions.get(example).labels.size();
        }
        List<Part> parts = new ArrayList<>();
        for (int example : batch) {
            parts.add(new Marked(solutions.get(example), steps));
        }
        return parts;
    }
}
