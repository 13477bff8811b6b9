package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A reward head from pairs (objectives card, §6).
record RewardPairs(Objective.BradleyTerry objective, List<Pair> pairs) implements Criterion {

    /// Each text is read at its last token.
    record Pair(Text chosen, Text rejected) {}

    private record Compared(Pair pair, Objective.BradleyTerry objective, int pairs) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(pair.chosen, pair.rejected);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            double chosen = said.getFirst().values()[0];
            double rejected = said.getLast().values()[0];
            double gap = chosen - rejected - objective.margin();
            double sum = chosen + rejected;
            double byGap = -Logistic.sigmoid(-gap);
            double bySum = 2 * objective.centering() * sum;
            slopes.getFirst().values()[0] = (byGap + bySum) / pairs;
            slopes.getLast().values()[0] = (bySum - byGap) / pairs;
            return (-Logistic.logSigmoid(gap) + objective.centering() * sum * sum) / pairs;
        }
    }

    @Override
    public int examples() {
        return pairs.size();
    }

    @Override
    public List<Text> texts() {
        return pairs.stream()
                .flatMap(pair -> Stream.of(pair.chosen, pair.rejected))
                .toList();
    }

    @Override
    public List<Part> parts(List<Integer> batch, Reader present) {
        List<Part> parts = new ArrayList<>();
        for (int example : batch) {
            parts.add(new Compared(pairs.get(example), objective, batch.size()));
        }
        return parts;
    }
}
