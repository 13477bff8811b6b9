package dev.hone.task.arithmetic;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.StableSplit;
import dev.hone.task.Task;
import dev.hone.task.exact.Expression;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Work out an expression of `+ - *` and parentheses.
///
/// The prompt is `(3+4)*5-2=`, an answer `7*5-2;35-2;33`. No part of an expression is negative or large.
///
/// **Splits** the expression up to the order and grouping of terms and factors decides alone ([StableSplit]);
/// two expressions that are the same in this sense are one problem.
///
/// **Facts** `expression`; `operations`, how many there are (more is harder); `value`.
///
/// @param fewest operations of an expression, at least 1
/// @param most operations, at most 6
/// @param largestNumber in an expression, from 1, at most 100
/// @param largestValue of the expression and of each part, at least `largestNumber`, at most 10,000
public record Arithmetic(int fewest, int most, int largestNumber, int largestValue) implements Task {
    private static final String CHECKER = "arithmetic";
    private static final int MOST_OPERATIONS = 6;
    /// After so many draws in a row that give nothing new, a split counts as exhausted.
    private static final int DRAWS_IN_VAIN = 20_000;

    public Arithmetic {
        if (fewest < 1 || most > MOST_OPERATIONS || fewest > most) {
            throw new IllegalArgumentException("an expression has between 1 and " + MOST_OPERATIONS
                    + " operations but the settings say " + fewest + " to " + most + "; choose within that");
        }
        if (largestNumber < 1 || largestNumber > 100 || largestValue < largestNumber || largestValue > 10_000) {
            throw new IllegalArgumentException("the largest number must be in 1..100 and the largest value between it"
                    + " and 10000 but they are " + largestNumber + " and " + largestValue + "; choose within that");
        }
    }

    /// `arithmetic@1`: two to four operations on numbers of 1 to 9, no part above 100.
    public static Arithmetic standard() {
        return new Arithmetic(2, 4, 9, 100);
    }

    /// The standard settings with another count of operations.
    public Arithmetic withOperations(int fewest, int most) {
        return new Arithmetic(fewest, most, largestNumber, largestValue);
    }

    @Override
    public String id() {
        return equals(standard())
                ? "arithmetic@1"
                : "arithmetic@1(%d-%d operations, numbers to %d, values to %d)"
                        .formatted(fewest, most, largestNumber, largestValue);
    }

    /// A smaller count is the beginning of a larger one.
    ///
    /// @return fewer than `count` where 20,000 draws in a row give nothing new
    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        ExpressionDraw draw = new ExpressionDraw(largestNumber, largestValue);
        SplittableRandom random = seed.derive("expressions").random();
        Set<String> seen = new HashSet<>();
        List<Problem> problems = new ArrayList<>();
        int inVain = 0;
        while (problems.size() < count && inVain < DRAWS_IN_VAIN) {
            int operations = random.nextInt(fewest, most + 1);
            Expression drawn = draw.draw(operations, random);
            String form = drawn.canonical();
            if (StableSplit.of(form) == split && seen.add(form)) {
                problems.add(problem(drawn, operations, split));
                inVain = 0;
            } else {
                inVain++;
            }
        }
        return problems;
    }

    @Override
    public Map<String, Checker> checkers() {
        return Map.of(CHECKER, new ArithmeticChecker());
    }

    /// Uniform over the orders in which the operations can be carried out, one a step.
    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        List<String> traces = new ArrayList<>(
                ExpressionDraw.traces(expression(problem)).stream().distinct().toList());
        Collections.shuffle(traces, Random.from(seed.derive(problem.id()).random()));
        return List.copyOf(traces.subList(0, Math.min(count, traces.size())));
    }

    /// Where in an answer the first step begins that does not follow from what is before it, for those who look
    /// for it in other ways and want to know how well. An answer that only stops too early has none.
    ///
    /// @return its first character, from 0; empty where there is none, the answer is longer or larger than is
    ///     read, or the problem is not one of arithmetic
    public static OptionalInt firstWrongStep(Problem problem, String answer) {
        return problem.reference().equals(new Reference.Checked(CHECKER))
                ? ArithmeticChecker.firstWrongStep(problem, answer)
                : OptionalInt.empty();
    }

    static Expression expression(Problem problem) {
        String expression = problem.fact("expression");
        return switch (Expression.read(expression)) {
            case Expression.Reading.Read(Expression read) -> read;
            case Expression.Reading.Unreadable(String because) ->
                throw new IllegalArgumentException("problem \"" + problem.id() + "\" has the expression \"" + expression
                        + "\", which cannot be read (" + because + "); correct its facts");
        };
    }

    private static Problem problem(Expression expression, int operations, Split split) {
        String text = expression.text();
        TreeMap<String, String> facts = new TreeMap<>(Map.of(
                "expression", text,
                "operations", Integer.toString(operations),
                "value", expression.value().orElseThrow().toString()));
        return new Problem(
                "arithmetic-" + text, List.of(Message.user(text + "=")), new Reference.Checked(CHECKER), split, facts);
    }
}
