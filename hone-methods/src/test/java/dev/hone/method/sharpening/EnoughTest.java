package dev.hone.method.sharpening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.testkit.Problems;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnoughTest {

    private static Sample sample(double probability, Finish finish) {
        return new Sample(
                "sample/1/p1/0",
                Problems.numbered(1).getFirst(),
                "a",
                Tokens.scored(Author.MODEL, new int[] {7}, new float[] {(float) Math.log(probability)}),
                finish,
                new Sampling(1, 8),
                "base",
                new Origin.Fresh(),
                Hint.NONE);
    }

    private static List<Sample> drawn(double... probabilities) {
        return Arrays.stream(probabilities)
                .mapToObj(each -> sample(each, new Finish.Stopped()))
                .toList();
    }

    @Test
    void at_once_is_what_was_drawn() {
        assertThat(new Enough.AtOnce().of(drawn(0.1, 0.1, 0.1))).hasValue(3);
    }

    /// `mu = ln(2 / 0.1) = 2.996`: a best of 0.5 needs k >= 2 * 2.996, so 6; one of 0.25 needs 12.
    @Test
    void a_likely_answer_needs_few_samples() {
        var enough = new Enough.Adaptive(0.1, 100);
        assertThat(enough.of(drawn(0.5, 0.1, 0.1, 0.1, 0.1))).isEmpty();
        assertThat(enough.of(drawn(0.5, 0.1, 0.1, 0.1, 0.1, 0.1))).hasValue(6);
        assertThat(enough.of(drawn(0.5, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)))
                .as("those after the sixth are not needed")
                .hasValue(6);
        assertThat(enough.of(drawn(0.25, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)))
                .isEmpty();
        assertThat(enough.of(drawn(0.25, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)))
                .hasValue(12);
    }

    @Test
    void the_likeliest_may_come_late() {
        assertThat(new Enough.Adaptive(0.1, 100).of(drawn(0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.9)))
                .hasValue(7);
    }

    @Test
    void there_is_an_end() {
        var enough = new Enough.Adaptive(0.1, 3);
        assertThat(enough.of(drawn(1e-6, 1e-6))).isEmpty();
        assertThat(enough.of(drawn(1e-6, 1e-6, 1e-6))).hasValue(3);
        assertThat(enough.of(drawn(1e-6, 1e-6, 1e-6, 1e-6))).hasValue(3);
    }

    @Test
    void what_was_cut_short_is_no_answer_however_likely() {
        Sample cut = sample(0.99, new Finish.Truncated(1));
        assertThat(new Enough.Adaptive(0.5, 3).of(List.of(cut, cut))).isEmpty();
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThatThrownBy(() -> new Enough.Adaptive(0, 3)).hasMessage("delta must be in (0, 1) but was 0.0");
        assertThatThrownBy(() -> new Enough.Adaptive(0.1, 0)).hasMessage("most must be at least 1 but was 0");
    }
}
