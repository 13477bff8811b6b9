package dev.hone.method.fourhabits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.countdown.ThoughtCountdown;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SynthesiserTest {
    private static final Seed SEED = new Seed(1);
    private static final List<Problem> PROBLEMS = ThoughtCountdown.standard().problems(Split.TRAIN, 200, SEED);
    private static final Checker CHECKER =
            Checker.named(ThoughtCountdown.CHECKER, ThoughtCountdown.standard().checkers());
    private static final int LONGEST = 110;

    private static Optional<String> trace(PrimingSet set, int longest, Problem problem) {
        return new Synthesiser(set, longest)
                .trace(Puzzle.of(problem), SEED.derive(problem.id()).random());
    }

    private static String trace(PrimingSet set, Problem problem) {
        return trace(set, LONGEST, problem).orElseThrow();
    }

    private static List<String> traces(PrimingSet set) {
        return PROBLEMS.stream().map(problem -> trace(set, problem)).toList();
    }

    private static Map<Habit, Integer> habits(PrimingSet set) {
        Map<Habit, Integer> sums = new EnumMap<>(Habit.class);
        for (Problem problem : PROBLEMS) {
            HabitCounts counts = HabitCounts.of(problem, trace(set, problem));
            for (Habit habit : Habit.values()) {
                sums.merge(habit, counts.of(habit), Integer::sum);
            }
        }
        return sums;
    }

    private static double right(PrimingSet set) {
        return PROBLEMS.stream()
                        .filter(problem -> CHECKER.check(problem, trace(set, problem))
                                .equals(Verdict.right("reaches " + problem.fact("target"))))
                        .count()
                / (double) PROBLEMS.size();
    }

    private static String thought(String trace) {
        return trace.substring(0, trace.lastIndexOf(':'));
    }

    private static String answer(String trace) {
        return trace.substring(trace.lastIndexOf(':'));
    }

    @Test
    void the_meter_finds_in_each_set_its_own_habits_and_no_other() {
        for (PrimingSet set :
                List.of(PrimingSet.ONLY_BT, PrimingSet.BT_VER, PrimingSet.BT_BACK, PrimingSet.BT_SUB, PrimingSet.ALL)) {
            habits(set).forEach((habit, count) -> {
                if (set.has(habit)) {
                    assertThat(count).as(set + " " + habit).isGreaterThan(PROBLEMS.size() / 2);
                } else {
                    assertThat(count).as(set + " " + habit).isZero();
                }
            });
        }
    }

    @Test
    void controls_without_a_thought_show_no_habit() {
        for (PrimingSet set : List.of(PrimingSet.EMPTY, PrimingSet.DOTS)) {
            assertThat(habits(set).values()).containsOnly(0);
        }
    }

    @Test
    void a_search_that_fits_ends_right_and_one_that_is_cut_ends_wrong() {
        for (PrimingSet set : List.of(PrimingSet.ONLY_BT, PrimingSet.ALL, PrimingSet.EMPTY, PrimingSet.DOTS)) {
            assertThat(right(set)).as(set.name()).isBetween(0.2, 0.95);
        }
        assertThat(PROBLEMS)
                .allSatisfy(problem -> assertThat(CHECKER.check(
                                problem,
                                trace(PrimingSet.ONLY_BT, 1_000, problem).orElseThrow()))
                        .isEqualTo(Verdict.right("reaches " + problem.fact("target"))));
    }

    @Test
    void without_positives_every_answer_is_wrong_and_the_thought_begins_the_same() {
        assertThat(right(PrimingSet.NO_POSITIVE)).isZero();
        int shortened = 0;
        for (Problem problem : PROBLEMS) {
            String all = trace(PrimingSet.ALL, problem);
            String cut = trace(PrimingSet.NO_POSITIVE, problem);
            assertThat(CHECKER.check(problem, cut)).isInstanceOf(Verdict.Scored.class);
            if (thought(all).startsWith(thought(cut) + ";")) {
                shortened++;
            }
        }
        assertThat(shortened).as("searches that would have found the target").isGreaterThan(50);
        assertThat(habits(PrimingSet.NO_POSITIVE))
                .allSatisfy((_, count) -> assertThat(count).isGreaterThan(50));
    }

    @Test
    void empty_and_dots_answer_what_all_answers_and_dots_are_as_long_as_the_thought() {
        List<String> all = traces(PrimingSet.ALL);
        List<String> empty = traces(PrimingSet.EMPTY);
        List<String> dots = traces(PrimingSet.DOTS);
        for (int i = 0; i < all.size(); i++) {
            assertThat(empty.get(i)).isEqualTo(answer(all.get(i)));
            assertThat(answer(dots.get(i))).isEqualTo(answer(all.get(i)));
            assertThat(dots.get(i)).hasSameSizeAs(all.get(i)).matches(",+:[^,]+");
        }
    }

    @Test
    void no_trace_is_longer_than_allowed_and_what_fits_nowhere_is_left_out() {
        for (PrimingSet set : PrimingSet.values()) {
            for (Problem problem : PROBLEMS) {
                trace(set, 45, problem).ifPresent(text -> assertThat(text).hasSizeLessThanOrEqualTo(45));
                assertThat(trace(set, 12, problem)).as("not even one attempt").isEmpty();
            }
        }
    }

    @Test
    void traces_are_spelled_with_what_small_models_write() {
        for (PrimingSet set : PrimingSet.values()) {
            if (set != PrimingSet.NONE) {
                assertThat(traces(set)).allMatch(text -> text.matches("[0-9+*/=;,>:()-]+"));
            }
        }
    }

    @Test
    void the_same_seed_writes_the_same_and_another_one_something_else() {
        assertThat(traces(PrimingSet.ALL)).isEqualTo(traces(PrimingSet.ALL));
        List<String> others = new ArrayList<>();
        PROBLEMS.forEach(problem -> others.add(new Synthesiser(PrimingSet.ALL, LONGEST)
                .trace(Puzzle.of(problem), new Seed(2).derive(problem.id()).random())
                .orElseThrow()));
        assertThat(others).isNotEqualTo(traces(PrimingSet.ALL));
    }

    @Test
    void a_problem_that_only_has_right_attempts_gives_no_wrong_trace() {
        Problem two = Puzzles.problem("6,4", 24);
        assertThat(trace(PrimingSet.NO_POSITIVE, 50, two)).isEmpty();
        assertThat(trace(PrimingSet.BT_VER, 50, two)).contains("6*4=24>24:6*4");
    }

    @Test
    void of_four_numbers_what_is_shared_with_the_attempt_before_is_not_written_again() {
        Problem four = Puzzles.problem("2,3,4,5", 26);
        String trace = trace(PrimingSet.ONLY_BT, 200, four).orElseThrow();
        HabitCounts counts = HabitCounts.of(four, trace);
        assertThat(counts.of(Habit.BACKTRACKING)).isGreaterThan(3);
        assertThat(Line.of(trace)).doesNotHaveAnyElementsOfTypes(Line.Other.class);
    }
}
