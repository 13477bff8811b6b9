package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Message;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.ReferenceJudge;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What every task must do.
public interface TaskContract {
    /// A new one each time; it must not matter.
    Task task();

    @Test
    default void the_same_seed_gives_the_same_problems_and_worked_answers() {
        Seed seed = new Seed(7);
        Task one = task();
        Task other = task();
        for (Split split : Split.values()) {
            List<Problem> problems = one.problems(split, 50, seed);
            assertThat(other.problems(split, 50, seed)).isEqualTo(problems);
            problems.forEach(problem ->
                    assertThat(one.workedAnswers(problem, 3, seed)).isEqualTo(other.workedAnswers(problem, 3, seed)));
        }
    }

    @Test
    default void no_prompt_and_no_id_is_in_two_splits_whatever_the_seed() {
        Map<List<Message>, Split> prompts = new HashMap<>();
        Map<String, Split> ids = new HashMap<>();
        Task task = task();
        for (Split split : Split.values()) {
            for (int seed = 0; seed < 5; seed++) {
                for (Problem problem : task.problems(split, 500, new Seed(seed))) {
                    assertThat(problem.split()).isEqualTo(split);
                    assertThat(prompts.putIfAbsent(problem.prompt(), split)).isIn(null, split);
                    assertThat(ids.putIfAbsent(problem.id(), split)).isIn(null, split);
                }
            }
        }
        assertThat(ids).isNotEmpty();
    }

    @Test
    default void ids_are_unique_within_a_split() {
        for (Split split : Split.values()) {
            assertThat(task().problems(split, 2_000, new Seed(3)))
                    .extracting(Problem::id)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    default void never_more_problems_than_asked_for() {
        for (int count : new int[] {0, 1, 2, 17}) {
            assertThat(task().problems(Split.TRAIN, count, new Seed(1))).hasSizeLessThanOrEqualTo(count);
        }
        assertThat(task().problems(Split.TRAIN, 1, new Seed(1))).hasSize(1);
    }

    @Test
    default void worked_answers_are_different_as_many_as_asked_for_at_most_and_right() {
        Task task = task();
        ReferenceJudge judge = new ReferenceJudge(task.checkers());
        for (Problem problem : task.problems(Split.TRAIN, 100, new Seed(5))) {
            List<String> answers = task.workedAnswers(problem, 4, new Seed(6));
            assertThat(answers).hasSizeLessThanOrEqualTo(4).doesNotHaveDuplicates();
            assertThat(task.workedAnswers(problem, 0, new Seed(6))).isEmpty();
            for (String answer : answers) {
                assertThat(verdict(judge, problem, answer))
                        .as(problem.id() + " " + answer)
                        .isInstanceOfSatisfying(
                                Verdict.Scored.class,
                                scored -> assertThat(scored.value()).isEqualTo(1));
            }
        }
    }

    @Test
    default void garbage_never_throws_and_has_a_verdict_with_a_reason() {
        Task task = task();
        ReferenceJudge judge = new ReferenceJudge(task.checkers());
        List<Problem> problems = task.problems(Split.TRAIN, 5, new Seed(9));
        for (Problem problem : problems) {
            Set<String> texts = new HashSet<>(Garbage.texts(new Seed(11), 300));
            for (String answer : task.workedAnswers(problem, 3, new Seed(12))) {
                texts.addAll(Garbage.mutations(answer, new Seed(13), 200));
            }
            texts.forEach(
                    text -> assertThat(verdict(judge, problem, text).because()).isNotBlank());
        }
    }

    @Test
    default void an_id_names_a_version() {
        assertThat(task().id()).matches("[^@]+@.+");
    }

    private static Verdict verdict(ReferenceJudge judge, Problem problem, String text) {
        Sample sample = new Sample(
                "contract",
                problem,
                text,
                Tokens.empty(),
                new Finish.Stopped(),
                Sampling.greedy(1),
                "contract",
                new Origin.Fresh(),
                Hint.NONE);
        return judge.judge(Group.of(List.of(sample)), new ScratchRun(1, Path.of("scratch")).step("judge", 1))
                .getFirst()
                .verdict();
    }
}
