package dev.hone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Author;
import dev.hone.data.Tokens;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogProbGapTest {
    private static Tokens drawn(float... logProbs) {
        int[] ids = new int[logProbs.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 10 + i;
        }
        return Tokens.scored(Author.MODEL, ids, logProbs);
    }

    // |-1 - -1.5| = 0.5, |-2 - -2| = 0, |-4 - -3| = 1: mean 0.5, largest 1
    @Test
    void it_is_the_mean_and_the_largest_difference_over_all_tokens() {
        LogProbGap gap =
                LogProbGap.between(List.of(drawn(-1, -2), drawn(-4)), List.of(drawn(-1.5f, -2), drawn(-3, -9)));
        assertThat(gap.mean()).isCloseTo(0.5, within(1e-12));
        assertThat(gap.largest()).isCloseTo(1, within(1e-12));
        assertThat(gap.tokens()).isEqualTo(3);
    }

    @Test
    void a_forced_prefix_does_not_count() {
        Tokens forced = Tokens.by(Author.FORCED, 10);
        Tokens one = Tokens.scored(Author.MODEL, new int[] {11}, new float[] {-1});
        Tokens scored = drawn(-7, -1.25f);
        LogProbGap gap = LogProbGap.between(List.of(forced.plus(one)), List.of(scored));
        assertThat(gap).isEqualTo(new LogProbGap(0.25, 0.25, 1));
    }

    @Test
    void an_account_that_is_not_finite_is_no_agreement() {
        LogProbGap gap =
                LogProbGap.between(List.of(drawn(Float.NEGATIVE_INFINITY)), List.of(drawn(Float.NEGATIVE_INFINITY)));
        assertThat(gap.mean()).isNaN();
    }

    @Test
    void other_tokens_and_no_tokens_are_refused() {
        Tokens other = Tokens.scored(Author.MODEL, new int[] {4}, new float[] {-1});
        assertThatThrownBy(() -> LogProbGap.between(List.of(drawn(-1)), List.of(other)))
                .hasMessageContaining("score what was drawn");
        assertThatThrownBy(() -> LogProbGap.between(List.of(), List.of())).hasMessageContaining("at least 1 token");
    }
}
