package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Judged;
import dev.hone.data.Problem;
import dev.hone.data.Segment;
import dev.hone.data.Segment.Loss;
import dev.hone.select.DistinctEquationLists;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final Problem PROBLEM = Scene.problem("p", 5);
    private static final FinalAnswer ANSWER = new FinalAnswer("Answer:");
    private static final MathRules MATH = MathRules.asInPaper(ANSWER);

    private static List<Solution> solutions(String... texts) {
        List<Solution> solutions = new ArrayList<>();
        for (String text : texts) {
            solutions.add(Scene.solution(PROBLEM, solutions.size(), text));
        }
        return solutions;
    }

    private static String partner(Rules rules, String right, String... wrong) {
        return rules.partner(Scene.solution(PROBLEM, 99, right), solutions(wrong))
                .orElseThrow()
                .text();
    }

    private static List<String> kept(Rules rules, String... right) {
        List<Judged> judged = new ArrayList<>();
        for (String text : right) {
            judged.add(Scene.right(PROBLEM, judged.size(), text));
        }
        return rules.right().select(judged, Scene.step()).stream()
                .filter(Decision::isKept)
                .map(each -> each.judged().sample().text())
                .toList();
    }

    // From "abcd": "abce" 1 edit, "zz" 4, "abcdefghi" 5, "vwxyz" 5.
    @Test
    void gsm8k_pairs_with_the_farthest_in_edits_and_of_equal_ones_with_the_first() {
        assertThat(partner(Gsm8kRules.asInPaper(), "abcd", "abce", "zz", "abcdefghi", "vwxyz"))
                .isEqualTo("abcdefghi");
        assertThat(Gsm8kRules.asInPaper().partner(solutions("a").getFirst(), List.of()))
                .isEmpty();
    }

    // Over the longer length: "abcdefghij" to itself with one, five, six letters changed is 0.1, 0.5, 0.6.
    @Test
    void math_pairs_with_the_shortest_of_those_that_are_far() {
        String right = "abcdefghij";
        assertThat(partner(MATH, right, "abcdefghiX", "abcdXXXXXX", "XXXXXXXXXXXXXXX", "abcdeXXXXX"))
                .as("shorter ones are near: 0.1 and just 0.5")
                .isEqualTo("abcdXXXXXX");
        assertThat(partner(MATH, right, "abcdefghiX", "abcdeXXXXXabc", "abcdeXXXXX"))
                .as("none above 0.5 but the longer of 8/13; so the longer")
                .isEqualTo("abcdeXXXXXabc");
        assertThat(partner(MATH, right, "abcdefghiX", "abcdeXXXXX", "abcdeYYYYYY".substring(0, 10)))
                .as("none above 0.5, so those above 0.4, the first of two as short")
                .isEqualTo("abcdeXXXXX");
        assertThat(partner(MATH, right, "abcdefXXXX", "abcdefghiX"))
                .as("above 0.3")
                .isEqualTo("abcdefXXXX");
        assertThat(partner(MATH, right, "abcdefgXXX", "abcdefghi"))
                .as("none above 0.3, so any")
                .isEqualTo("abcdefghi");
    }

    // "aaaaaaaaaa Answer:5" has 19 characters; more than 0.2 * 28.5 = 5.7 edits are wanted
    @Test
    void math_keeps_solutions_whose_texts_are_far_apart() {
        assertThat(kept(MATH, "aaaaaaaaaa Answer:5", "aaaaabbbbb Answer:5", "aaaabbbbbb Answer:5"))
                .containsExactly("aaaaaaaaaa Answer:5", "aaaabbbbbb Answer:5");
        assertThat(kept(new MathRules(ANSWER, 1, 1), "aaaaaaaaaa Answer:5", "bbbbbbbbbb Answer:5"))
                .hasSize(1);
    }

    @Test
    void math_drops_a_solution_without_a_final_answer_and_what_follows_one() {
        assertThat(kept(MATH, "it is 5", "so it is. Answer: 5\nNext: 6"))
                .containsExactly("so it is. Answer: 5\nNext: 6");
        assertThat(MATH.solution(Scene.sample(PROBLEM, 0, "it is 5"))).isEmpty();
        Solution cut = MATH.solution(Scene.sample(PROBLEM, 0, "so. Answer: 5\nNext: 6"))
                .orElseThrow();
        assertThat(cut.text()).isEqualTo("so. Answer: 5");
        assertThat(cut.demonstration().completion())
                .containsExactly(new Segment.Written("so. Answer: 5", Loss.COUNTED));
        assertThat(cut.demonstration().ending()).isEqualTo(Ending.ENDS);
    }

    @Test
    void what_is_not_cut_is_learned_as_it_was_drawn() {
        Solution whole = Scene.solution(PROBLEM, 0, "it is 5");
        assertThat(whole.demonstration().completion())
                .containsExactly(new Segment.Drawn(whole.sample().tokens(), Loss.COUNTED));
    }

    @Test
    void math_compares_with_few_wrong_solutions_that_are_far_apart() {
        assertThat(MATH.wrong(solutions("aaaaaaaaaa", "aaaaaaaaab", "bbbbbbbbbb")))
                .extracting(Solution::text)
                .containsExactly("aaaaaaaaaa", "bbbbbbbbbb");
        assertThat(new MathRules(ANSWER, 1, 1).wrong(solutions("aaaaaaaaaa", "bbbbbbbbbb")))
                .hasSize(1);
        assertThat(Gsm8kRules.asInPaper().wrong(solutions("aaaaaaaaaa", "aaaaaaaaab")))
                .hasSize(2);
    }

    @Test
    void the_papers_numbers() {
        assertThat(Gsm8kRules.asInPaper()).isEqualTo(new Gsm8kRules(8));
        assertThat(Gsm8kRules.asInPaper().right()).isEqualTo(new DistinctEquationLists(8, 1e-3));
        assertThat(MATH).isEqualTo(new MathRules(ANSWER, 8, 24));
        assertThatThrownBy(() -> new MathRules(ANSWER, 1, 0)).hasMessageContaining("at least 1 right and 1 wrong");
    }
}
