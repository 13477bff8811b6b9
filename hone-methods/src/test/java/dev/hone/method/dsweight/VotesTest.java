package dev.hone.method.dsweight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class VotesTest {

    private static List<String> consistent(String... texts) {
        List<Sample> samples = Drawn.texts(texts);
        Votes votes = new Votes(samples, Drawn::answer);
        return samples.stream().filter(votes::isConsistent).map(Sample::text).toList();
    }

    @Test
    void every_way_to_the_answer_of_most_is_kept_and_no_other() {
        assertThat(consistent("7 a", "8 b", "7 c", "- d", "8 e", "7 f")).containsExactly("7 a", "7 c", "7 f");
    }

    @Test
    void of_answers_that_tie_the_first_drawn_wins() {
        assertThat(consistent("8 a", "7 b", "7 c", "8 d")).containsExactly("8 a", "8 d");
        assertThat(consistent("3", "2", "1")).containsExactly("3");
    }

    @Test
    void a_sample_without_an_answer_has_no_vote() {
        assertThat(consistent("- a", "- b", "- c", "9 d")).containsExactly("9 d");
        assertThat(consistent("- a", "- b")).isEmpty();
    }

    private static double disagreement(String... texts) {
        List<Sample> samples = Drawn.texts(texts);
        return new Votes(samples, Drawn::answer).disagreement(samples.getFirst());
    }

    // shares 1/2, 1/4, 1/4: entropy 1.5 ln 2, over ln 4 that is 0.75
    @Test
    void disagreement_is_the_entropy_of_the_answers_over_that_of_as_many_different_ones() {
        assertThat(disagreement("1", "1", "2", "3")).isCloseTo(0.75, within(1e-12));
        assertThat(disagreement("1", "2", "3", "4")).isCloseTo(1, within(1e-12));
        assertThat(disagreement("1", "1", "1", "1")).isZero();
        assertThat(disagreement("1")).isZero();
        assertThat(disagreement("-", "-")).isZero();
    }
}
