package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TokensTest {

    @Test
    void a_forced_prefix_keeps_its_author_and_has_no_log_probability() {
        Tokens tokens =
                Tokens.by(Author.FORCED, 7, 8).plus(Tokens.scored(Author.MODEL, new int[] {9}, new float[] {-1.5f}));
        assertThat(tokens.ids()).containsExactly(7, 8, 9);
        assertThat(tokens.count(Author.MODEL)).isEqualTo(1);
        assertThat(tokens.drawnLogProb()).isEqualTo(-1.5);
        assertThatThrownBy(() -> tokens.logProb(0)).hasMessageContaining("FORCED has no log-probability");
    }

    @Test
    void what_one_author_wrote_can_be_had_alone() {
        Tokens forced = Tokens.by(Author.FORCED, 7, 8);
        Tokens drawn = Tokens.scored(Author.MODEL, new int[] {9, 10}, new float[] {-1.5f, -2});
        Tokens tokens = forced.plus(drawn);
        assertThat(tokens.of(Author.MODEL)).isEqualTo(drawn);
        assertThat(tokens.of(Author.FORCED)).isEqualTo(forced);
        assertThat(tokens.of(Author.TOOL)).isEqualTo(Tokens.empty());
    }

    @Test
    void tokens_by_another_author_read_otherwise() {
        Tokens tokens = Tokens.by(Author.MODEL, 7, 8).plus(Tokens.by(Author.TOOL, 9));
        assertThat(tokens).hasToString("Tokens[7, 8, TOOL 9]");
        assertThat(Tokens.by(Author.MODEL, 7, 8, 9)).hasToString("Tokens[7, 8, 9]");
        assertThat(Tokens.empty()).hasToString("Tokens[]");
    }

    @Test
    void nobody_changes_tokens_from_outside() {
        int[] ids = {1, 2};
        Tokens tokens = Tokens.by(Author.MODEL, ids);
        ids[0] = 99;
        tokens.ids()[1] = 99;
        assertThat(tokens).isEqualTo(Tokens.by(Author.MODEL, 1, 2));
    }

    @Test
    void a_log_probability_above_zero_or_unknown_is_refused() {
        assertThatThrownBy(() -> Tokens.scored(Author.MODEL, new int[] {1}, new float[] {0.1f}))
                .hasMessageContaining("at most 0");
        assertThatThrownBy(() -> Tokens.scored(Author.MODEL, new int[] {1}, new float[] {Float.NaN}))
                .hasMessageContaining("at most 0");
    }
}
