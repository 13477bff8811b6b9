package dev.hone.method.dsweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.testkit.JudgeContract;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedLikelihood;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfRatingTest implements JudgeContract {

    @Override
    public Judge judge() {
        return new SelfRating(new ScriptedLikelihood((_, _, _) -> -1), Problems.model("base"));
    }

    @Override
    public Sample goodSample() {
        return Drawn.texts("7").getFirst();
    }

    // of three characters "yes" has exp(-3 * 0.5), of two "no" exp(-2 * 1.5): yes over both is 1 / (1 + exp(-1.5))
    @Test
    void it_is_the_probability_of_yes_beside_no_after_the_answer_was_shown() {
        var likelihood = new ScriptedLikelihood((_, text, label) -> {
            assertThat(text.prompt()).extracting(Message::text).startsWith("say 1", "7 good");
            return label.equals("yes") ? -0.5 : -1.5;
        });
        List<Judged> judged =
                new SelfRating(likelihood, Problems.model("base")).judge(Group.of(Drawn.texts("7 good")), Drawn.STEP);
        assertThat(judged).hasSize(1);
        assertThat(judged.getFirst().verdict())
                .isInstanceOfSatisfying(
                        Verdict.Scored.class,
                        scored -> assertThat(scored.value()).isCloseTo(1 / (1 + Math.exp(-1.5)), within(1e-9)));
    }

    @Test
    void nothing_is_asked_about_nothing() {
        assertThat(judge().judge(List.of(), Drawn.STEP)).isEmpty();
    }
}
