package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.run.Step;
import dev.hone.select.DistinctEquationLists;
import dev.hone.select.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistinctEquationListsTest implements SelectorContract {
    private static final List<Problem> PROBLEMS = Problems.numbered(2);
    private static final Problem PROBLEM = PROBLEMS.getFirst();
    private static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);

    @Override
    public Selector selector() {
        return new DistinctEquationLists(8, 1e-3);
    }

    private static List<Judged> right(Problem problem, String... texts) {
        return new ScriptedGenerator((_, _, index, _) -> texts[index])
                        .generate(
                                Problems.model("base"),
                                List.of(Prompt.of(problem, texts.length, new Sampling(1, 200))),
                                STEP)
                        .stream()
                        .map(sample -> new Judged(sample, "test", Verdict.right("as scripted")))
                        .toList();
    }

    private static List<String> kept(int most, String... right) {
        return new DistinctEquationLists(most, 1e-3)
                .select(right(PROBLEM, right), STEP).stream()
                        .filter(Decision::isKept)
                        .map(each -> each.judged().sample().text())
                        .toList();
    }

    @Test
    void one_solution_a_list_of_equations_stays() {
        assertThat(kept(8, "12*3=36;36-7=29", "3*12=36;36-7=29", "7*3=21;21+8=29", "12*3=36;36-7=29"))
                .containsExactly("12*3=36;36-7=29", "7*3=21;21+8=29");
        assertThat(kept(8, "12*3=36;36-7=29", "36-7=29;12*3=36"))
                .as("the order of the list counts")
                .hasSize(2);
    }

    @Test
    void a_right_answer_from_a_false_equation_is_not_learned() {
        assertThat(kept(8, "12*3=35;36-7=29", "87/3=29", "88/3=29")).containsExactly("87/3=29");
        assertThat(kept(8, "58.001/2=29", "58.003/2=29"))
                .as("half of a thousandth is near enough, one and a half are not")
                .containsExactly("58.001/2=29");
    }

    // Kept besides: "1+28=29". From it the first of the two is 2 edits away, the second 14.
    @Test
    void of_two_with_the_same_list_the_one_farther_from_the_rest_stays() {
        assertThat(kept(8, "1+28=29", "2+27=29", "so we have: 2+27=29"))
                .containsExactly("1+28=29", "so we have: 2+27=29");
        assertThat(kept(8, "1+28=29", "so we have: 2+27=29", "2+27=29"))
                .containsExactly("1+28=29", "so we have: 2+27=29");
    }

    @Test
    void of_two_that_are_as_far_the_earlier_stays() {
        assertThat(kept(8, "2+27=29", "27+2=29")).containsExactly("2+27=29");
        assertThat(kept(8, "1+28=29", "2+27=29 ", "2+27=29\n")).containsExactly("1+28=29", "2+27=29 ");
    }

    @Test
    void at_most_so_many_lists_of_a_problem_stay() {
        assertThat(kept(2, "1+28=29", "2+27=29", "3+26=29", "by hand: 2+27=29"))
                .as("a list that is there may still get another solution")
                .containsExactly("1+28=29", "by hand: 2+27=29");
        assertThatThrownBy(() -> new DistinctEquationLists(0, 0)).hasMessageContaining("at least 1");
    }

    @Test
    void problems_do_not_crowd_each_other_out_and_wrong_solutions_stay_out() {
        List<Judged> judged = new ArrayList<>(right(PROBLEM, "1+28=29"));
        judged.addAll(right(PROBLEMS.get(1), "1+28=29", "1+2=3"));
        Judged last = judged.removeLast();
        judged.add(new Judged(last.sample(), last.judge(), Verdict.wrong("as scripted")));
        assertThat(new DistinctEquationLists(1, 0).select(judged, STEP))
                .extracting(Decision::isKept)
                .containsExactly(true, true, false);
    }

    /// In words they are all alike: nothing tells one way from another.
    @Test
    void of_solutions_without_an_equation_one_stays() {
        assertThat(kept(8, "29", "it is 29")).hasSize(1);
    }
}
