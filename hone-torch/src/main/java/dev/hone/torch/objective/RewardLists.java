package dev.hone.torch.objective;

import java.util.ArrayList;
import java.util.List;

/// A reward head from groups (objectives card, §6; card qwen25-math): the mean over all pairs of different
/// relevance of a group, then over the batch's groups.
record RewardLists(List<Ranked> groups) implements Criterion {

    /// @param texts each read at its last token
    /// @param relevances one a text, at least two different ones
    record Ranked(List<Text> texts, List<Double> relevances) {}

    private record Compared(Ranked group, int groups) implements Part {
        @Override
        public List<Text> texts() {
            return group.texts;
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double share = 1.0 / (pairs() * groups);
            double loss = 0;
            for (int better = 0; better < said.size(); better++) {
                for (int worse = 0; worse < said.size(); worse++) {
                    if (group.relevances.get(better) > group.relevances.get(worse)) {
                        double gap =
                                said.get(better).values()[0] - said.get(worse).values()[0];
                        double slope = share * Logistic.sigmoid(-gap);
                        slopes.get(better).values()[0] -= slope;
                        slopes.get(worse).values()[0] += slope;
                        loss -= share * Logistic.logSigmoid(gap);
                    }
                }
            }
            return loss;
        }

        private double pairs() {
            double pairs = 0;
            for (double better : group.relevances) {
                pairs += group.relevances.stream()
                        .filter(worse -> better > worse)
                        .count();
            }
            return pairs;
        }
    }

    @Override
    public int examples() {
        return groups.size();
    }

    @Override
    public List<Text> texts() {
        return groups.stream().flatMap(group -> group.texts.stream()).toList();
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        List<Part> parts = new ArrayList<>();
        for (int example : batch) {
            parts.add(new Compared(groups.get(example), batch.size()));
        }
        return parts;
    }
}
