package dev.hone.task.countdown;

import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// Plain equation text in the frame of [ThoughtCountdown]: any combination of the numbers is right,
/// whatever the prompt's target is. Who learns its worked answers can calculate and write an answer, and
/// does not search: the first model of card four-habits at small scale.
///
/// A worked answer has equations about other numbers, or none, then those of one combination of the
/// problem's own, by chance, and that combination: `4+9=13;13*2=26;12*3=36;36+7=43:12*3+7`.
///
/// @param puzzles whose numbers are combined
/// @param idle combinations of other numbers before a problem's own, at most, at least 0
public record Equations(Countdown puzzles, int idle) implements Task {
    /// No product is larger: what nobody needs would take most of the learning.
    private static final long LARGEST = 400;

    static final String CHECKER = "equations";

    public Equations {
        if (idle < 0) {
            throw new IllegalArgumentException("idle must be at least 0 but was " + idle);
        }
    }

    /// `equations@1`: with the problems of [ThoughtCountdown#standard], and with texts as long as those of a search.
    public static Equations standard() {
        return new Equations(ThoughtCountdown.standard().puzzles(), 8);
    }

    public Equations withNumbers(int fewest, int most) {
        return new Equations(puzzles.withNumbers(fewest, most), idle);
    }

    @Override
    public String id() {
        return puzzles.id().replace("countdown@", "equations@");
    }

    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        return ThoughtCountdown.checkedBy(CHECKER, puzzles.problems(split, count, seed));
    }

    @Override
    public Map<String, Checker> checkers() {
        return Map.of(CHECKER, new AnswerSection(new CombinationChecker()));
    }

    /// @return fewer than `count` where chance gives the same again
    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        SplittableRandom random = seed.derive(problem.id()).random();
        List<Long> own = Countdown.numbers(problem).stream().map(Fraction::over).toList();
        Set<String> answers = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            List<String> equations = new ArrayList<>();
            for (int other = random.nextInt(idle + 1); other > 0; other--) {
                List<Long> others = own.stream()
                        .map(_ -> random.nextLong(
                                puzzles.numbers().low(), puzzles.numbers().high() + 1L))
                        .toList();
                combine(others, equations, random);
            }
            Expression combined = combine(own, equations, random);
            answers.add(String.join(";", equations) + ":" + combined.text());
        }
        return List.copyOf(answers);
    }

    /// All of these numbers, by chance.
    ///
    /// @param equations gets one more for each step
    private static Expression combine(List<Long> numbers, List<String> equations, SplittableRandom random) {
        List<Expression> left = numbers.stream()
                .map(number -> (Expression) new Expression.Literal(number.toString()))
                .collect(Collectors.toCollection(ArrayList::new));
        while (left.size() > 1) {
            Expression one = left.remove(random.nextInt(left.size()));
            Expression other = left.remove(random.nextInt(left.size()));
            Expression.Binary step = step(one, other, random);
            equations.add("" + value(step.left()) + step.operator().sign() + value(step.right()) + "=" + value(step));
            left.add(step);
        }
        return left.getFirst();
    }

    /// No difference is below zero and no quotient broken.
    private static Expression.Binary step(Expression one, Expression other, SplittableRandom random) {
        List<Expression.Binary> steps = new ArrayList<>();
        steps.add(new Expression.Binary(one, Operator.PLUS, other));
        if (value(one) * value(other) <= LARGEST) {
            steps.add(new Expression.Binary(one, Operator.TIMES, other));
        }
        boolean isOrdered = value(one) >= value(other);
        Expression large = isOrdered ? one : other;
        Expression small = isOrdered ? other : one;
        steps.add(new Expression.Binary(large, Operator.MINUS, small));
        if (value(small) != 0 && value(large) % value(small) == 0) {
            steps.add(new Expression.Binary(large, Operator.DIVIDE, small));
        }
        return steps.get(random.nextInt(steps.size()));
    }

    private static long value(Expression expression) {
        return expression.value().orElseThrow().over();
    }
}
