package dev.hone.method.gsi;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import dev.hone.task.exact.Calculations;
import java.util.List;

/// Keeps what calculates rightly: every equation in the text is true. A right answer after a wrong
/// calculation is luck, or was seen in a hint.
///
/// **Paper** card gsi, step 2c.
///
/// @param tolerance between both sides of an equation, absolute, at least 0
public record TrueEquations(double tolerance) implements Selector {

    public TrueEquations {
        if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
            throw new IllegalArgumentException("tolerance must be a finite number of at least 0 but was " + tolerance);
        }
    }

    @Override
    public List<Decision> select(List<Judged> judged, Step step) {
        return judged.stream()
                .map(each -> Calculations.areTrue(each.sample().text(), tolerance)
                        ? new Decision(each, Fate.KEPT, "no equation is false")
                        : new Decision(each, Fate.DROPPED, "an equation in it is false"))
                .toList();
    }
}
