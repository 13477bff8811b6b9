package dev.hone.task.countdown;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.task.exact.Expression;
import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Decides about answers to Countdown, in exact arithmetic.
///
/// Two forms are read. Steps: `12*3=36;36-7=29`, each taking two available numbers (given ones, or results
/// that no step has taken yet) and making a new one; the last is the target and nothing is left over. Or one
/// expression: `12*3-7`. Blanks count for nothing; a fraction in a step is written `(8/3)`.
///
/// A text in one of these forms is right (1) or wrong (0). Any other text is unjudged: nothing, letters,
/// a step that lacks its result, a number with a leading zero, more than 1,000 characters, parentheses nested
/// deeper than 50.
///
/// Reads the facts `numbers` (such as `7,3,12`) and `target`; both forms must use each number exactly once.
///
/// @param division which divisions count as right
record CountdownChecker(Division division) implements Checker {
    private static final String NUMBER = "((?:-?[1-9][0-9]*+|0)|\\((?:-?[1-9][0-9]*+|0)/[1-9][0-9]*+\\))";
    private static final Pattern STEP = Pattern.compile(NUMBER + "([-+*/])" + NUMBER + "=" + NUMBER);

    @Override
    public Verdict check(Problem problem, String text) {
        List<Fraction> numbers = Countdown.numbers(problem);
        Fraction target = Countdown.target(problem);
        String answer = text.strip();
        if (answer.length() > Expression.MAX_LENGTH) {
            return new Verdict.Unjudged("longer than " + Expression.MAX_LENGTH + " characters");
        }
        try {
            return answer.indexOf('=') >= 0 || answer.indexOf(';') >= 0
                    ? checkSteps(numbers, target, answer.replace(" ", ""))
                    : checkExpression(numbers, target, answer);
        } catch (ArithmeticException beyond) {
            return new Verdict.Unjudged("a value goes beyond 64 bits");
        }
    }

    /// Without blanks.
    @Override
    public Optional<String> answer(Problem problem, String text) {
        return check(problem, text) instanceof Verdict.Unjudged
                ? Optional.empty()
                : Optional.of(text.replace(" ", "").strip());
    }

    private Verdict checkSteps(List<Fraction> numbers, Fraction target, String text) {
        String[] steps = text.split(";", -1);
        List<Matcher> read = new ArrayList<>();
        for (String step : steps) {
            Matcher matcher = STEP.matcher(step);
            if (!matcher.matches()) {
                return new Verdict.Unjudged("\"" + step + "\" is not a step such as 12*3=36");
            }
            read.add(matcher);
        }
        List<Fraction> available = new ArrayList<>(numbers);
        for (Matcher step : read) {
            Optional<Fraction> left = number(step.group(1));
            Optional<Fraction> right = number(step.group(3));
            for (Optional<Fraction> operand : List.of(left, right)) {
                if (operand.isEmpty() || !available.remove(operand.get())) {
                    return Verdict.wrong("a number in " + step.group() + " is not available");
                }
            }
            Operator operator = Operator.of(step.group(2).charAt(0)).orElseThrow();
            Optional<Fraction> result = apply(operator, left.orElseThrow(), right.orElseThrow());
            if (result.isEmpty()) {
                return Verdict.wrong("a division in " + step.group() + " does not come out");
            }
            if (!result.equals(number(step.group(4)))) {
                return Verdict.wrong(step.group() + " should give " + result.get());
            }
            available.add(result.get());
        }
        if (available.size() > 1) {
            return Verdict.wrong("numbers are left over: " + available);
        }
        return reaches(available.getFirst(), target);
    }

    private Verdict checkExpression(List<Fraction> numbers, Fraction target, String text) {
        return switch (Expression.read(text)) {
            case Expression.Reading.Unreadable(String because) -> new Verdict.Unjudged(because);
            case Expression.Reading.Read(Expression expression) -> {
                List<String> given =
                        numbers.stream().map(Fraction::toString).sorted().toList();
                List<String> used = expression.numbers().stream().sorted().toList();
                if (!used.equals(given)) {
                    yield Verdict.wrong("uses other numbers than those given, each once");
                }
                yield value(expression)
                        .map(value -> reaches(value, target))
                        .orElseGet(() -> Verdict.wrong("a division does not come out"));
            }
        };
    }

    private static Verdict reaches(Fraction value, Fraction target) {
        return value.equals(target)
                ? Verdict.right("reaches " + target)
                : Verdict.wrong("reaches " + value + ", not " + target);
    }

    /// @return empty where a division does not come out
    private Optional<Fraction> value(Expression expression) {
        return switch (expression) {
            case Expression.Literal(String digits) -> number(digits);
            case Expression.Negated(Expression inner) -> value(inner).map(Fraction::negated);
            case Expression.Binary(Expression left, Operator operator, Expression right) ->
                value(left).flatMap(first -> value(right).flatMap(second -> apply(operator, first, second)));
        };
    }

    private Optional<Fraction> apply(Operator operator, Fraction left, Fraction right) {
        return operator.apply(left, right)
                .filter(result -> operator != Operator.DIVIDE || division == Division.RATIONAL || result.isWhole());
    }

    /// @return empty for more digits than any value here can have
    private static Optional<Fraction> number(String text) {
        if (text.length() > Expression.MAX_DIGITS) {
            return Optional.empty();
        }
        if (!text.startsWith("(")) {
            return Optional.of(Fraction.of(Long.parseLong(text)));
        }
        long[] parts = Arrays.stream(text.substring(1, text.length() - 1).split("/", -1))
                .mapToLong(Long::parseLong)
                .toArray();
        return Optional.of(new Fraction(parts[0], parts[1]));
    }
}
