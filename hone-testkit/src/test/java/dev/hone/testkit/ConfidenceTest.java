package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Origin;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.judge.Confidence;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConfidenceTest implements JudgeContract {

    @Override
    public Judge judge() {
        return new Confidence();
    }

    @Override
    public Sample goodSample() {
        return sample(Tokens.scored(
                Author.MODEL, new int[] {1, 2}, new float[] {(float) Math.log(0.5), (float) Math.log(0.125)}));
    }

    private static Sample sample(Tokens tokens) {
        return new Sample(
                "sample/1/p1/0",
                Problems.numbered(1).getFirst(),
                "ab",
                tokens,
                new Finish.Stopped(),
                new Sampling(1, 8),
                "base",
                new Origin.Fresh(),
                Hint.NONE);
    }

    private static Verdict verdict(Sample sample) {
        return new Confidence()
                .judge(Group.of(List.of(sample)), new ScratchRun(1, Path.of("scratch")).step("judge", 1))
                .getFirst()
                .verdict();
    }

    /// The square root of 0.5 * 0.125.
    @Test
    void it_is_the_geometric_mean_of_the_drawn_tokens_probabilities() {
        assertThat(verdict(goodSample()))
                .isInstanceOfSatisfying(
                        Verdict.Scored.class,
                        scored -> assertThat(scored.value()).isCloseTo(0.25, Offset.offset(1e-7)));
    }

    @Test
    void tokens_that_somebody_else_wrote_do_not_count() {
        Tokens forced = Tokens.scored(Author.DRAFT, new int[] {7}, new float[] {-30f})
                .plus(Tokens.scored(Author.MODEL, new int[] {1}, new float[] {0f}));
        assertThat(verdict(sample(forced))).isEqualTo(new Verdict.Scored(1, "mean log-probability of a token 0.0"));
        assertThat(verdict(sample(Tokens.by(Author.TOOL, 3)))).isInstanceOf(Verdict.Unjudged.class);
    }
}
