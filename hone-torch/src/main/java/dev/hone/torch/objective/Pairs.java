package dev.hone.torch.objective;

import dev.hone.learn.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Losses on pairs of texts: the mean over the batch's pairs.
///
/// @param loss of one pair, given the counted tokens of the batch's chosen sides over its pairs
public record Pairs(List<Pair> pairs, Loss loss) implements Criterion {

    /// @param chosenReference `lp_ref` of the chosen text, 0 if the loss has no reference
    public record Pair(Text chosen, Text rejected, double chosenReference, double rejectedReference) {}

    /// What is computed of one pair.
    public interface Loss {
        PairLoss of(PairLoss.Side chosen, PairLoss.Side rejected, double tokensPerPair);
    }

    public static Pairs dpo(Objective.Dpo dpo, List<Pair> pairs) {
        return new Pairs(pairs, (chosen, rejected, tokens) -> PairLoss.of(dpo, chosen, rejected, tokens));
    }

    static Pairs simPo(Objective.SimPo simPo, List<Pair> pairs) {
        return new Pairs(pairs, (chosen, rejected, _) -> PairLoss.of(simPo, chosen, rejected));
    }

    static Pairs orpo(Objective.Orpo orpo, List<Pair> pairs) {
        return new Pairs(pairs, (chosen, rejected, _) -> PairLoss.of(orpo, chosen, rejected));
    }

    private record Compared(Pair pair, Loss loss, double tokensPerPair, int pairs) implements Part {
        @Override
        public List<Text> texts() {
            return List.of(pair.chosen, pair.rejected);
        }

        @Override
        public double loss(List<Readout> said, List<Readout> slopes) {
            PairLoss one = loss.of(
                    new PairLoss.Side(said.getFirst().sum(), pair.chosenReference, pair.chosen.counted()),
                    new PairLoss.Side(said.getLast().sum(), pair.rejectedReference, pair.rejected.counted()),
                    tokensPerPair);
            Arrays.fill(slopes.getFirst().logProbs(), one.byChosen() / pairs);
            Arrays.fill(slopes.getLast().logProbs(), one.byRejected() / pairs);
            return one.loss() / pairs;
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
        int tokens = 0;
        for (int example : batch) {
            tokens += pairs.get(example).chosen.counted();
        }
        List<Part> parts = new ArrayList<>();
        for (int example : batch) {
            parts.add(new Compared(pairs.get(example), loss, (double) tokens / batch.size(), batch.size()));
        }
        return parts;
    }
}
