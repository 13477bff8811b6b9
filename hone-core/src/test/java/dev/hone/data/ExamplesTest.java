package dev.hone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final List<Message> PROMPT = List.of(Message.user("1+1="));

    private static Sample sample(String problem, Finish finish) {
        return new Sample(
                problem + "/0",
                new Problem(problem, PROMPT, new Reference.None(), Split.TRAIN, new TreeMap<>()),
                "2",
                Tokens.by(Author.MODEL, 5, 1),
                finish,
                new Sampling(1, 4),
                "m",
                new Origin.Fresh(),
                Hint.NONE);
    }

    @Test
    void a_pair_of_samples_keeps_their_tokens_and_whether_each_ends() {
        Preference pair = Preference.of(sample("p", new Finish.Stopped()), sample("p", new Finish.Truncated(2)));
        assertThat(pair.better().ending()).isEqualTo(Demonstration.Ending.ENDS);
        assertThat(pair.worse().ending()).isEqualTo(Demonstration.Ending.OPEN);
        assertThat(pair.better().completion())
                .containsExactly(new Segment.Drawn(Tokens.by(Author.MODEL, 5, 1), Segment.Loss.COUNTED));
        assertThatThrownBy(() -> Preference.of(sample("p", new Finish.Stopped()), sample("q", new Finish.Stopped())))
                .hasMessageContaining("one problem");
    }

    @Test
    void a_shared_prefix_comes_before_both_sides_and_must_not_count() {
        Segment prefix = new Segment.Written("so ", Segment.Loss.MASKED);
        var pair = new Preference("p", PROMPT, List.of(prefix), Preference.Side.of("2"), Preference.Side.of("3"));
        assertThat(pair.better().completion()).hasSize(2).first().isEqualTo(prefix);
        assertThat(pair.worse().completion()).hasSize(2).first().isEqualTo(prefix);
        Segment counted = new Segment.Written("so ", Segment.Loss.COUNTED);
        assertThatThrownBy(() -> new Preference("p", PROMPT, List.of(counted), pair.chosen(), pair.rejected()))
                .hasMessageContaining("MASKED");
        var empty = new Preference.Side(List.of(), Demonstration.Ending.ENDS);
        assertThatThrownBy(() -> new Preference("p", PROMPT, List.of(), pair.chosen(), empty))
                .hasMessageContaining("without a completion");
    }

    @Test
    void a_ranking_must_say_something() {
        var entry = new Ranking.Entry(Preference.Side.of("2"), 1);
        assertThatThrownBy(() -> new Ranking("r", PROMPT, List.of(entry, entry)))
                .hasMessageContaining("leave it out");
        assertThatThrownBy(() -> new Ranking.Entry(Preference.Side.of("2"), Double.NaN))
                .hasMessageContaining("finite");
    }

    @Test
    void rollouts_are_of_one_problem_have_a_reward_and_something_drawn() {
        var one = new RolloutGroup.Rollout(sample("p", new Finish.Stopped()), 1);
        var other = new RolloutGroup.Rollout(sample("q", new Finish.Stopped()), 0);
        assertThatThrownBy(() -> new RolloutGroup(List.of(one, other))).hasMessageContaining("exactly one problem");
        assertThatThrownBy(() -> new RolloutGroup(List.of())).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new RolloutGroup.Rollout(one.sample(), Double.NaN))
                .hasMessageContaining("could not be judged");
    }

    @Test
    void steps_and_rationales_are_not_empty() {
        assertThatThrownBy(() -> new StepLabels("s", PROMPT, List.of())).hasMessageContaining("no step");
        var rationale = RationaleGroup.Rationale.of("1", RationaleGroup.Stop.FINISHED);
        assertThatThrownBy(() -> new RationaleGroup("r", PROMPT, "4", List.of(rationale)))
                .hasMessageContaining("at least 2");
        assertThatThrownBy(() -> new RationaleGroup("r", PROMPT, "", List.of(rationale, rationale)))
                .hasMessageContaining("not empty");
    }

    @Test
    void verdicts_of_reward_models_are_checked() {
        assertThatThrownBy(() -> new Verdict.Rewarded(Double.NaN, "?")).hasMessageContaining("Unjudged");
        assertThatThrownBy(() -> new Verdict.Stepwise(List.of(), "?")).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Verdict.Stepwise(List.of(0.5, 1.5), "?")).hasMessageContaining("1.5");
        assertThat(new Verdict.Stepwise(List.of(0.9, 0.2, 0.7), "").lowest()).isEqualTo(0.2);
    }
}
