package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every judge must do.
public interface JudgeContract {
    Judge judge();

    /// A sample that deserves a full mark, or the best that the judge gives.
    Sample goodSample();

    private Verdict verdict(Sample sample) {
        return judge().judge(Group.of(List.of(sample)), new ScratchRun(1, Path.of("scratch")).step("judge", 1))
                .getFirst()
                .verdict();
    }

    private Sample finished(Finish finish) {
        Sample good = goodSample();
        return new Sample(
                good.id(),
                good.problem(),
                good.text(),
                good.tokens(),
                finish,
                good.sampling(),
                good.model(),
                good.origin(),
                good.hint());
    }

    @Test
    default void a_truncated_sample_is_unjudged_not_zero() {
        assertThat(verdict(finished(new Finish.Truncated(16)))).isInstanceOf(Verdict.Unjudged.class);
    }

    @Test
    default void a_failed_sample_is_unjudged_with_its_reason() {
        assertThat(verdict(finished(new Finish.Failed("no such character"))).because())
                .contains("no such character");
    }

    @Test
    default void a_good_sample_is_judged() {
        assertThat(verdict(goodSample())).isNotInstanceOf(Verdict.Unjudged.class);
    }

    @Test
    default void there_is_one_verdict_a_sample_in_their_order() {
        Sample good = goodSample();
        Sample cut = finished(new Finish.Truncated(16));
        List<Judged> judged = judge().judge(
                        List.of(new Group(good.problem(), List.of(good, cut, good))),
                        new ScratchRun(1, Path.of("scratch")).step("judge", 1));
        assertThat(judged).extracting(Judged::sample).containsExactly(good, cut, good);
    }
}
