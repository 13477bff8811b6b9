package dev.hone.method.selfexplore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Decision;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Judged;
import dev.hone.data.Preference;
import dev.hone.data.Problem;
import dev.hone.data.Segment;
import dev.hone.data.Segment.Loss;
import dev.hone.data.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairTest {
    private static final Problem P = Scene.problem("p", 5);
    private static final Problem Q = Scene.problem("q", 5);
    private static final Rules RULES = Gsm8kRules.asInPaper();

    private static List<String> pairs(Decision... decisions) {
        return Pair.of(List.of(decisions), RULES).stream()
                .map(pair -> pair.chosen().text() + " > " + pair.rejected().text())
                .toList();
    }

    @Test
    void a_wrong_solution_is_used_once_and_the_rarer_kind_says_how_many_pairs_there_are() {
        assertThat(pairs(
                        Scene.kept(Scene.right(P, 0, "aaaa")),
                        Scene.dropped(Scene.wrong(P, 1, "bbbb")),
                        Scene.kept(Scene.right(P, 2, "aaab")),
                        Scene.kept(Scene.right(P, 3, "aabb")),
                        Scene.dropped(Scene.wrong(P, 4, "ab"))))
                .containsExactly("aaaa > bbbb", "aaab > ab");
    }

    @Test
    void problems_are_paired_apart() {
        assertThat(pairs(
                        Scene.kept(Scene.right(P, 0, "aa")),
                        Scene.dropped(Scene.wrong(Q, 0, "bb")),
                        Scene.kept(Scene.right(Q, 1, "cc"))))
                .containsExactly("cc > bb");
    }

    @Test
    void only_solutions_that_are_learned_are_chosen() {
        assertThat(pairs(Scene.dropped(Scene.right(P, 0, "aa")), Scene.dropped(Scene.wrong(P, 1, "bb"))))
                .isEmpty();
    }

    @Test
    void what_nobody_could_judge_and_what_says_nothing_is_not_wrong_and_a_text_is_wrong_once() {
        Judged unjudged = new Judged(Scene.sample(P, 1, "far away from it"), "test", new Verdict.Unjudged("cut"));
        assertThat(pairs(
                        Scene.kept(Scene.right(P, 0, "aaaa")),
                        Scene.kept(Scene.right(P, 9, "aaac")),
                        Scene.dropped(unjudged),
                        Scene.dropped(Scene.wrong(P, 2, " ")),
                        Scene.dropped(Scene.wrong(P, 3, "bb")),
                        Scene.dropped(Scene.wrong(P, 4, "bb"))))
                .containsExactly("aaaa > bb");
    }

    @Test
    void outcome_pairs_end_on_the_chosen_side_only_and_reject_what_is_before_the_answer() {
        Pair pair = Scene.pair(P, "2+3=5. Answer: 5", "2+3=6. Answer: 6");
        Preference preference = new OutcomePairs(new FinalAnswer("Answer:"), Ending.OPEN)
                .of(List.of(pair))
                .getFirst();
        assertThat(preference.prefix()).isEmpty();
        assertThat(preference.chosen().completion())
                .containsExactly(new Segment.Drawn(pair.chosen().sample().tokens(), Loss.COUNTED));
        assertThat(preference.chosen().ending()).isEqualTo(Ending.ENDS);
        assertThat(preference.rejected().completion()).containsExactly(new Segment.Written("2+3=6. ", Loss.COUNTED));
        assertThat(preference.rejected().ending()).isEqualTo(Ending.OPEN);
        assertThat(new OutcomePairs(FinalAnswer.NONE, Ending.ENDS).of(List.of(pair)))
                .allSatisfy(each -> {
                    assertThat(each.rejected().completion())
                            .containsExactly(new Segment.Written("2+3=6. Answer: 6", Loss.COUNTED));
                    assertThat(each.rejected().ending()).isEqualTo(Ending.ENDS);
                });
    }

    @Test
    void a_wrong_solution_of_nothing_but_an_answer_is_no_outcome_pair() {
        assertThat(new OutcomePairs(new FinalAnswer("Answer:"), Ending.OPEN)
                        .of(List.of(Scene.pair(P, "2+3=5. Answer: 5", "Answer: 6"))))
                .isEmpty();
    }
}
