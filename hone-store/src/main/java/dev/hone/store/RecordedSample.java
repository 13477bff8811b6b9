package dev.hone.store;

import dev.hone.data.Decision.Fate;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import java.util.List;

/// A sample with all that was said of it.
///
/// @param step and `round` in which it was drawn
/// @param judgements of every judge, in the order of the steps
/// @param choices whether it was kept and why, in the order of the steps
public record RecordedSample(Sample sample, String step, int round, List<Judgement> judgements, List<Choice> choices) {

    public RecordedSample {
        judgements = List.copyOf(judgements);
        choices = List.copyOf(choices);
    }

    /// What one judge said.
    ///
    /// @param role the name that the judge was recorded under
    /// @param judge the name that it gives itself
    public record Judgement(String step, int round, String role, String judge, Verdict verdict) {}

    /// What one selector decided.
    ///
    /// @param role the name that the selector was recorded under
    public record Choice(String step, int round, String role, Fate fate, String because) {}
}
