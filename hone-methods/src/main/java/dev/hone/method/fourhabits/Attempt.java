package dev.hone.method.fourhabits;

import dev.hone.task.exact.Expression;
import java.util.List;

/// One way to use up all numbers.
///
/// @param steps as many as take all numbers together
/// @param aims what was said of where to go: nothing, or one line
/// @param expression what the steps amount to
record Attempt(List<Line.Step> steps, List<Line> aims, Expression expression) {

    Attempt {
        steps = List.copyOf(steps);
        aims = List.copyOf(aims);
    }

    long value() {
        return steps.getLast().result();
    }

    /// How many steps it begins with that another one begins with too.
    int shared(Attempt other) {
        int shared = 0;
        while (shared < steps.size() - 1 && steps.get(shared).equals(other.steps.get(shared))) {
            shared++;
        }
        return shared;
    }
}
