package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void a_score_outside_the_unit_interval_is_refused() {
        assertThatThrownBy(() -> new Verdict.Scored(Double.NaN, "?")).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> new Verdict.Scored(1.5, "?")).hasMessageContaining("rescale");
    }

    @Test
    void only_a_full_mark_is_right() {
        assertThat(judged(Verdict.right("yes")).isRight()).isTrue();
        assertThat(judged(new Verdict.Scored(0.99, "nearly")).isRight()).isFalse();
        assertThat(judged(new Verdict.Unjudged("unreadable")).isRight()).isFalse();
    }

    @Test
    void a_picture_is_not_read_as_text() {
        Message picture = new Message(Role.USER, List.of(new Part.Image(URI.create("file:/a.png"))));
        assertThatThrownBy(picture::text).hasMessageContaining("Image");
    }

    @Test
    void a_missing_fact_is_named_with_those_there_are() {
        assertThatThrownBy(() -> problem().fact("target"))
                .hasMessageContaining("\"target\"")
                .hasMessageContaining("[numbers]");
    }

    @Test
    void settings_of_sampling_are_checked() {
        assertThatThrownBy(() -> new Sampling(-1, 8)).hasMessageContaining("temperature");
        assertThatThrownBy(() -> new Sampling(1, 0)).hasMessageContaining("maxTokens");
        assertThatThrownBy(() -> new Sampling(1, 8).stoppingAt("a", "")).hasMessageContaining("empty");
        assertThatThrownBy(() -> Warping.NONE.withTopK(-1)).hasMessageContaining("topK");
        assertThatThrownBy(() -> Warping.NONE.withTopP(0)).hasMessageContaining("topP");
        assertThatThrownBy(() -> Warping.NONE.withTopP(Double.NaN)).hasMessageContaining("topP");
        assertThatThrownBy(() -> Warping.NONE.withMinP(1.5)).hasMessageContaining("minP");
        assertThatThrownBy(() -> Warping.NONE.withRepetitionPenalty(0)).hasMessageContaining("repetitionPenalty");
        assertThatThrownBy(() -> Warping.NONE.withBias(new TreeMap<>(Map.of(3, Double.NaN))))
                .hasMessageContaining("token 3");
        assertThat(new Sampling(1, 8))
                .isEqualTo(
                        new Sampling(1, 8, new Warping(0, 1, 0, 1, new TreeMap<>()), List.of(), new Constraint.Free()));
        assertThat(Sampling.greedy(8)).isEqualTo(new Sampling(0, 8));
    }

    @Test
    void a_truncated_sample_is_learned_without_an_end() {
        assertThat(Demonstration.of(sample(new Finish.Truncated(4))).ending()).isEqualTo(Demonstration.Ending.OPEN);
        assertThat(Demonstration.of(sample(new Finish.Stopped())).ending()).isEqualTo(Demonstration.Ending.ENDS);
    }

    private static Judged judged(Verdict verdict) {
        return new Judged(sample(new Finish.Stopped()), "test", verdict);
    }

    private static Sample sample(Finish finish) {
        return new Sample(
                "s",
                problem(),
                "x",
                Tokens.by(Author.MODEL, 1),
                finish,
                new Sampling(1, 4),
                "m",
                new Origin.Fresh(),
                Hint.NONE);
    }

    private static Problem problem() {
        TreeMap<String, String> facts = new TreeMap<>();
        facts.put("numbers", "1,2");
        return new Problem("p", List.of(Message.user("?")), new Reference.None(), Split.TRAIN, facts);
    }
}
