package dev.hone.judge;

import dev.hone.data.Judged;
import dev.hone.run.Step;
import java.util.List;

/// Says how good samples are. A sample that was cut short or failed is unjudged, never scored 0.
public interface Judge {

    /// @return one verdict for each sample, group by group in the order given
    List<Judged> judge(List<Group> groups, Step step);
}
