package dev.hone.method.latro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.RationaleGroup.Rationale;
import dev.hone.data.RationaleGroup.Stop;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Prompt;
import dev.hone.method.latro.AnswerTemplate.Cut;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTemplateTest {

    @Test
    void the_answer_takes_the_place_of_the_hole() {
        assertThat(new AnswerTemplate(" Answer: {}.", Cut.FIRST).filled(" 42 ")).isEqualTo(" Answer: 42.");
    }

    @Test
    void its_own_words_end_a_rationale_besides_the_common_ones() {
        assertThat(new AnswerTemplate("\nSo it is {}", Cut.FIRST).stops())
                .contains("So it is", "Answer:", "The answer is");
        assertThat(new AnswerTemplate(" Answer: {}", Cut.FIRST).stops()).doesNotHaveDuplicates();
    }

    @Test
    void where_the_last_beginning_counts_a_sample_is_drawn_to_its_end_and_cut_there() {
        var steps = new AnswerTemplate(";{}", Cut.LAST);
        assertThat(steps.stops()).isEmpty();
        assertThat(steps.rationale(drawn("7*5-2;35-2;33", 20))).contains(Rationale.of("7*5-2;35-2", Stop.FINISHED));
        assertThat(steps.rationale(drawn("7*5-2;35-2;33", 12)))
                .as("drawn up to the first 3 of 33")
                .contains(Rationale.of("7*5-2;35-2", Stop.CUT));
        assertThat(steps.rationale(drawn("33", 20))).as("no mark").contains(Rationale.of("33", Stop.CUT));
        assertThat(steps.rationale(drawn(";33", 20))).as("nothing before it").isEmpty();
    }

    private static Sample drawn(String text, int most) {
        return new ScriptedGenerator((_, _, _, _) -> text)
                .generate(
                        Problems.model("m"),
                        List.of(Prompt.of(Problems.numbered(1).getFirst(), 1, new Sampling(1, most))),
                        new ScratchRun(1, Path.of("scratch")).step("sample", 1))
                .getFirst();
    }

    @Test
    void a_template_without_words_before_one_hole_is_refused() {
        for (String wrong : List.of("{}", "  {}", "Answer:", "from {} to {}")) {
            assertThatThrownBy(() -> new AnswerTemplate(wrong, Cut.FIRST))
                    .hasMessageContaining("needs words and then one {}")
                    .hasMessageContaining("\"" + wrong + "\"");
        }
    }
}
