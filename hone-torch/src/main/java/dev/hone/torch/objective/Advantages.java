package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.List;

/// How good a sample is beside the others of its group.
final class Advantages {
    /// As TRL has it.
    private static final double SMALL = 1e-4;

    private Advantages() {}

    /// GRPO's (objectives card, §7).
    ///
    /// @param groups rewards by group, for all groups of the batch
    static List<List<Double>> of(Objective.Grpo.Advantages kind, List<List<Double>> groups) {
        return switch (kind) {
            case AS_GIVEN -> groups;
            case UNSCALED -> groups.stream().map(group -> scaled(group, 1)).toList();
            case GROUP_STD ->
                groups.stream()
                        .map(group -> scaled(group, deviation(group) + SMALL))
                        .toList();
            case BATCH_STD -> {
                double deviation =
                        deviation(groups.stream().flatMap(List::stream).toList());
                yield groups.stream()
                        .map(group -> scaled(group, deviation + SMALL))
                        .toList();
            }
        };
    }

    private static List<Double> scaled(List<Double> rewards, double by) {
        double mean = mean(rewards);
        return rewards.stream().map(reward -> (reward - mean) / by).toList();
    }

    /// RLOO's (objectives card, §8): against the mean of the group's others. A group of one has no others
    /// and gives 0.
    static List<Double> leaveOneOut(List<Double> rewards) {
        List<Double> advantages = new ArrayList<>();
        double sum = rewards.stream().mapToDouble(Double::doubleValue).sum();
        int others = rewards.size() - 1;
        for (double reward : rewards) {
            advantages.add(others == 0 ? 0 : reward - (sum - reward) / others);
        }
        return advantages;
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /// With Bessel's correction; 0 for one value.
    static double deviation(List<Double> values) {
        double mean = mean(values);
        double squares = values.stream()
                .mapToDouble(each -> (each - mean) * (each - mean))
                .sum();
        return values.size() < 2 ? 0 : Math.sqrt(squares / (values.size() - 1));
    }
}
