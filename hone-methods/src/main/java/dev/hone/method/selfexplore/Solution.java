package dev.hone.method.selfexplore;

import dev.hone.data.Demonstration;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Segment.Loss;
import java.util.List;

/// A sample, and what of its text counts.
///
/// @param text the sample's own, or the beginning of it
public record Solution(Sample sample, String text) {

    /// As it was drawn where all of it counts, to the token.
    List<Segment> completion() {
        return List.of(
                text.equals(sample.text())
                        ? new Segment.Drawn(sample.tokens(), Loss.COUNTED)
                        : new Segment.Written(text, Loss.COUNTED));
    }

    Demonstration demonstration() {
        return new Demonstration(sample.id(), sample.problem().prompt(), completion(), Ending.ENDS, 1);
    }
}
