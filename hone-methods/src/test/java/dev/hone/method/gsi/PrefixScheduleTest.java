package dev.hone.method.gsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixScheduleTest {
    private static final PrefixSchedule LINES = new PrefixSchedule.Steps("\n");
    private static final PrefixSchedule FIFTHS = PrefixSchedule.Shares.asInPaper();

    private static List<String> passes(PrefixSchedule schedule, String solution, int passes) {
        return IntStream.rangeClosed(1, passes)
                .mapToObj(pass -> schedule.prefix(solution, pass).orElseThrow())
                .toList();
    }

    @Test
    void each_pass_shows_a_line_more_up_to_all_but_the_last_and_then_begins_again() {
        assertThat(passes(LINES, "a\nb\nc\nd", 5)).containsExactly("a\n", "a\nb\n", "a\nb\nc\n", "a\n", "a\nb\n");
        assertThat(passes(LINES, "a\nb", 3)).containsExactly("a\n", "a\n", "a\n");
        assertThat(passes(new PrefixSchedule.Steps(";"), "7*5-2;35-2;33", 3))
                .containsExactly("7*5-2;", "7*5-2;35-2;", "7*5-2;");
    }

    @Test
    void blank_lines_and_a_line_feed_at_the_end_are_no_steps() {
        assertThat(passes(LINES, "\na\n\nb\n \n", 2)).containsExactly("\na\n", "\na\n");
        assertThat(LINES.prefix("a\n\n", 1)).isEmpty();
    }

    @Test
    void a_single_step_cannot_be_cut() {
        assertThat(LINES.prefix("33", 1)).isEmpty();
        assertThat(LINES.prefix("", 1)).isEmpty();
        assertThat(FIFTHS.prefix("3", 1)).isEmpty();
        assertThat(FIFTHS.prefix("", 1)).isEmpty();
    }

    @Test
    void each_pass_shows_a_fifth_more_up_to_four_and_then_begins_again() {
        assertThat(passes(FIFTHS, "0123456789", 5)).containsExactly("01", "0123", "012345", "01234567", "01");
    }

    @Test
    void words_are_left_whole_where_one_begins_after_the_cut_before() {
        assertThat(passes(FIFTHS, "18 / 2 + 4 / 2 = 11. Answer: 11", 4))
                .containsExactly("18 / 2", "18 / 2 + 4 /", "18 / 2 + 4 / 2 =", "18 / 2 + 4 / 2 = 11.");
    }

    @Test
    void a_cut_is_never_inside_a_character_nor_the_whole_text() {
        String faces = "\uD83D\uDE00".repeat(7);
        for (int pass = 1; pass <= 4; pass++) {
            Optional<String> prefix = FIFTHS.prefix(faces, pass);
            assertThat(prefix.orElseThrow().length()).isEven().isBetween(2, faces.length() - 2);
        }
    }

    @Test
    void a_short_text_has_fewer_cuts_none_of_them_twice() {
        assertThat(FIFTHS.cuts("123")).containsExactly(1, 2);
    }

    @Test
    void nonsense_is_refused() {
        assertThatThrownBy(() -> new PrefixSchedule.Steps("")).hasMessageContaining("at least one character");
        for (double share : new double[] {0, -1, 0.6, Double.NaN}) {
            assertThatThrownBy(() -> new PrefixSchedule.Shares(share)).hasMessageContaining("share must be in");
        }
    }
}
