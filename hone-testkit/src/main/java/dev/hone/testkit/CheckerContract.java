package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Problem;
import dev.hone.data.Verdict;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every checker must do.
public interface CheckerContract {
    Checker checker();

    Problem problem();

    /// Texts that solve the problem, at least one.
    List<String> right();

    /// Texts that can be read and do not solve it, at least one.
    List<String> wrong();

    /// Texts that cannot be read, at least one.
    List<String> unreadable();

    @Test
    default void what_solves_the_problem_has_a_full_mark() {
        assertThat(right())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(checker().check(problem(), text))
                        .isInstanceOfSatisfying(
                                Verdict.Scored.class,
                                scored -> assertThat(scored.value()).isEqualTo(1)));
    }

    @Test
    default void what_is_readable_and_does_not_solve_it_has_no_mark() {
        assertThat(wrong())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(checker().check(problem(), text))
                        .isInstanceOfSatisfying(
                                Verdict.Scored.class,
                                scored -> assertThat(scored.value()).isEqualTo(0)));
    }

    @Test
    default void what_cannot_be_read_is_unjudged_not_wrong() {
        assertThat(unreadable())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(checker().check(problem(), text)).isInstanceOf(Verdict.Unjudged.class));
    }

    @Test
    default void no_text_throws_takes_long_or_goes_without_a_reason() throws Throwable {
        ProcessorTime.atMost(Duration.ofSeconds(10), () -> {
            Garbage.texts(new Seed(1), 5_000).forEach(this::decide);
            for (String text : right()) {
                Garbage.mutations(text, new Seed(2), 5_000).forEach(this::decide);
            }
        });
    }

    @Test
    default void the_same_text_has_the_same_verdict_again() {
        for (String text : Garbage.mutations(right().getFirst(), new Seed(3), 100)) {
            assertThat(decide(text)).isEqualTo(decide(text));
        }
    }

    @Test
    default void the_answer_in_a_right_text_is_right_by_itself() {
        assertThat(right())
                .allSatisfy(text -> assertThat(checker()
                                .check(
                                        problem(),
                                        checker().answer(problem(), text).orElseThrow()))
                        .isInstanceOfSatisfying(
                                Verdict.Scored.class,
                                scored -> assertThat(scored.value()).isEqualTo(1)));
    }

    @Test
    default void looking_for_an_answer_throws_on_no_text_and_takes_not_long() throws Throwable {
        ProcessorTime.atMost(Duration.ofSeconds(10), () -> {
            for (String text : right()) {
                Garbage.mutations(text, new Seed(4), 2_000)
                        .forEach(each ->
                                assertThat(checker().answer(problem(), each)).isNotNull());
            }
        });
    }

    private Verdict decide(String text) {
        Verdict verdict = checker().check(problem(), text);
        assertThat(verdict.because()).isNotBlank();
        return verdict;
    }
}
