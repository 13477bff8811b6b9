package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.judge.SelfConsistency;
import dev.hone.run.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SelfConsistencyTest implements JudgeContract {
    private static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);

    @Override
    public Judge judge() {
        return new SelfConsistency(sample -> sample.text().equals("?")
                ? Optional.empty()
                : Optional.of(sample.text().strip()));
    }

    @Override
    public Sample goodSample() {
        return samples("7").getFirst();
    }

    private static List<Sample> samples(String... texts) {
        return new ScriptedGenerator((_, _, index, _) -> texts[index])
                .generate(
                        Problems.model("m"),
                        List.of(Prompt.of(Problems.numbered(1).getFirst(), texts.length, new Sampling(1, 8))),
                        STEP);
    }

    @Test
    void it_is_the_share_of_all_samples_that_answer_the_same() {
        List<Judged> judged = judge().judge(Group.of(samples("7", "7 ", "8", "?")), STEP);

        assertThat(judged)
                .extracting(Judged::verdict)
                .satisfiesExactly(
                        first -> assertThat(((Verdict.Scored) first).value()).isEqualTo(0.5),
                        second -> assertThat(((Verdict.Scored) second).value()).isEqualTo(0.5),
                        third -> assertThat(((Verdict.Scored) third).value()).isEqualTo(0.25),
                        fourth -> assertThat(fourth).isInstanceOf(Verdict.Unjudged.class));
    }

    @Test
    void what_was_cut_short_has_no_vote() {
        List<Judged> judged = judge().judge(Group.of(samples("7", "7 but this is too long")), STEP);

        assertThat(((Verdict.Scored) judged.getFirst().verdict()).value()).isEqualTo(0.5);
    }
}
