package dev.hone.method.dsweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Demonstration;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Sample;
import dev.hone.data.Segment;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.method.dsweight.MeanLoss.Scope;
import dev.hone.testkit.JudgeContract;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedLikelihood;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanLossTest implements JudgeContract {
    private final List<Demonstration> scored = new ArrayList<>();

    private MeanLoss loss(Scope scope) {
        return new MeanLoss(
                new ScriptedLikelihood((_, text, _) -> {
                    scored.add(text);
                    return -1.5;
                }),
                Problems.model("base"),
                scope);
    }

    @Override
    public Judge judge() {
        return loss(Scope.WHOLE);
    }

    @Override
    public Sample goodSample() {
        return Drawn.texts("7").getFirst();
    }

    private List<Object> written() {
        return scored.stream()
                .<Object>map(each ->
                        List.of(each.prompt().stream().map(Message::text).toList(), each.completion(), each.ending()))
                .toList();
    }

    private static List<Object> form(String prompt, String completion) {
        return List.of(
                List.of(prompt),
                List.of(new Segment.Written(completion, Segment.Loss.COUNTED)),
                Demonstration.Ending.ENDS);
    }

    /// Another separator or another end would shift every weight.
    @Test
    void a_human_answer_and_a_sample_are_written_alike() {
        for (Scope scope : Scope.values()) {
            scored.clear();
            loss(scope).judge(Group.of(Drawn.texts("it is 7")), Drawn.STEP);
            loss(scope).of(List.of(new Worked.Answer(Problems.numbered(1).getFirst(), "it is 7")), Drawn.STEP);
            assertThat(written()).hasSize(2);
            assertThat(written().getFirst()).isEqualTo(written().getLast());
        }
    }

    @Test
    void the_whole_text_has_the_question_in_it_but_for_its_first_character() {
        loss(Scope.WHOLE).judge(Group.of(Drawn.texts("it is 7")), Drawn.STEP);
        loss(Scope.ANSWER).judge(Group.of(Drawn.texts("it is 7")), Drawn.STEP);
        assertThat(written()).containsExactly(form("s", "ay 1it is 7"), form("say 1", "it is 7"));
    }

    @Test
    void it_is_a_mean_over_tokens_whatever_their_number() {
        List<Judged> judged = loss(Scope.ANSWER).judge(Group.of(Drawn.texts("7", "7 and more")), Drawn.STEP);
        assertThat(judged)
                .extracting(Judged::verdict)
                .allSatisfy(verdict -> assertThat(verdict)
                        .isInstanceOfSatisfying(
                                Verdict.Rewarded.class,
                                each -> assertThat(each.logit()).isCloseTo(-1.5, within(1e-6))));
    }

    @Test
    void a_text_that_has_no_chance_or_is_empty_is_unjudged() {
        var impossible = new MeanLoss(
                new ScriptedLikelihood((_, _, _) -> Double.NEGATIVE_INFINITY), Problems.model("base"), Scope.ANSWER);
        assertThat(impossible
                        .judge(Group.of(Drawn.texts("7")), Drawn.STEP)
                        .getFirst()
                        .verdict())
                .isEqualTo(new Verdict.Unjudged("a token has no chance at all"));
        assertThat(loss(Scope.ANSWER)
                        .judge(Group.of(Drawn.texts("", "7")), Drawn.STEP)
                        .getFirst()
                        .verdict())
                .isEqualTo(new Verdict.Unjudged("it has no text"));
        assertThat(loss(Scope.ANSWER).judge(List.of(), Drawn.STEP)).isEmpty();
    }
}
