package dev.hone.torch.objective;

import dev.hone.learn.Aggregation;
import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// GRPO and its kin (objectives card, §7), for which see [Objective.Grpo].
///
/// @param groups rollouts by problem
record GroupPolicy(Objective.Grpo grpo, List<List<Drawn>> groups) implements OnRollouts {

    /// @param tokenShare the factor on each token's term
    private record Weighed(Drawn drawn, double advantage, Objective.Grpo grpo, double tokenShare) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(drawn.text());
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double[] present = said.getFirst().logProbs();
            double[] slope = slopes.getFirst().logProbs();
            double loss = switch (grpo.ratio()) {
                case TOKEN -> tokenwise(present, slope);
                case SEQUENCE -> sequencewise(present, slope);
            };
            for (int j = 0; j < present.length; j++) {
                double gap = drawn.reference()[j] - present[j];
                loss += tokenShare * grpo.kl() * (Math.exp(gap) - gap - 1);
                slope[j] += tokenShare * grpo.kl() * (1 - Math.exp(gap));
            }
            return loss;
        }

        private double tokenwise(double[] present, double[] slope) {
            double loss = 0;
            for (int j = 0; j < present.length; j++) {
                double ratio = Math.exp(present[j] - drawn.old().logProbs()[j]);
                loss -= tokenShare * Surrogate.value(ratio, advantage, grpo.clip());
                slope[j] = -tokenShare * Surrogate.slope(ratio, advantage, grpo.clip());
            }
            return loss;
        }

        private double sequencewise(double[] present, double[] slope) {
            double mean = 0;
            for (int j = 0; j < present.length; j++) {
                mean += (present[j] - drawn.old().logProbs()[j]) / present.length;
            }
            double ratio = Math.exp(mean);
            // the same term for all n tokens, whose ratio moves by 1/n with each log-probability
            Arrays.fill(slope, -tokenShare * Surrogate.slope(ratio, advantage, grpo.clip()));
            return -tokenShare * present.length * Surrogate.value(ratio, advantage, grpo.clip());
        }
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        List<List<Drawn>> drawn = batch.stream().map(groups::get).toList();
        List<List<Double>> advantages = Advantages.of(
                grpo.advantages(),
                drawn.stream()
                        .map(group -> group.stream().map(Drawn::reward).toList())
                        .toList());
        int samples = drawn.stream().mapToInt(List::size).sum();
        int tokens =
                drawn.stream().flatMap(List::stream).mapToInt(Drawn::tokens).sum();
        List<Part> parts = new ArrayList<>();
        for (int group = 0; group < drawn.size(); group++) {
            for (int i = 0; i < drawn.get(group).size(); i++) {
                Drawn one = drawn.get(group).get(i);
                parts.add(new Weighed(
                        one, advantages.get(group).get(i), grpo, tokenShare(one.tokens(), samples, tokens)));
            }
        }
        return parts;
    }

    private double tokenShare(int own, int samples, int tokens) {
        return switch (grpo.aggregation()) {
            case Aggregation.SequenceMean() -> 1.0 / own / samples;
            case Aggregation.TokenMean() -> 1.0 / tokens;
            case Aggregation.ConstantLength(int length) -> 1.0 / length / samples;
            case Aggregation.Sum() -> 1.0 / samples;
        };
    }
}
