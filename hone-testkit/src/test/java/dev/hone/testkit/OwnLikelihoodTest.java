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
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.judge.OwnLikelihood;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnLikelihoodTest implements JudgeContract {

    @Override
    public Judge judge() {
        return new OwnLikelihood();
    }

    @Override
    public Sample goodSample() {
        return sample(Tokens.scored(Author.MODEL, new int[] {1, 2}, new float[] {-0.5f, -2f}));
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
        return new OwnLikelihood()
                .judge(Group.of(List.of(sample)), new ScratchRun(1, Path.of("scratch")).step("judge", 1))
                .getFirst()
                .verdict();
    }

    @Test
    void it_is_the_sum_over_the_tokens_that_the_model_drew() {
        assertThat(verdict(goodSample())).isEqualTo(new Verdict.Rewarded(-2.5, "in nats"));
        Tokens forced = Tokens.scored(Author.DRAFT, new int[] {7}, new float[] {-30f})
                .plus(Tokens.scored(Author.MODEL, new int[] {1}, new float[] {-0.25f}));
        assertThat(verdict(sample(forced))).isEqualTo(new Verdict.Rewarded(-0.25, "in nats"));
        assertThat(verdict(sample(Tokens.by(Author.TOOL, 3)))).isInstanceOf(Verdict.Unjudged.class);
    }
}
