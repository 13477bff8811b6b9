package dev.hone.method.fourhabits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RewardTest {

    private static Judged judged(String text, Finish finish, Verdict verdict) {
        int[] ids = text.chars().toArray();
        Sample sample = new Sample(
                "s",
                Puzzles.KNOWN,
                text,
                Tokens.scored(Author.MODEL, ids, new float[ids.length]),
                finish,
                new Sampling(1, 60),
                "m",
                new Origin.Fresh(),
                Hint.NONE);
        return new Judged(sample, "reference", verdict);
    }

    private static final Judged RIGHT =
            judged(">36;12*3=36;36-7=29>29:12*3-7", new Finish.Stopped(), Verdict.right("29"));
    private static final Judged WRONG =
            judged("12+3=15;15+7=22>29;12*3=36;36+7=43>29:36+7", new Finish.Stopped(), Verdict.wrong("43"));
    private static final Judged CUT =
            judged("12*3=36;36-7=29>29:12*3-7", new Finish.Truncated(25), new Verdict.Unjudged("cut"));

    @Test
    void a_right_answer_is_worth_1_another_one_a_tenth_and_none_nothing() {
        assertThat(Reward.ANSWER.of(RIGHT)).isEqualTo(1);
        assertThat(Reward.ANSWER.of(WRONG)).isEqualTo(0.1);
        assertThat(Reward.ANSWER.of(CUT)).isZero();
    }

    @Test
    void the_form_alone_is_worth_the_same_whether_right_or_not() {
        assertThat(Reward.FORMAT.of(RIGHT)).isEqualTo(0.1);
        assertThat(Reward.FORMAT.of(WRONG)).isEqualTo(0.1);
        assertThat(Reward.FORMAT.of(CUT)).isZero();
    }

    @Test
    void the_meter_tells_the_strict_accuracy_and_counts_by_response_and_by_100_tokens() {
        var figures = HabitMeter.of(List.of(RIGHT, WRONG, CUT)).figures();
        Offset<Double> exact = Offset.offset(1e-12);
        double tokens = 29 + 42 + 25;
        assertThat(figures.getOrDefault("right", Double.NaN)).isCloseTo(1 / 3.0, exact);
        assertThat(figures.getOrDefault("answered", Double.NaN)).isCloseTo(2 / 3.0, exact);
        assertThat(figures.getOrDefault("truncated", Double.NaN)).isCloseTo(1 / 3.0, exact);
        assertThat(figures.getOrDefault("tokens", Double.NaN)).isCloseTo(tokens / 3, exact);
        assertThat(figures.getOrDefault("verification", Double.NaN)).isCloseTo(4 / 3.0, exact);
        assertThat(figures.getOrDefault("verification/100", Double.NaN)).isCloseTo(400 / tokens, exact);
        assertThat(figures.getOrDefault("backtracking", Double.NaN)).isCloseTo(1 / 3.0, exact);
        assertThat(figures.getOrDefault("subgoal", Double.NaN)).isCloseTo(1 / 3.0, exact);
        assertThat(figures.getOrDefault("backward", Double.NaN)).isZero();
    }
}
