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
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceJudge;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReferenceJudgeTest implements JudgeContract {

    @Override
    public Judge judge() {
        return new ReferenceJudge(Map.of(
                "even",
                (problem, text) ->
                        text.length() % 2 == 0 ? Verdict.right("even length") : Verdict.wrong("odd length")));
    }

    @Override
    public Sample goodSample() {
        return sample(Problems.numbered(1).getFirst(), "1");
    }

    private static Sample sample(Problem problem, String text) {
        return new ScriptedGenerator((model, prompt, index, seed) -> text)
                .generate(
                        Problems.model("m"),
                        List.of(Prompt.of(problem, 1, new Sampling(1, 100))),
                        new ScratchRun(1, Path.of("scratch")).step("sample", 1))
                .getFirst();
    }

    private Verdict verdict(Reference reference, String text) {
        Problem problem = new Problem("p", List.of(Message.user("?")), reference, Split.TRAIN, new TreeMap<>());
        return judge().judge(
                        Group.of(List.of(sample(problem, text))),
                        new ScratchRun(1, Path.of("scratch")).step("judge", 1))
                .getFirst()
                .verdict();
    }

    private static double score(Verdict verdict) {
        return ((Verdict.Scored) verdict).value();
    }

    @Test
    void the_last_number_counts() {
        Reference reference = new Reference.Answer("11", new Match.Numeric(0));
        assertThat(score(verdict(reference, "18 / 2 + 4 / 2 = 11. Answer: 11"))).isEqualTo(1);
        assertThat(score(verdict(reference, "11 or 12"))).isEqualTo(0);
        assertThat(score(verdict(reference, "11.000"))).isEqualTo(1);
        assertThat(verdict(reference, "eleven")).isInstanceOf(Verdict.Unjudged.class);
    }

    @Test
    void a_minus_between_numbers_is_no_sign() {
        assertThat(score(verdict(new Reference.Answer("4", new Match.Numeric(0)), "7-4")))
                .isEqualTo(1);
        assertThat(score(verdict(new Reference.Answer("-4", new Match.Numeric(0)), "it is -4")))
                .isEqualTo(1);
    }

    @Test
    void thousands_commas_are_read() {
        Reference reference = new Reference.Answer("1234.5", new Match.Numeric(0));
        assertThat(score(verdict(reference, "so 1,234.5 in all"))).isEqualTo(1);
    }

    @Test
    void the_tolerance_is_a_closed_bound() {
        Reference reference = new Reference.Answer("1", new Match.Numeric(0.25));
        assertThat(score(verdict(reference, "1.25"))).isEqualTo(1);
        assertThat(score(verdict(reference, "1.2501"))).isEqualTo(0);
    }

    @Test
    void a_regex_takes_the_last_match_and_compares_numbers_as_numbers() {
        Reference reference = new Reference.Answer("42", new Match.Regex("#### *(-?[\\d.,]+)"));
        assertThat(score(verdict(reference, "#### 41\n#### 42.0"))).isEqualTo(1);
        assertThat(verdict(reference, "42")).isInstanceOf(Verdict.Unjudged.class);
    }

    @Test
    void an_exact_answer_forgives_white_space_at_the_ends_only() {
        Reference reference = new Reference.Answer("a b", new Match.Exact());
        assertThat(score(verdict(reference, " a b\n"))).isEqualTo(1);
        assertThat(score(verdict(reference, "a  b"))).isEqualTo(0);
    }

    @Test
    void a_checker_is_called_by_its_name() {
        assertThat(score(verdict(new Reference.Checked("even"), "ab"))).isEqualTo(1);
        assertThatThrownBy(() -> verdict(new Reference.Checked("odd"), "ab")).hasMessageContaining("\"odd\"");
    }

    @Test
    void a_million_digits_are_read_quickly_and_do_not_match() {
        Reference reference = new Reference.Answer("1", new Match.Numeric(0));
        assertThat(ReferenceJudge.compare("1", new Match.Numeric(0), "9".repeat(1_000_000)))
                .isNotEqualTo(Verdict.right("last number is 1"));
        assertThat(verdict(reference, "1")).isInstanceOf(Verdict.Scored.class);
    }

    @Test
    void without_a_reference_nothing_is_judged() {
        assertThat(verdict(new Reference.None(), "anything")).isInstanceOf(Verdict.Unjudged.class);
    }
}
