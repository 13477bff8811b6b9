package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// RLOO (objectives card, §8): the mean over the batch's samples.
///
/// @param groups rollouts by problem
record LeaveOneOut(Objective.Rloo rloo, List<List<Drawn>> groups) implements OnRollouts {

    private record Weighed(Drawn drawn, double advantage, Objective.Rloo rloo, int samples) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(drawn.text());
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double ratio = Math.exp(said.getFirst().sum() - drawn.old().sum());
            Arrays.fill(slopes.getFirst().logProbs(), -Surrogate.slope(ratio, advantage, rloo.clip()) / samples);
            return -Surrogate.value(ratio, advantage, rloo.clip()) / samples;
        }
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        int samples = batch.stream().mapToInt(group -> groups.get(group).size()).sum();
        List<Part> parts = new ArrayList<>();
        for (int group : batch) {
            List<Drawn> drawn = groups.get(group);
            List<Double> advantages = Advantages.leaveOneOut(drawn.stream()
                    .map(each -> each.reward() - rloo.kl() * each.divergence())
                    .toList());
            for (int i = 0; i < drawn.size(); i++) {
                parts.add(new Weighed(drawn.get(i), advantages.get(i), rloo, samples));
            }
        }
        return parts;
    }
}
