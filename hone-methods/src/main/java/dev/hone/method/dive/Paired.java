package dev.hone.method.dive;

import dev.hone.data.Decision;
import dev.hone.data.Examples.Preferences;
import dev.hone.data.Preference;
import java.util.List;

/// The pairs of a round, and what became of each sample of the pool.
///
/// @param decisions one a sample, in the pool's order
record Paired(List<Pair> pairs, List<Decision> decisions) {

    /// One pair of a question.
    record Pair(Candidate right, Candidate wrong) {}

    Preferences preferences() {
        return new Preferences(pairs.stream()
                .map(pair -> Preference.of(
                        pair.right.sample().judged().sample(),
                        pair.wrong.sample().judged().sample()))
                .toList());
    }
}
