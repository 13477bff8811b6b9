package dev.hone.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Message;
import dev.hone.data.Part;
import dev.hone.data.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HintTextTest {
    private static final HintText ANSWER = new HintText("{problem} (It is {answer}.)", List.of("answer"));

    @Test
    void the_last_message_is_rewritten_and_the_others_stay() {
        Message system = new Message(Role.SYSTEM, List.of(new Part.Text("Be brief.")));
        assertThat(ANSWER.around(List.of(system, Message.user("2+3=")), Map.of("answer", "5")))
                .containsExactly(system, Message.user("2+3= (It is 5.)"));
    }

    @Test
    void a_prompt_that_ends_with_something_else_than_text_has_no_room_for_a_hint() {
        Message picture = new Message(Role.USER, List.of(new Part.Image(URI.create("file:/a.png"))));
        assertThat(HintText.fits(List.of(picture, Message.user("2+3=")))).isTrue();
        assertThat(HintText.fits(List.of(Message.user("What is this?"), picture)))
                .isFalse();
    }

    @Test
    void brackets_and_dollars_in_values_are_left_as_they_are() {
        assertThat(ANSWER.around(List.of(Message.user("{answer} costs $1")), Map.of("answer", "{problem}\\$2")))
                .containsExactly(Message.user("{answer} costs $1 (It is {problem}\\$2.)"));
    }

    @Test
    void a_place_that_is_missing_or_unknown_is_refused_with_what_is_wanted() {
        for (String template : List.of("{problem}", "{answer}", "{problem} {answer} {solution}")) {
            assertThatThrownBy(() -> new HintText(template, List.of("answer")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll(template, "[answer, problem]");
        }
        assertThatThrownBy(() -> ANSWER.around(List.of(Message.user("x")), Map.of("solution", "y")))
                .hasMessageContainingAll("{answer}", "[solution]");
    }

    @Test
    void a_picture_is_not_dropped_in_silence() {
        Message picture = new Message(Role.USER, List.of(new Part.Image(URI.create("data:,"))));
        assertThatThrownBy(() -> ANSWER.around(List.of(picture), Map.of("answer", "5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Image");
    }
}
