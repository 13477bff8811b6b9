package dev.hone.method.vstar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.method.vstar.Labelled.Label;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelledTest {
    private static final Problem ASKED = Problems.numbered(1).getFirst();

    private static Sample sample(Problem problem, String text) {
        return new ScriptedGenerator((_, _, _, _) -> text)
                .generate(
                        Problems.model("m"),
                        List.of(Prompt.of(problem, 1, new Sampling(1, 8))),
                        new ScratchRun(1, Path.of("scratch")).step("sample", 1))
                .getFirst();
    }

    private static List<Label> labels(Sample sample, Verdict verdict) {
        return Labelled.of(List.of(new Judged(sample, "test", verdict)), 1).stream()
                .map(Labelled::label)
                .toList();
    }

    @Test
    void what_is_judged_has_its_label() {
        assertThat(labels(sample(ASKED, "1"), Verdict.right("it is"))).containsExactly(Label.RIGHT);
        assertThat(labels(sample(ASKED, "2"), Verdict.wrong("it is not"))).containsExactly(Label.WRONG);
    }

    @Test
    void a_finished_answer_that_cannot_be_read_is_wrong() {
        assertThat(labels(sample(ASKED, "?"), new Verdict.Unjudged("no number in the text")))
                .containsExactly(Label.WRONG);
    }

    @Test
    void what_was_cut_short_or_has_no_reference_has_none() {
        assertThat(labels(sample(ASKED, "much too long"), new Verdict.Unjudged("cut at 8 tokens")))
                .isEmpty();
        Problem open = new Problem("q", List.of(Message.user("?")), new Reference.None(), Split.TRAIN, new TreeMap<>());
        assertThat(labels(sample(open, "1"), new Verdict.Unjudged("the problem has no reference")))
                .isEmpty();
    }
}
