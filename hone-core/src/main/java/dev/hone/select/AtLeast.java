package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.data.Verdict;
import dev.hone.run.Step;
import java.util.List;

/// Keeps scores of at least a threshold; what is unjudged is dropped.
///
/// @param threshold in `[0, 1]`
public record AtLeast(double threshold) implements Selector {

    public AtLeast {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be in [0, 1] but was " + threshold);
        }
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        return judged.stream().map(this::decide).toList();
    }

    private Decision decide(Judged judged) {
        return switch (judged.verdict()) {
            case Verdict.Scored(double value, String _) -> decide(judged, "score ", value);
            case Verdict.Stepwise steps -> decide(judged, "lowest step ", steps.lowest());
            case Verdict.Rewarded _ ->
                throw new IllegalArgumentException("sample \"" + judged.sample().id()
                        + "\" has a raw reward, which no threshold in [0, 1] fits; compare rewards within a group");
            case Verdict.Unjudged(String because) -> new Decision(judged, Fate.DROPPED, "unjudged: " + because);
        };
    }

    private Decision decide(Judged judged, String name, double value) {
        return value >= threshold
                ? new Decision(judged, Fate.KEPT, name + value)
                : new Decision(judged, Fate.DROPPED, name + value + " below " + threshold);
    }
}
