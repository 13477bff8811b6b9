package dev.hone.measure;

import dev.hone.data.Figure;
import java.util.List;

/// Coverage: the share of problems of which at least one sample is right (cards gsi, sharpening). Where all
/// problems have `k` samples it is pass@k of these samples. It grows with the samples, so compare equal numbers.
public final class Coverage {
    private Coverage() {}

    /// @param problems at least one
    public static Figure of(String name, List<RightCount> problems) {
        return Bootstrap.mean(
                name,
                problems.stream().map(each -> each.isCovered() ? 1.0 : 0.0).toList());
    }
}
