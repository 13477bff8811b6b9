package dev.hone.task.countdown;

import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds what numbers reach, and in which ways, by trying everything.
///
/// Steps stay at or above zero: a difference takes the smaller from the larger. No target of at least 0 is
/// lost by that, since the absolute value of a sum, difference, product or quotient of signed numbers is one
/// of theirs.
record Solver(Division division) {

    /// The values of all numbers together.
    SortedSet<Fraction> reachable(List<Fraction> numbers) {
        int all = (1 << numbers.size()) - 1;
        List<Set<Fraction>> values = new ArrayList<>(); // by the set of numbers used, as bits
        values.add(Set.of());
        for (int used = 1; used <= all; used++) {
            Set<Fraction> here = new HashSet<>();
            if (Integer.bitCount(used) == 1) {
                here.add(numbers.get(Integer.numberOfTrailingZeros(used)));
            }
            for (int part = (used - 1) & used; part > used - part; part = (part - 1) & used) {
                for (Fraction left : values.get(part)) {
                    for (Fraction right : values.get(used - part)) {
                        operations(left, right).forEach(step -> here.add(step.result()));
                    }
                }
            }
            values.add(here);
        }
        return new TreeSet<>(values.get(all));
    }

    /// Every different way, in an order that depends on the numbers and the target alone.
    List<Solution> solutions(List<Fraction> numbers, Fraction target) {
        Set<Solution> found = new LinkedHashSet<>();
        Fraction[] values = numbers.stream().sorted().toArray(Fraction[]::new);
        search(values, values.length, target, new ArrayList<>(), found);
        return List.copyOf(found);
    }

    private void search(Fraction[] values, int count, Fraction target, List<Operation> steps, Set<Solution> found) {
        for (int i = 0; i < count; i++) {
            for (int j = i + 1; j < count; j++) {
                Fraction left = values[i];
                Fraction right = values[j];
                values[j] = values[count - 1];
                for (Operation step : operations(left, right)) {
                    if (count > 2) {
                        values[i] = step.result();
                        steps.addLast(step);
                        search(values, count - 1, target, steps, found);
                        steps.removeLast();
                    } else if (step.result().equals(target)) {
                        steps.addLast(step);
                        found.add(new Solution(steps));
                        steps.removeLast();
                    }
                }
                values[i] = left;
                values[j] = right;
            }
        }
    }

    /// The steps that two numbers allow.
    private List<Operation> operations(Fraction one, Fraction other) {
        boolean ordered = one.compareTo(other) >= 0;
        Fraction large = ordered ? one : other;
        Fraction small = ordered ? other : one;
        List<Operation> operations = new ArrayList<>(5);
        operations.add(new Operation(large, Operator.PLUS, small, large.plus(small)));
        operations.add(new Operation(large, Operator.MINUS, small, large.minus(small)));
        operations.add(new Operation(large, Operator.TIMES, small, large.times(small)));
        divide(large, small, operations);
        if (!large.equals(small)) {
            divide(small, large, operations);
        }
        return operations;
    }

    private void divide(Fraction left, Fraction right, List<Operation> operations) {
        if (right.over() == 0) {
            return;
        }
        Fraction result = left.dividedBy(right);
        if (division == Division.RATIONAL || result.isWhole()) {
            operations.add(new Operation(left, Operator.DIVIDE, right, result));
        }
    }
}
