package dev.hone.method.fourhabits;

import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Depth-first search for the target, symbolically. Steps are tried in the order of the numbers, sum before
/// product, difference and quotient, down to the last one, which is the step that comes nearest to the
/// target; so of three numbers every first step is followed up once, and a target that can be reached is
/// found. What would end farther from the target than that is from 0 is not tried, so that hopeless products
/// take no room. The order is always the same because a small model learns what comes next, and repeats
/// itself where that is by chance.
///
/// With subgoals or backward chaining the last two steps are planned from the target: a number is set aside
/// for the last step, which says what the others should come to, and of their combinations the nearest is
/// taken. What no such plan leads to is tried after.
///
/// @param aims how plans are told; none searches forward only
/// @param random chooses how each is told
record Search(Puzzle puzzle, List<Habit> aims, SplittableRandom random) {

    /// @param expression how the value came about
    private record Term(long value, Expression expression) {}

    /// @param left terms after the step
    private record Joined(Line.Step step, Term term, List<Term> left) {}

    /// @param most attempts
    /// @return in the order of the search, none twice; empty for a single number
    List<Attempt> attempts(int most) {
        List<Term> terms = puzzle.numbers().stream()
                .map(number -> new Term(number, new Expression.Literal(Long.toString(number))))
                .toList();
        List<Attempt> found = new ArrayList<>();
        Set<List<Line.Step>> seen = new HashSet<>();
        visit(terms, List.of(), attempt -> {
            boolean isNear = Math.abs(attempt.value() - puzzle.target()) <= puzzle.target();
            if (isNear && seen.add(attempt.steps())) {
                found.add(attempt);
            }
            return found.size() < most;
        });
        return found;
    }

    private interface Visitor {
        boolean goesOn(Attempt attempt);
    }

    private boolean visit(List<Term> terms, List<Line.Step> path, Visitor visitor) {
        if (terms.size() < 2) {
            return true;
        }
        if (terms.size() == 2) {
            Joined last = nearest(joins(terms), puzzle.target());
            return visitor.goesOn(new Attempt(plus(path, last.step), List.of(), last.term.expression));
        }
        if (terms.size() == 3 && !aims.isEmpty()) {
            for (Attempt planned : planned(terms, path)) {
                if (!visitor.goesOn(planned)) {
                    return false;
                }
            }
        }
        for (Joined next : joins(terms)) {
            if (!visit(next.left, plus(path, next.step), visitor)) {
                return false;
            }
        }
        return true;
    }

    /// Attempts that set each number aside in each way that leads to something whole.
    private List<Attempt> planned(List<Term> terms, List<Line.Step> path) {
        List<Attempt> planned = new ArrayList<>();
        for (int aside = 0; aside < terms.size(); aside++) {
            Term last = terms.get(aside);
            List<Term> others = new ArrayList<>(terms);
            others.remove(aside);
            for (Line.Step back : backward(last.value)) {
                Joined first = nearest(joins(others), back.result());
                for (Joined end : joins(List.of(first.term, last))) {
                    if (end.step.operator() == inverse(back.operator()) && isForward(end.step, first.term, last)) {
                        planned.add(new Attempt(
                                plus(plus(path, first.step), end.step), List.of(told(back)), end.term.expression));
                    }
                }
            }
        }
        return planned;
    }

    /// What the target leads back to by a number.
    private List<Line.Step> backward(long by) {
        long target = puzzle.target();
        List<Line.Step> steps = new ArrayList<>();
        steps.add(new Line.Step(target, '+', by, target + by));
        if (target >= by) {
            steps.add(new Line.Step(target, '-', by, target - by));
        }
        if (by > 1) {
            steps.add(new Line.Step(target, '*', by, target * by));
        }
        if (by > 1 && target % by == 0) {
            steps.add(new Line.Step(target, '/', by, target / by));
        }
        return steps;
    }

    private static char inverse(char operator) {
        return switch (operator) {
            case '+' -> '-';
            case '-' -> '+';
            case '*' -> '/';
            case '/' -> '*';
            default -> throw new IllegalArgumentException("no operator: " + operator);
        };
    }

    /// A difference or a quotient takes from what was worked for, not the other way round.
    private static boolean isForward(Line.Step end, Term worked, Term aside) {
        boolean isOrdered = end.left() == worked.value && end.right() == aside.value;
        return isOrdered || end.operator() == '+' || end.operator() == '*';
    }

    private Line told(Line.Step back) {
        return switch (aims.get(random.nextInt(aims.size()))) {
            case SUBGOAL -> new Line.Goal(back.result());
            case BACKWARD -> new Line.Backward(back);
            case VERIFICATION, BACKTRACKING ->
                throw new IllegalStateException("a plan is told as a subgoal or backwards, not as one of " + aims);
        };
    }

    /// Every step that two of these numbers allow: no difference below zero, no broken quotient.
    private List<Joined> joins(List<Term> terms) {
        List<Joined> joins = new ArrayList<>();
        for (int i = 0; i < terms.size(); i++) {
            for (int j = i + 1; j < terms.size(); j++) {
                Term one = terms.get(i);
                Term other = terms.get(j);
                boolean isOrdered = one.value >= other.value;
                Term large = isOrdered ? one : other;
                Term small = isOrdered ? other : one;
                List<Term> left = new ArrayList<>(terms);
                left.remove(j);
                left.remove(i);
                joins.add(join(one, Operator.PLUS, other, one.value + other.value, left));
                joins.add(join(one, Operator.TIMES, other, one.value * other.value, left));
                joins.add(join(large, Operator.MINUS, small, large.value - small.value, left));
                if (small.value != 0 && large.value % small.value == 0) {
                    joins.add(join(large, Operator.DIVIDE, small, large.value / small.value, left));
                }
            }
        }
        return joins;
    }

    private static Joined join(Term left, Operator operator, Term right, long value, List<Term> others) {
        Term term = new Term(value, new Expression.Binary(left.expression, operator, right.expression));
        return new Joined(
                new Line.Step(left.value, operator.sign(), right.value, value),
                term,
                Stream.concat(Stream.of(term), others.stream()).toList());
    }

    private static Joined nearest(List<Joined> joins, long goal) {
        return joins.stream()
                .min(Comparator.comparingLong(each -> Math.abs(each.term.value - goal)))
                .orElseThrow();
    }

    private static List<Line.Step> plus(List<Line.Step> path, Line.Step step) {
        return Stream.concat(path.stream(), Stream.of(step)).toList();
    }
}
