package dev.hone.method.vstar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Demonstration;
import dev.hone.data.Message;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.method.vstar.Labelled.Label;
import dev.hone.run.Seed;
import dev.hone.testkit.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PairsTest {
    private static final Seed SEED = new Seed(3);
    private static final List<Problem> PROBLEMS = Problems.numbered(3);

    private static Labelled answer(Problem problem, Label label, String text) {
        return new Labelled(problem, text, Demonstration.of(text, problem.prompt(), text), label, 1);
    }

    /// So many of each, the right ones named `r0`, `r1`, ..., the wrong ones `w0`, `w1`, ...
    private static List<Labelled> answers(Problem problem, int right, int wrong) {
        List<Labelled> answers = new ArrayList<>();
        for (int i = 0; i < right; i++) {
            answers.add(answer(problem, Label.RIGHT, "r" + i));
        }
        for (int i = 0; i < wrong; i++) {
            answers.add(answer(problem, Label.WRONG, "w" + i));
        }
        return answers;
    }

    private static List<String> pairs(int most, int right, int wrong) {
        return new Pairs(most)
                .of(answers(PROBLEMS.getFirst(), right, wrong), SEED).stream()
                        .map(Preference::id)
                        .toList();
    }

    private static List<Long> uses(List<String> pairs, int side) {
        return pairs.stream()
                .map(pair -> pair.split(" > ", -1)[side])
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values()
                .stream()
                .sorted()
                .toList();
    }

    @Test
    void a_problem_with_one_kind_of_answer_gives_none() {
        assertThat(pairs(16, 5, 0)).isEmpty();
        assertThat(pairs(16, 0, 5)).isEmpty();
        assertThat(new Pairs(16).of(List.of(), SEED)).isEmpty();
    }

    @Test
    void answers_to_a_problem_in_other_words_are_no_pair() {
        Problem asked = PROBLEMS.getFirst();
        Problem again = new Problem(
                asked.id(), List.of(Message.user("in another order")), asked.reference(), asked.split(), asked.facts());
        Labelled right = answer(asked, Label.RIGHT, "r");
        Labelled wrong = answer(again, Label.WRONG, "w");
        assertThat(new Pairs(16).of(List.of(right, wrong), SEED)).isEmpty();
        assertThat(new Pairs(16).of(List.of(right, wrong, answer(asked, Label.WRONG, "w")), SEED))
                .hasSize(1);
    }

    @Test
    void below_the_bound_it_is_every_right_answer_with_every_wrong_one() {
        for (int right = 1; right <= 6; right++) {
            for (int wrong = 1; wrong <= 6; wrong++) {
                assertThat(pairs(36, right, wrong))
                        .hasSize(right * wrong)
                        .doesNotHaveDuplicates()
                        .allMatch(pair -> pair.matches("r\\d > w\\d"));
            }
        }
    }

    @Test
    void above_it_all_answers_come_equally_often_up_to_once() {
        for (int right = 1; right <= 20; right++) {
            for (int wrong = 1; wrong <= 20; wrong++) {
                List<String> pairs = pairs(16, right, wrong);
                assertThat(pairs).hasSize(Math.min(16, right * wrong)).doesNotHaveDuplicates();
                for (int side = 0; side < 2; side++) {
                    List<Long> uses = uses(pairs, side);
                    assertThat(uses).hasSize(Math.min(16, side == 0 ? right : wrong));
                    assertThat(uses.getLast() - uses.getFirst()).isLessThanOrEqualTo(1);
                }
            }
        }
    }

    // 8 x 8 = 64 against 15 x 1 = 15
    @Test
    void a_problem_in_the_middle_counts_no_more_than_an_easy_one() {
        List<Labelled> answers = new ArrayList<>(answers(PROBLEMS.get(0), 8, 8));
        answers.addAll(answers(PROBLEMS.get(1), 15, 1));
        Map<List<?>, Long> byPrompt = new Pairs(16)
                .of(answers, SEED).stream().collect(Collectors.groupingBy(Preference::prompt, Collectors.counting()));
        assertThat(byPrompt)
                .containsEntry(PROBLEMS.get(0).prompt(), 16L)
                .containsEntry(PROBLEMS.get(1).prompt(), 15L);
    }

    @Test
    void which_are_taken_depends_on_the_seed_and_the_problem_alone() {
        List<String> alone = pairs(4, 9, 9);
        List<Labelled> among = new ArrayList<>(answers(PROBLEMS.get(1), 2, 2));
        among.addAll(answers(PROBLEMS.getFirst(), 9, 9));
        List<Preference> both = new Pairs(4).of(among, SEED);
        assertThat(both.subList(4, 8)).extracting(Preference::id).containsExactlyElementsOf(alone);
        assertThat(new Pairs(4).of(answers(PROBLEMS.getFirst(), 9, 9), new Seed(4)))
                .extracting(Preference::id)
                .isNotEqualTo(alone);
    }

    @Test
    void equal_texts_of_a_problem_are_one_answer_and_of_two_problems_two() {
        Problem one = PROBLEMS.getFirst();
        List<Labelled> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.addAll(answers(one, 1, 1));
        }
        answers.addAll(answers(PROBLEMS.get(1), 1, 1));
        assertThat(new Pairs(16).of(answers, SEED)).hasSize(2);
    }

    @Test
    void a_pair_has_both_answers_as_they_are_under_the_plain_prompt() {
        Problem one = PROBLEMS.getFirst();
        Preference pair = new Pairs(1).of(answers(one, 1, 1), SEED).getFirst();
        assertThat(pair)
                .isEqualTo(new Preference(
                        "r0 > w0", one.prompt(), List.of(), Preference.Side.of("r0"), Preference.Side.of("w0")));
        assertThat(Pairs.swapped(List.of(pair)))
                .containsExactly(new Preference(
                        "swapped r0 > w0",
                        one.prompt(),
                        List.of(),
                        Preference.Side.of("w0"),
                        Preference.Side.of("r0")));
    }

    @Test
    void a_bound_below_one_is_refused() {
        assertThatThrownBy(() -> new Pairs(0)).hasMessageContaining("at least 1 but were 0");
    }
}
