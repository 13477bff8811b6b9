package dev.hone.method.latro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTemplateTest {

    @Test
    void the_answer_takes_the_place_of_the_hole() {
        assertThat(new AnswerTemplate(" Answer: {}.").filled(" 42 ")).isEqualTo(" Answer: 42.");
    }

    @Test
    void its_own_words_end_a_rationale_besides_the_common_ones() {
        assertThat(new AnswerTemplate("\nSo it is {}").stops()).contains("So it is", "Answer:", "The answer is");
        assertThat(new AnswerTemplate(" Answer: {}").stops()).doesNotHaveDuplicates();
    }

    @Test
    void a_template_without_words_before_one_hole_is_refused() {
        for (String wrong : List.of("{}", "  {}", "Answer:", "from {} to {}")) {
            assertThatThrownBy(() -> new AnswerTemplate(wrong))
                    .hasMessageContaining("needs words and then one {}")
                    .hasMessageContaining("\"" + wrong + "\"");
        }
    }
}
