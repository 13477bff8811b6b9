package dev.hone.task.countdown;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.task.countdown.Countdown.Range;
import dev.hone.task.exact.Fraction;
import dev.hone.task.exact.Operator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SolverTest {

    @Test
    void what_is_reachable_and_in_how_many_ways_agrees_with_trying_every_signed_order() {
        SplittableRandom random = new Seed(4).random();
        for (int i = 0; i < 80; i++) {
            Division division = i % 2 == 0 ? Division.EXACT : Division.RATIONAL;
            List<Fraction> numbers = random.ints(i < 70 ? 3 : 4, 1, i % 3 == 0 ? 5 : 21)
                    .mapToObj(Fraction::of)
                    .toList();
            Map<Fraction, Set<Set<String>>> ways = new TreeMap<>();
            tryAll(division, numbers, new ArrayList<>(), ways);

            Solver solver = new Solver(division);
            Set<Fraction> notNegative = ways.keySet().stream()
                    .filter(value -> value.over() >= 0)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(solver.reachable(numbers)).as(numbers + " " + division).isEqualTo(notNegative);
            for (Fraction target : notNegative.stream().limit(40).toList()) {
                Set<Set<String>> found = solver.solutions(numbers, target).stream()
                        .map(solution -> bag(solution.steps()))
                        .collect(Collectors.toSet());
                Set<Set<String>> expected = ways.getOrDefault(target, Set.of()).stream()
                        .filter(way -> way.stream().noneMatch(step -> step.startsWith("negative")))
                        .collect(Collectors.toSet());
                assertThat(found).as(numbers + " to " + target + " " + division).isEqualTo(expected);
                assertThat(solver.solutions(numbers, target)).hasSameSizeAs(expected);
            }
        }
    }

    @Test
    void ways_are_counted_once_whatever_the_order_of_steps_and_operands() {
        Solver solver = new Solver(Division.EXACT);
        // 1+2=3;3+3=6 and 1+3=4;2+4=6 and 2+3=5;1+5=6 and 1*2=2;2*3=6 and 1*3=3;2*3=6 and 2*3=6;1*6=6
        // and 3/1=3;2*3=6 and 2/1=2;2*3=6 and 6/1=6
        assertThat(solver.solutions(whole(1, 2, 3), Fraction.of(6))).hasSize(9);
        // equal numbers are interchangeable: 5+5=10;10+1=11 and 5+1=6;6+5=11
        assertThat(solver.solutions(whole(5, 5, 1), Fraction.of(11))).hasSize(2);
        assertThat(solver.solutions(whole(1, 1, 1), Fraction.of(50))).isEmpty();
    }

    @Test
    void fractions_are_only_found_where_they_are_allowed() {
        assertThat(new Solver(Division.EXACT).solutions(whole(3, 3, 8, 8), Fraction.of(24)))
                .isEmpty();
        assertThat(new Solver(Division.RATIONAL).solutions(whole(3, 3, 8, 8), Fraction.of(24)))
                .extracting(solution -> solution.traces(whole(3, 3, 8, 8)))
                .containsExactly(List.of("8/3=(8/3);3-(8/3)=(1/3);8/(1/3)=24"));
    }

    @Test
    void every_trace_of_independent_steps_comes_in_both_orders() {
        Solution solution = new Solution(List.of(step(3, 2, 5), step(9, 7, 16), step(16, 5, 21)));
        assertThat(new Solver(Division.EXACT).solutions(whole(2, 3, 7, 9), Fraction.of(21)))
                .contains(solution);
        // two orders of the first two steps, two orders of operands in each of three steps
        assertThat(solution.traces(whole(2, 3, 7, 9)))
                .hasSize(16)
                .doesNotHaveDuplicates()
                .contains("9+7=16;2+3=5;5+16=21", "3+2=5;7+9=16;16+5=21");
    }

    @Test
    void every_problem_of_every_setting_has_the_solutions_that_it_says() {
        for (Countdown task : List.of(
                Countdown.standard(),
                new Countdown(2, 5, new Range(1, 9), new Range(0, 30), Division.EXACT),
                new Countdown(4, 4, new Range(1, 100), new Range(100, 999), Division.RATIONAL))) {
            List<Problem> problems = task.problems(Split.VALIDATION, 60, new Seed(8));
            assertThat(problems).hasSize(60);
            for (Problem problem : problems) {
                List<Solution> solutions =
                        new Solver(task.division()).solutions(Countdown.numbers(problem), Countdown.target(problem));
                assertThat(solutions)
                        .hasSize(Integer.parseInt(problem.fact("solutions")))
                        .isNotEmpty();
            }
        }
    }

    /// Slow but obvious: every ordered pair, every operation, signs and all.
    private static void tryAll(
            Division division, List<Fraction> values, List<String> steps, Map<Fraction, Set<Set<String>>> ways) {
        if (values.size() == 1) {
            Set<String> bag = new HashSet<>();
            for (String step : steps) {
                bag.add(steps.stream().filter(step::equals).count() + " " + step);
            }
            if (steps.stream().anyMatch(step -> step.startsWith("negative"))) {
                bag = Set.of("negative");
            }
            ways.computeIfAbsent(values.getFirst(), _ -> new HashSet<>()).add(bag);
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < values.size(); j++) {
                if (i == j) {
                    continue;
                }
                for (Operator operator : Operator.values()) {
                    Fraction left = values.get(i);
                    Fraction right = values.get(j);
                    if (operator == Operator.DIVIDE && right.over() == 0) {
                        continue;
                    }
                    Fraction result = operator.apply(left, right).orElseThrow();
                    if (operator == Operator.DIVIDE && division == Division.EXACT && !result.isWhole()) {
                        continue;
                    }
                    List<Fraction> rest = new ArrayList<>(values);
                    rest.remove(Math.max(i, j));
                    rest.remove(Math.min(i, j));
                    rest.add(result);
                    List<String> more = new ArrayList<>(steps);
                    more.add(result.over() < 0 ? "negative" : text(left, operator, right, result));
                    tryAll(division, rest, more, ways);
                }
            }
        }
    }

    private static Set<String> bag(List<Operation> steps) {
        List<String> texts = steps.stream()
                .map(step -> text(step.left(), step.operator(), step.right(), step.result()))
                .toList();
        Set<String> bag = new HashSet<>();
        texts.forEach(text -> bag.add(texts.stream().filter(text::equals).count() + " " + text));
        return bag;
    }

    private static String text(Fraction left, Operator operator, Fraction right, Fraction result) {
        boolean turn = operator.isCommutative() && left.compareTo(right) > 0;
        return (turn ? right : left).toString() + operator.sign() + (turn ? left : right) + "=" + result;
    }

    private static Operation step(long left, long right, long result) {
        return new Operation(Fraction.of(left), Operator.PLUS, Fraction.of(right), Fraction.of(result));
    }

    private static List<Fraction> whole(long... numbers) {
        return Arrays.stream(numbers).mapToObj(Fraction::of).toList();
    }
}
