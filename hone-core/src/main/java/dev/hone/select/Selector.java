package dev.hone.select;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.List;

/// Decides which judged samples are kept.
public interface Selector {

    /// @return one decision for each, in the order given
    List<Decision> select(List<Judged> judged, Step step);
}
