package dev.hone.method.bstar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BalanceScoreTest {

    /// One letter a sample: a, b, c right, w wrong; a capital is selected. One problem a word.
    private static double score(int wanted, String... words) {
        var prompts = Problems.numbered(words.length).stream()
                .map(problem -> Prompt.of(
                        problem, words[Integer.parseInt(problem.id().substring(1)) - 1].length(), new Sampling(1, 8)))
                .toList();
        List<Judged> answers = new ScriptedGenerator((_, prompt, index, _) ->
                        words[Integer.parseInt(prompt.problem().id().substring(1)) - 1].substring(index, index + 1))
                        .generate(
                                Problems.model("base"),
                                prompts,
                                new ScratchRun(1, Path.of("scratch")).step("sample", 1))
                        .stream()
                        .map(sample -> new Judged(
                                sample,
                                "test",
                                sample.text().equalsIgnoreCase("w") ? Verdict.wrong("w") : Verdict.right("not w")))
                        .toList();
        List<Decision> decisions = answers.stream()
                .map(answer -> new Decision(
                        answer,
                        Character.isUpperCase(answer.sample().text().charAt(0)) ? Fate.KEPT : Fate.DROPPED,
                        "test"))
                .toList();
        return new BalanceScore(wanted).of(decisions, answers, words.length);
    }

    /// min(2/4, 1) * 2/3.
    @Test
    void few_right_ones_and_wrong_ones_among_them_lower_it() {
        assertThat(score(4, "ABW")).isCloseTo(2 / 4.0 * 2 / 3.0, Offset.offset(1e-15));
        assertThat(score(2, "ABC")).as("more than wanted is no better").isEqualTo(1);
    }

    /// Four selected of which one text is right: min(1/2, 1) * 1/4.
    @Test
    void equal_texts_count_once() {
        assertThat(score(2, "AAAA")).isCloseTo(1 / 2.0 / 4, Offset.offset(1e-15));
    }

    @Test
    void a_problem_with_nothing_selected_scores_nothing() {
        assertThat(score(1, "A", "abw", "W")).isCloseTo(1 / 3.0, Offset.offset(1e-15));
    }

    @Test
    void at_least_one_is_wanted() {
        assertThatThrownBy(() -> new BalanceScore(0)).hasMessageContaining("at least 1 but was 0");
    }
}
