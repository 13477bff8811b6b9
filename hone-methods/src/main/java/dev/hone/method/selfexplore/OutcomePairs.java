package dev.hone.method.selfexplore;

import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Preference;
import dev.hone.data.Preference.Side;
import dev.hone.data.Segment;
import dev.hone.data.Segment.Loss;
import java.util.List;

/// Pairs of whole solutions: the paper's baseline. The wrong one goes to where its final answer is
/// announced; one of which nothing is left gives no pair.
///
/// **Paper** card self-explore, step 9.
///
/// @param rejectedEnding as in [Variant]
record OutcomePairs(FinalAnswer answer, Ending rejectedEnding) {

    List<Preference> of(List<Pair> pairs) {
        return pairs.stream()
                .filter(pair -> !answer.before(pair.rejected().text()).isBlank())
                .map(this::preference)
                .toList();
    }

    private Preference preference(Pair pair) {
        String rejected = answer.before(pair.rejected().text());
        return new Preference(
                pair.id(),
                pair.problem().prompt(),
                List.of(),
                new Side(pair.chosen().completion(), Ending.ENDS),
                new Side(List.of(new Segment.Written(rejected, Loss.COUNTED)), rejectedEnding));
    }
}
