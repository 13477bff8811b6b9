package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.Arrays;
import java.util.List;

/// [Objective.RelativeReward]: the mean over the batch's groups.
///
/// @param groups rollouts by problem
record RelativeRewards(Objective.RelativeReward objective, List<List<Drawn>> groups) implements OnRollouts {

    private record Compared(List<Drawn> drawn, Objective.RelativeReward objective, double share) implements Part {
        @Override
        public List<Text> texts() {
            return drawn.stream().map(Drawn::text).toList();
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            int size = drawn.size();
            double[] misfits = new double[size]; // beta h - r: pairs are compared by their differences
            double[] bySum = new double[size];
            for (int i = 0; i < size; i++) {
                double reference = Arrays.stream(drawn.get(i).reference()).sum();
                misfits[i] = objective.beta() * (said.get(i).sum() - reference)
                        - drawn.get(i).reward();
            }
            double pairs = size * (size - 1) / 2.0;
            double loss = objective.exploration() * said.getLast().sum();
            bySum[size - 1] = objective.exploration();
            for (int i = 0; i < size; i++) {
                for (int j = i + 1; j < size; j++) {
                    double apart = misfits[i] - misfits[j];
                    double slope = 2 * apart * objective.beta() / pairs;
                    loss += apart * apart / pairs;
                    bySum[i] += slope;
                    bySum[j] -= slope;
                }
            }
            for (int i = 0; i < size; i++) {
                Arrays.fill(slopes.get(i).logProbs(), bySum[i] * share);
            }
            return loss * share;
        }
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        return batch.stream()
                .<Part>map(group -> new Compared(groups.get(group), objective, 1.0 / batch.size()))
                .toList();
    }
}
