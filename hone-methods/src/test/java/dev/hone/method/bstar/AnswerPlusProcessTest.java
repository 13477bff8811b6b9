package dev.hone.method.bstar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Verdict;
import dev.hone.generate.Prompt;
import dev.hone.judge.Confidence;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.judge.ReferenceJudge;
import dev.hone.run.Step;
import dev.hone.testkit.JudgeContract;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScratchRun;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerPlusProcessTest implements JudgeContract {
    private static final Step STEP = new ScratchRun(1, Path.of("scratch")).step("sample", 1);
    private static final Judge ANSWERS = new ReferenceJudge(Map.of());

    @Override
    public Judge judge() {
        return new AnswerPlusProcess(ANSWERS, new Confidence());
    }

    @Override
    public Sample goodSample() {
        return sample("1");
    }

    private static Sample sample(String text) {
        return new ScriptedGenerator((_, _, _, _) -> text)
                .generate(
                        Problems.model("base"),
                        List.of(Prompt.of(Problems.numbered(1).getFirst(), 1, new Sampling(1, 16))),
                        STEP)
                .getFirst();
    }

    private static Judge always(Verdict verdict) {
        return (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "always", verdict))
                .toList();
    }

    private static Verdict of(String text, Judge process) {
        return new AnswerPlusProcess(ANSWERS, process)
                .judge(Group.of(List.of(sample(text))), STEP)
                .getFirst()
                .verdict();
    }

    /// 1 + (2 * 0.75 - 1) and 0 + (2 * 0.25 - 1).
    @Test
    void a_score_is_put_on_the_scale_from_minus_one_to_one_and_added() {
        assertThat(of("1", always(new Verdict.Scored(0.75, ""))))
                .isEqualTo(new Verdict.Rewarded(1.5, "answer 1.0, process 0.5"));
        assertThat(of("7", always(new Verdict.Stepwise(List.of(1.0, 0.25), ""))))
                .as("the weakest step")
                .isEqualTo(new Verdict.Rewarded(-0.5, "answer 0.0, process -0.5"));
    }

    @Test
    void what_either_cannot_judge_is_unjudged_and_raw_rewards_are_refused() {
        assertThat(of("1", always(new Verdict.Unjudged("tired")))).isEqualTo(new Verdict.Unjudged("tired"));
        assertThatThrownBy(() -> of("1", always(new Verdict.Rewarded(3, "")))).hasMessageContaining("raw rewards");
    }
}
