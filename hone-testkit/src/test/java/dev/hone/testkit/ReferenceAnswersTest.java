package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Match;
import dev.hone.data.Message;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.judge.Checker;
import dev.hone.judge.ReferenceAnswers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReferenceAnswersTest {
    private static final int LIMIT = 30;

    private static Optional<String> answer(Reference reference, String text, Map<String, Checker> checkers) {
        Problem problem = new Problem("p", List.of(Message.user("?")), reference, Split.TRAIN, new TreeMap<>());
        Sample sample = new ScriptedGenerator((model, prompt, index, seed) -> text)
                .generate(
                        Problems.model("m"),
                        List.of(Prompt.of(problem, 1, new Sampling(1, LIMIT))),
                        new ScratchRun(1, Path.of("scratch")).step("sample", 1))
                .getFirst();
        return new ReferenceAnswers(checkers).answer(sample);
    }

    private static Optional<String> answer(Match match, String text) {
        return answer(new Reference.Answer("never looked at", match), text, Map.of());
    }

    @Test
    void numbers_that_are_equal_are_one_answer() {
        assertThat(List.of("so 1,234.50", "1234.5", "= 1234.500", "1 or 1234.5"))
                .allSatisfy(
                        text -> assertThat(answer(new Match.Numeric(0), text)).contains("1234.5"));
        assertThat(answer(new Match.Numeric(0), "-0.0")).contains("0");
        assertThat(answer(new Match.Numeric(0), "100")).contains("100");
    }

    @Test
    void the_last_match_is_the_answer() {
        Match match = new Match.Regex("Answer: (\\S+)");

        assertThat(answer(match, "Answer: a Answer: 07.0")).contains("7");
        assertThat(answer(match, "Answer: yes")).contains("yes");
        assertThat(answer(match, "yes")).isEmpty();
    }

    @Test
    void an_exact_match_answers_with_the_whole_text() {
        assertThat(answer(new Match.Exact(), " 12*3 ")).contains("12*3");
        assertThat(answer(new Match.Exact(), "  ")).isEmpty();
    }

    @Test
    void without_a_reference_the_text_itself_is_the_answer() {
        assertThat(answer(new Reference.None(), "42 ", Map.of())).contains("42");
    }

    @Test
    void a_sample_that_was_cut_short_answers_nothing() {
        assertThat(answer(new Match.Numeric(0), "1".repeat(LIMIT + 1))).isEmpty();
    }

    @Test
    void a_checker_says_what_the_answer_is() {
        Checker last = new Checker() {
            @Override
            public Verdict check(Problem problem, String text) {
                return Verdict.wrong("whatever it is");
            }

            @Override
            public Optional<String> answer(Problem problem, String text) {
                return Optional.of(text.substring(text.length() - 1));
            }
        };

        assertThat(answer(new Reference.Checked("last"), "1;2;3", Map.of("last", last)))
                .contains("3");
        assertThatThrownBy(() -> answer(new Reference.Checked("first"), "1", Map.of("last", last)))
                .hasMessage("unknown checker \"first\"; known are [last]");
    }
}
