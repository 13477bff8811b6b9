package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Segment;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.generate.Likelihood;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.judge.LikelihoodJudge;
import dev.hone.judge.LikelihoodJudge.Score;
import dev.hone.run.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikelihoodJudgeTest implements JudgeContract {
    private static final Model VERIFIER = Problems.model("verifier");
    private static final Model REFERENCE = Problems.model("reference");
    private static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("judge", 1);
    private static final Problem ONE = Problems.numbered(1).getFirst();

    /// What was asked to be scored, in order.
    private final List<String> asked = new ArrayList<>();

    /// A token with the id `i` costs the verifier `i` nats and the reference one; 99 is out of the question.
    private final Likelihood likelihood = (model, texts, step) -> texts.stream()
            .map(text -> {
                Tokens drawn = ((Segment.Drawn) text.completion().getFirst()).tokens();
                asked.add(model.id() + " " + drawn);
                assertThat(text.prompt()).isEqualTo(ONE.prompt());
                assertThat(text.ending()).isEqualTo(Demonstration.Ending.ENDS);
                float[] logProbs = new float[drawn.size()];
                for (int i = 0; i < logProbs.length; i++) {
                    logProbs[i] =
                            model.equals(REFERENCE) ? -1 : drawn.id(i) == 99 ? Float.NEGATIVE_INFINITY : -drawn.id(i);
                }
                return Tokens.scored(Author.FORCED, drawn.ids(), logProbs);
            })
            .toList();

    private static Sample sample(Finish finish, int... ids) {
        float[] logProbs = new float[ids.length];
        Arrays.fill(logProbs, -0.5f);
        return new Sample(
                "sample/1/p1/0",
                ONE,
                "as written",
                Tokens.scored(Author.MODEL, ids, logProbs),
                finish,
                new Sampling(1, 8),
                "base",
                new Origin.Fresh(),
                Hint.NONE);
    }

    private static Sample whole(int... ids) {
        return sample(new Finish.Stopped(), ids);
    }

    private List<Verdict> verdicts(Score score, Sample... samples) {
        return new LikelihoodJudge(likelihood, VERIFIER, score)
                .judge(Group.of(List.of(samples)), STEP).stream()
                        .map(each -> each.verdict())
                        .toList();
    }

    private double reward(Score score, int... ids) {
        return ((Verdict.Rewarded) verdicts(score, whole(ids)).getFirst()).logit();
    }

    @Override
    public Judge judge() {
        return new LikelihoodJudge(likelihood, VERIFIER, new Score.Sum());
    }

    @Override
    public Sample goodSample() {
        return whole(1, 2);
    }

    @Test
    void the_plain_score_is_the_likelihood_of_the_whole_sequence_and_so_prefers_short_ones() {
        assertThat(reward(new Score.Sum(), 1, 2, 4)).isEqualTo(-7);
        assertThat(reward(new Score.Sum(), 1)).isGreaterThan(reward(new Score.Sum(), 1, 1));
    }

    @Test
    void the_mean_knows_no_length() {
        assertThat(reward(new Score.Mean(), 1, 2, 3)).isEqualTo(-2);
        assertThat(reward(new Score.Mean(), 1)).isEqualTo(reward(new Score.Mean(), 1, 1));
    }

    // 0.1 * ((-2 - 3) - (-1 - 1)) = -0.3
    @Test
    void the_implied_reward_is_beside_the_reference() {
        Score implied = new Score.ImpliedReward(REFERENCE, 0.1);
        assertThat(reward(implied, 2, 3)).isCloseTo(-0.3, within(1e-12));
        assertThatThrownBy(() -> new Score.ImpliedReward(REFERENCE, 0)).hasMessageContaining("was 0.0");
    }

    @Test
    void what_was_drawn_twice_is_scored_once_and_has_the_same_score() {
        List<Verdict> verdicts = verdicts(new Score.Sum(), whole(1, 2), whole(3), whole(1, 2));
        assertThat(asked).containsExactly("verifier Tokens[1, 2]", "verifier Tokens[3]");
        assertThat(verdicts)
                .containsExactly(
                        new Verdict.Rewarded(-3, "in nats"),
                        new Verdict.Rewarded(-3, "in nats"),
                        new Verdict.Rewarded(-3, "in nats"));
    }

    @Test
    void what_cannot_be_told_is_unjudged_and_nobody_is_asked_about_nothing() {
        assertThat(verdicts(new Score.Sum(), sample(new Finish.Truncated(1), 1), whole()))
                .allMatch(Verdict.Unjudged.class::isInstance);
        assertThat(asked).isEmpty();
        assertThat(verdicts(new Score.Sum(), whole(99))).allMatch(Verdict.Unjudged.class::isInstance);
    }
}
