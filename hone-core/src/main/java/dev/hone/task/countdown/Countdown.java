package dev.hone.task.countdown;

import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.StableSplit;
import dev.hone.task.Task;
import dev.hone.task.exact.Fraction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reach a target from numbers, each used exactly once.
///
/// The prompt is `7,3,12>29:`, an answer `12*3=36;36-7=29`. Every problem has a solution: its numbers are
/// drawn first, then its target among all that they reach.
///
/// **Splits** the numbers in sorted order decide alone ([StableSplit]), so that no choice of numbers is in two
/// splits, whatever the order or the target.
///
/// **Facts** `numbers` in the prompt's order; `target`; `count` of numbers; `solutions`, how many different
/// ways there are (fewer is harder); `needs`, `+-` where some solution does without `*` and `/`, else
/// `+-*/`.
///
/// **Cost** tens of microseconds a problem of three numbers, a tenth of a millisecond of four, two
/// milliseconds of five.
///
/// @param fewest numbers of a problem, at least 2
/// @param most numbers of a problem, at most 5
/// @param numbers to draw from, repetition allowed, within `[1, 100]`
/// @param targets to choose from, at least 0
public record Countdown(int fewest, int most, Range numbers, Range targets, Division division) implements Task {
    private static final int MOST_NUMBERS = 5;
    private static final int LARGEST_NUMBER = 100;
    /// Up to so many choices of numbers are all listed, so that a split is exhausted exactly; of more, as many
    /// are drawn as problems are asked for.
    private static final int LISTED = 200_000;

    /// Whole numbers from `low` to `high`, both included.
    public record Range(int low, int high) {
        public Range {
            if (low > high) {
                throw new IllegalArgumentException(
                        "a range needs low <= high but was " + low + ".." + high + "; swap them");
            }
        }

        boolean contains(Fraction value) {
            return value.isWhole() && value.over() >= low && value.over() <= high;
        }

        int size() {
            return high - low + 1;
        }
    }

    public Countdown {
        if (fewest < 2 || most > MOST_NUMBERS || fewest > most) {
            throw new IllegalArgumentException("a problem has between 2 and " + MOST_NUMBERS
                    + " numbers but the settings say " + fewest + " to " + most + "; choose within that");
        }
        if (numbers.low() < 1 || numbers.high() > LARGEST_NUMBER) {
            throw new IllegalArgumentException("numbers must be within 1.." + LARGEST_NUMBER + " but are "
                    + numbers.low() + ".." + numbers.high() + "; choose within that");
        }
        if (targets.low() < 0) {
            throw new IllegalArgumentException(
                    "targets must be at least 0 but start at " + targets.low() + "; raise the lower end");
        }
    }

    /// `countdown@1`: three numbers of 1 to 20, targets of 1 to 100, exact division. Prompts have at most a
    /// dozen characters and steps at most nine, so that a model of a few million parameters learns the
    /// arithmetic; there are 12,702 problems in train, 1,944 in validation and 1,646 in test, too many to be
    /// learned by heart from a few thousand. For more, widen the ranges or add numbers.
    public static Countdown standard() {
        return new Countdown(3, 3, new Range(1, 20), new Range(1, 100), Division.EXACT);
    }

    /// Four numbers of 1 to 10, targets of 1 to 30: half of the problems have six different ways or more, and a small
    /// model finds several. There are 13,481 problems in train, 1,540 in validation and 1,770 in test.
    public static Countdown easy() {
        return new Countdown(4, 4, new Range(1, 10), new Range(1, 30), Division.EXACT);
    }

    /// These settings with another count of numbers.
    public Countdown withNumbers(int fewest, int most) {
        return new Countdown(fewest, most, numbers, targets, division);
    }

    @Override
    public String id() {
        Countdown standard = standard();
        List<String> other = new ArrayList<>();
        if (fewest != standard.fewest || most != standard.most) {
            other.add(fewest == most ? fewest + " numbers" : fewest + "-" + most + " numbers");
        }
        if (!numbers.equals(standard.numbers)) {
            other.add("of " + numbers.low() + "-" + numbers.high());
        }
        if (!targets.equals(standard.targets)) {
            other.add("targets " + targets.low() + "-" + targets.high());
        }
        if (division != standard.division) {
            other.add("rational division");
        }
        return "countdown@1" + (other.isEmpty() ? "" : "(" + String.join(", ", other) + ")");
    }

    /// In passes over the split's choices of numbers: each pass gives every choice its next target. So
    /// numbers repeat only when all have been used, and a smaller count is the beginning of a larger one.
    ///
    /// @return fewer than `count` only where the split has no more; exact up to 200,000 choices of numbers,
    ///     beyond which at most `count` choices are drawn and both sentences hold for these
    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        List<Choice> choices = new ArrayList<>();
        for (List<Integer> chosen : choices(split, count, seed.derive("numbers"))) {
            choices.add(new Choice(chosen));
        }
        Set<Problem> problems = new LinkedHashSet<>();
        for (int pass = 0; problems.size() < count && !choices.isEmpty(); pass++) {
            List<Choice> left = new ArrayList<>();
            for (Choice choice : choices) {
                if (problems.size() == count) {
                    break;
                }
                List<Fraction> reached = choice.targets(this, seed);
                if (pass < reached.size()) {
                    problems.add(problem(choice.sorted, reached.get(pass), split, seed));
                    left.add(choice);
                }
            }
            choices = left;
        }
        return List.copyOf(problems);
    }

    @Override
    public Map<String, Checker> checkers() {
        return Map.of(checker(), new CountdownChecker(division));
    }

    /// Traces, uniform over the different solutions and then over the orders of steps and operands. Only when
    /// every solution has been used is one used again.
    ///
    /// @return fewer than `count` where there are no more
    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        List<Fraction> given = numbers(problem);
        SplittableRandom random = seed.derive(problem.id()).random();
        List<List<String>> left = new Solver(division)
                .solutions(given, target(problem)).stream()
                        .map(solution -> solution.shuffledTraces(given, random))
                        .collect(Collectors.toCollection(ArrayList::new));
        Collections.shuffle(left, Random.from(random));
        List<String> answers = new ArrayList<>();
        while (answers.size() < count && !left.isEmpty()) {
            left.removeIf(List::isEmpty);
            left.stream().limit(count - answers.size()).forEach(traces -> answers.add(traces.removeLast()));
        }
        return answers;
    }

    /// Each division has its checker, so that a problem is never judged by the rules of another.
    private String checker() {
        return division == Division.EXACT ? "countdown" : "countdown-rational";
    }

    static List<Fraction> numbers(Problem problem) {
        return Arrays.stream(problem.fact("numbers").split(",", -1))
                .map(number -> whole(problem, number))
                .toList();
    }

    static Fraction target(Problem problem) {
        return whole(problem, problem.fact("target"));
    }

    private static Fraction whole(Problem problem, String digits) {
        if (!digits.matches("0|[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("problem \"" + problem.id() + "\" has \"" + digits
                    + "\" where a whole number of at most 9 digits is needed; correct its facts");
        }
        return Fraction.of(Long.parseLong(digits));
    }

    private Problem problem(List<Integer> sorted, Fraction target, Split split, Seed seed) {
        String id = "countdown-" + dotted(sorted) + "-" + target;
        List<Integer> order = new ArrayList<>(sorted);
        Collections.shuffle(order, Random.from(seed.derive(id).random()));
        String given = order.stream().map(String::valueOf).collect(Collectors.joining(","));
        List<Solution> solutions = new Solver(division).solutions(fractions(sorted), target);
        boolean needsProduct = solutions.stream().allMatch(Solution::needsProduct);
        TreeMap<String, String> facts = new TreeMap<>(Map.of(
                "numbers", given,
                "target", target.toString(),
                "count", Integer.toString(sorted.size()),
                "solutions", Integer.toString(solutions.size()),
                "needs", needsProduct ? "+-*/" : "+-"));
        Message prompt = Message.user(given + ">" + target + ":");
        return new Problem(id, List.of(prompt), new Reference.Checked(checker()), split, facts);
    }

    private List<List<Integer>> choices(Split split, int count, Seed seed) {
        SplittableRandom random = seed.random();
        if (choicesInAll() > LISTED) {
            return drawn(split, count, random);
        }
        List<List<Integer>> all = new ArrayList<>();
        for (int size = fewest; size <= most; size++) {
            list(new ArrayList<>(), size, split, all);
        }
        Collections.shuffle(all, Random.from(random));
        return all;
    }

    /// Combinations with repetition, `C(n + k - 1, k)`, summed over the counts of numbers.
    private long choicesInAll() {
        long sum = 0;
        for (int size = fewest; size <= most; size++) {
            long combinations = 1;
            for (int i = 1; i <= size; i++) {
                combinations = combinations * (numbers.size() - 1 + i) / i;
            }
            sum += combinations;
        }
        return sum;
    }

    private void list(List<Integer> begun, int size, Split split, List<List<Integer>> all) {
        if (begun.size() == size) {
            if (StableSplit.of(dotted(begun)) == split) {
                all.add(List.copyOf(begun));
            }
            return;
        }
        for (int next = begun.isEmpty() ? numbers.low() : begun.getLast(); next <= numbers.high(); next++) {
            begun.addLast(next);
            list(begun, size, split, all);
            begun.removeLast();
        }
    }

    private List<List<Integer>> drawn(Split split, int count, SplittableRandom random) {
        Set<List<Integer>> drawn = new LinkedHashSet<>();
        long tries = 1_000 + 100L * count;
        for (long i = 0; i < tries && drawn.size() < count; i++) {
            List<Integer> choice = random.ints(random.nextInt(fewest, most + 1), numbers.low(), numbers.high() + 1)
                    .sorted()
                    .boxed()
                    .toList();
            if (StableSplit.of(dotted(choice)) == split) {
                drawn.add(choice);
            }
        }
        return List.copyOf(drawn);
    }

    private static String dotted(List<Integer> sorted) {
        return sorted.stream().map(String::valueOf).collect(Collectors.joining("."));
    }

    private static List<Fraction> fractions(List<Integer> numbers) {
        return numbers.stream().map(Fraction::of).toList();
    }

    /// Numbers in sorted order, and the targets that they reach once somebody has asked.
    private static final class Choice {
        private final List<Integer> sorted;
        private List<Fraction> targets = List.of();
        private boolean isSolved;

        Choice(List<Integer> sorted) {
            this.sorted = sorted;
        }

        /// In an order by the seed.
        List<Fraction> targets(Countdown task, Seed seed) {
            if (!isSolved) {
                List<Fraction> reached = new ArrayList<>(new Solver(task.division).reachable(fractions(sorted)));
                reached.removeIf(value -> !task.targets.contains(value));
                Collections.shuffle(
                        reached, Random.from(seed.derive(dotted(sorted)).random()));
                targets = reached;
                isSolved = true;
            }
            return targets;
        }
    }
}
