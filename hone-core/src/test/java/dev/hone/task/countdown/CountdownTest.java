package dev.hone.task.countdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.countdown.Countdown.Range;
import dev.hone.task.exact.Fraction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CountdownTest {
    private static final Countdown STANDARD = Countdown.standard();
    private static final Seed SEED = new Seed(1);

    @Test
    void the_standard_settings_are_these() {
        assertThat(STANDARD).isEqualTo(new Countdown(3, 3, new Range(1, 20), new Range(1, 100), Division.EXACT));
        assertThat(STANDARD.id()).isEqualTo("countdown@1");
        assertThat(STANDARD.withNumbers(3, 4).id()).isEqualTo("countdown@1(3-4 numbers)");
        assertThat(new Countdown(4, 4, new Range(1, 9), new Range(10, 30), Division.RATIONAL).id())
                .isEqualTo("countdown@1(4 numbers, of 1-9, targets 10-30, rational division)");
    }

    @Test
    void easy_problems_have_several_ways_and_there_are_thousands_of_them() {
        Countdown easy = Countdown.easy();
        assertThat(easy.id()).isEqualTo("countdown@1(4 numbers, of 1-10, targets 1-30)");
        List<Problem> problems = easy.problems(Split.TRAIN, 100_000, SEED);
        assertThat(problems).hasSize(13_481);
        assertThat(easy.problems(Split.VALIDATION, 100_000, SEED)).hasSize(1_540);
        assertThat(easy.problems(Split.TEST, 100_000, SEED)).hasSize(1_770);
        assertThat(problems.stream()
                        .mapToInt(problem -> Integer.parseInt(problem.fact("solutions")))
                        .sorted()
                        .skip(problems.size() / 2)
                        .findFirst()
                        .orElseThrow())
                .isGreaterThanOrEqualTo(6);
    }

    @Test
    void no_choice_of_numbers_is_in_two_splits_whatever_the_order_or_the_target() {
        for (Countdown task : List.of(STANDARD, STANDARD.withNumbers(3, 4))) {
            Map<String, Split> splits = new HashMap<>();
            for (Split split : Split.values()) {
                for (Problem problem : task.problems(split, 5_000, SEED)) {
                    assertThat(problem.split()).isEqualTo(split);
                    Split before = splits.putIfAbsent(sortedNumbers(problem), split);
                    assertThat(before).isIn(null, split);
                }
            }
            assertThat(splits).hasSizeGreaterThan(1_000);
        }
    }

    @Test
    void a_split_that_is_asked_for_more_than_it_has_gives_every_problem_once() {
        Set<String> ids = new HashSet<>();
        List<Integer> sizes = new ArrayList<>();
        for (Split split : Split.values()) {
            List<Problem> all = STANDARD.problems(split, 1_000_000, SEED);
            all.forEach(problem -> assertThat(ids.add(problem.id())).isTrue());
            sizes.add(all.size());
        }
        assertThat(sizes).containsExactly(12_702, 1_944, 1_646);
    }

    @Test
    void a_smaller_count_is_the_beginning_of_a_larger_one() {
        assertThat(STANDARD.problems(Split.TEST, 100, SEED))
                .isEqualTo(STANDARD.problems(Split.TEST, 2_000, SEED).subList(0, 100));
    }

    @Test
    void another_seed_draws_others() {
        assertThat(new HashSet<>(STANDARD.problems(Split.TRAIN, 100, SEED)))
                .isNotEqualTo(new HashSet<>(STANDARD.problems(Split.TRAIN, 100, new Seed(2))));
    }

    @Test
    void worked_answers_are_right_different_and_cover_the_solutions_before_any_repeats() {
        Checker checker = new CountdownChecker(STANDARD.division());
        for (Problem problem : STANDARD.problems(Split.TRAIN, 300, SEED)) {
            List<String> answers = STANDARD.workedAnswers(problem, 1_000, SEED);
            assertThat(answers).isNotEmpty().doesNotHaveDuplicates();
            for (String answer : answers) {
                assertThat(checker.check(problem, answer))
                        .as(problem.id() + " " + answer)
                        .isInstanceOfSatisfying(
                                Verdict.Scored.class, v -> assertThat(v.value()).isEqualTo(1));
            }
            int solutions = Integer.parseInt(problem.fact("solutions"));
            Set<Set<String>> first = answers.subList(0, solutions).stream()
                    .map(CountdownTest::stepsWithoutOrder)
                    .collect(Collectors.toSet());
            assertThat(first).hasSize(solutions);
        }
    }

    @Test
    void one_worked_answer_by_many_seeds_is_uniform_over_the_solutions() {
        Problem problem = STANDARD.problems(Split.TRAIN, 500, SEED).stream()
                .filter(each -> each.fact("solutions").equals("4"))
                .findFirst()
                .orElseThrow();
        Map<Set<String>, Integer> drawn = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            String answer = STANDARD.workedAnswers(problem, 1, new Seed(i)).getFirst();
            drawn.merge(stepsWithoutOrder(answer), 1, Integer::sum);
        }
        // 1,000 expected each, standard deviation 27
        assertThat(drawn).hasSize(4);
        assertThat(drawn.values()).allSatisfy(count -> assertThat(count).isBetween(860, 1_140));
    }

    @Test
    void the_prompt_holds_the_numbers_in_an_order_by_chance_and_the_target() {
        List<Problem> problems = STANDARD.problems(Split.TRAIN, 200, SEED);
        for (Problem problem : problems) {
            assertThat(problem.prompt().getFirst().text())
                    .isEqualTo(problem.fact("numbers") + ">" + problem.fact("target") + ":");
            assertThat(problem.id()).isEqualTo("countdown-" + sortedNumbers(problem) + "-" + problem.fact("target"));
        }
        long sorted = problems.stream()
                .filter(each -> each.fact("numbers").replace(',', '.').equals(sortedNumbers(each)))
                .count();
        assertThat(sorted).isBetween(10L, 70L); // one in six
    }

    @Test
    void what_the_settings_cannot_mean_is_refused() {
        assertThatThrownBy(() -> STANDARD.withNumbers(1, 3)).hasMessageContaining("between 2 and 5");
        assertThatThrownBy(() -> STANDARD.withNumbers(3, 6)).hasMessageContaining("3 to 6");
        assertThatThrownBy(() -> new Range(5, 4)).hasMessageContaining("swap");
    }

    private static String sortedNumbers(Problem problem) {
        return Countdown.numbers(problem).stream()
                .sorted()
                .map(Fraction::toString)
                .collect(Collectors.joining("."));
    }

    private static Set<String> stepsWithoutOrder(String answer) {
        return Arrays.stream(answer.split(";", -1))
                .map(step -> {
                    char[] operands = step.toCharArray();
                    boolean swappable = step.indexOf('+') > 0 || step.indexOf('*') > 0;
                    if (!swappable) {
                        return new String(operands);
                    }
                    String[] sides = step.split("=", -1);
                    String sign = step.indexOf('+') > 0 ? "+" : "*";
                    return new TreeSet<>(List.of(sides[0].split("[+*]", -1)).stream()
                                    .map(s -> s + sign)
                                    .toList())
                            + sides[1];
                })
                .collect(Collectors.toSet());
    }
}
