package dev.hone.method.dsweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.judge.Judge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RankingTest {
    /// Human answers have a mean loss of 2. The text of each says its own.
    private static final double VALID = 2;
    private static final String[] TEXTS = {"7 0.5", "7 1.8", "7 2.1", "7 3", "7 9", "8 2", "- 2"};

    private static List<Candidate> candidates(List<Sample> samples) {
        List<Candidate> candidates = new ArrayList<>();
        for (Sample sample : samples.subList(0, 5)) {
            candidates.add(new Candidate(
                    sample, Double.parseDouble(sample.text().split(" ", 2)[1]), candidates.size() < 3 ? 0.2 : 0.4));
        }
        return candidates;
    }

    private static List<Decision> decisions(Filter filter, double share) {
        List<Sample> samples = Drawn.texts(TEXTS);
        Votes votes = new Votes(samples, Drawn::answer);
        return Choice.of(votes, candidates(samples), new Ranking(filter, VALID), share, Drawn.STEP)
                .select(
                        samples.stream()
                                .map(each -> new Judged(each, "none", new Verdict.Unjudged("nobody asked")))
                                .toList(),
                        Drawn.STEP);
    }

    private static List<String> kept(Filter filter, double share) {
        return decisions(filter, share).stream()
                .filter(Decision::isKept)
                .map(each -> each.judged().sample().text())
                .toList();
    }

    // weights 4, 1.11, 1.05, 1.5, 4.5; the quantile at 0.8 of five is 4.1, at 0.6 it is 2.5
    @Test
    void what_is_far_from_human_loss_in_either_direction_goes_first() {
        assertThat(kept(new Filter.Shift(), 0.8)).containsExactly("7 0.5", "7 1.8", "7 2.1", "7 3");
        assertThat(kept(new Filter.Shift(), 0.6)).containsExactly("7 1.8", "7 2.1", "7 3");
    }

    @Test
    void a_filter_of_one_side_leaves_the_other_alone() {
        assertThat(kept(new Filter.LowLoss(), 0.6)).containsExactly("7 0.5", "7 1.8", "7 2.1");
        assertThat(kept(new Filter.HighLoss(), 0.6)).containsExactly("7 2.1", "7 3", "7 9");
    }

    @Test
    void the_worst_are_those_that_the_weight_would_drop() {
        assertThat(kept(new Filter.Worst(), 0.4)).containsExactly("7 0.5", "7 9");
    }

    @Test
    void chance_keeps_as_many_whatever_their_loss() {
        assertThat(kept(new Filter.Chance(), 0.6)).hasSize(3).isEqualTo(kept(new Filter.Chance(), 0.6));
    }

    @Test
    void the_questions_with_the_least_disagreement_stay_whole() {
        assertThat(kept(new Filter.Agreement(), 0.6)).containsExactly("7 0.5", "7 1.8", "7 2.1");
        assertThat(kept(new Filter.Agreement(), 0.2))
                .as("all that tie with the quantile")
                .hasSize(3);
    }

    @Test
    void a_judge_keeps_what_it_finds_best_and_drops_what_it_cannot_tell_first() {
        Judge longest = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(each -> new Judged(
                        each,
                        "made",
                        switch (each.text()) {
                            case "7 3" -> new Verdict.Unjudged("it cannot tell");
                            case "7 9" -> new Verdict.Rewarded(-5, "raw");
                            case "7 0.5" -> new Verdict.Stepwise(List.of(0.9, 0.1), "weakest 0.1");
                            default -> new Verdict.Scored(0.5, "half");
                        }))
                .toList();
        assertThat(kept(new Filter.Rated(longest), 0.8)).containsExactly("7 0.5", "7 1.8", "7 2.1", "7 9");
        assertThat(kept(new Filter.Rated(longest), 0.6)).containsExactly("7 0.5", "7 1.8", "7 2.1");
        assertThat(kept(new Filter.Rated(longest), 1)).hasSize(4).doesNotContain("7 3");
    }

    @Test
    void a_share_of_one_filters_nothing_and_neither_do_the_unfiltered_ones() {
        assertThat(kept(new Filter.Shift(), 1)).hasSize(5);
        assertThat(kept(new Filter.Everything(), 0.1)).hasSize(5);
        assertThat(kept(new Filter.Reweighted(2), 0.1)).hasSize(5);
    }

    @Test
    void weights_that_tie_are_kept_together() {
        List<Sample> samples = Drawn.texts("7 a", "7 b", "7 c");
        List<Candidate> alike =
                samples.stream().map(each -> new Candidate(each, 3, 0)).toList();
        Choice choice = Choice.of(
                new Votes(samples, Drawn::answer), alike, new Ranking(new Filter.Shift(), VALID), 0.3, Drawn.STEP);
        assertThat(choice.select(
                        samples.stream()
                                .map(each -> new Judged(each, "none", new Verdict.Unjudged("nobody asked")))
                                .toList(),
                        Drawn.STEP))
                .allMatch(Decision::isKept);
    }

    @Test
    void every_decision_says_why() {
        assertThat(decisions(new Filter.Shift(), 0.6))
                .extracting(Decision::because)
                .contains("answers 8, but most of its problem 7", "no answer can be read")
                .anyMatch(because -> because.startsWith("rank 4.5 above 2.5"));
        List<Sample> samples = Drawn.texts("7 a");
        Choice unknown = new Choice(new Votes(samples, Drawn::answer), Map.of(), Map.of(), 0.8);
        assertThat(unknown.select(
                        List.of(new Judged(samples.getFirst(), "none", new Verdict.Unjudged("nobody asked"))),
                        Drawn.STEP))
                .extracting(Decision::because)
                .containsExactly("its loss cannot be told");
    }

    @Test
    void a_cap_that_means_nothing_is_refused() {
        assertThatThrownBy(() -> new Filter.Reweighted(0)).hasMessageContaining("above 0 but was 0.0");
    }
}
