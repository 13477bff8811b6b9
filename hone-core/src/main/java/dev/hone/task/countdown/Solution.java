package dev.hone.task.countdown;

import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/// A way to reach the target: a bag of steps in a fixed order. Two ways are different when their bags differ;
/// the order of the steps and that of the operands of `+` and `*` make no difference, regrouping does
/// (`(1+2)+3` takes other steps than `1+(2+3)`), and equal numbers are interchangeable.
///
/// @param steps sorted; of `+` and `*` the larger operand first
record Solution(List<Operation> steps) {

    Solution {
        steps = steps.stream().sorted(Operation.ORDER).toList();
    }

    boolean needsProduct() {
        return steps.stream().anyMatch(step -> step.operator() == Operator.TIMES || step.operator() == Operator.DIVIDE);
    }

    /// Every text of this way from these numbers, each step after those whose results it takes.
    List<String> traces(List<Fraction> numbers) {
        List<String> traces = new ArrayList<>();
        extend("", new ArrayList<>(numbers), new ArrayList<>(steps), traces);
        return traces;
    }

    /// [#traces] in an order by chance.
    List<String> shuffledTraces(List<Fraction> numbers, SplittableRandom random) {
        List<String> traces = traces(numbers);
        Collections.shuffle(traces, Random.from(random));
        return traces;
    }

    private static void extend(String trace, List<Fraction> available, List<Operation> left, List<String> traces) {
        if (left.isEmpty()) {
            traces.add(trace);
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            Operation step = left.get(i);
            List<Fraction> rest = new ArrayList<>(available);
            boolean again = left.subList(0, i).contains(step); // the same step twice: one order is enough
            if (again || !rest.remove(step.left()) || !rest.remove(step.right())) {
                continue;
            }
            rest.add(step.result());
            List<Operation> others = new ArrayList<>(left);
            others.remove(i);
            String before = trace.isEmpty() ? "" : trace + ";";
            extend(before + step, rest, others, traces);
            if (step.isSwappable()) {
                extend(before + step.swapped(), rest, others, traces);
            }
        }
    }
}
