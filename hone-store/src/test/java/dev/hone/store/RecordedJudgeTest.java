package dev.hone.store;

import static dev.hone.store.TestStore.BASE;
import static dev.hone.store.TestStore.drawn;
import static dev.hone.store.TestStore.prompts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Verdict;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.HoneException;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedJudgeTest {
    private final TestStore records;

    RecordedJudgeTest(@TempDir Path folder) {
        this.records = new TestStore(folder);
    }

    @Test
    void right_and_kept_are_counted_in_the_step_that_drew_whichever_step_said_so() {
        Judge right = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "exam", Verdict.right("so it is")))
                .toList();
        Selector all = (judged, _) -> judged.stream()
                .map(each -> new Decision(each, Fate.KEPT, "any"))
                .toList();
        try (RecordedRun run = records.start()) {
            List<Group> groups = Group.of(drawn(run, run.step("sample", 1)));
            run.record("another", right).judge(groups, run.step("sample", 1));
            assertThat(records.store().counts(run.id())).containsExactly(new StepCount("sample", 1, 6, 0, 0));
            List<Judged> some = run.record(right).judge(groups.subList(0, 1), run.step("judge", 1));
            run.record(all).select(some, run.step("select", 1));
            assertThat(records.store().counts(run.id())).containsExactly(new StepCount("sample", 1, 6, 2, 2));
        }
    }

    @Test
    void verdicts_of_every_judge_and_decisions_of_every_selector_are_kept_with_their_reasons() {
        Judge length = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "length", new Verdict.Scored(-0.0, "short")))
                .toList();
        Judge mute = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "mute", new Verdict.Unjudged("no opinion")))
                .toList();
        Selector odd = (judged, _) -> judged.stream()
                .map(each -> new Decision(each, each.sample().id().endsWith("1") ? Fate.KEPT : Fate.DROPPED, "index"))
                .toList();
        List<List<Decision>> both = records.twice(run -> {
            Step step = run.step("sample", 1);
            List<Group> groups = Group.of(drawn(run, step));
            run.record("second", mute).judge(groups, step);
            return run.record(odd).select(run.record(length).judge(groups, step), step);
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        String id = records.store().runs().getFirst().id();
        assertThat(records.store().counts(id)).containsExactly(new StepCount("sample", 1, 6, 0, 3));
        try (Stream<RecordedSample> samples = records.store().samples(id)) {
            RecordedSample second = samples.skip(1).findFirst().orElseThrow();
            assertThat(second.judgements())
                    .containsExactlyInAnyOrder(
                            new RecordedSample.Judgement(
                                    "sample", 1, "judge", "length", new Verdict.Scored(-0.0, "short")),
                            new RecordedSample.Judgement(
                                    "sample", 1, "second", "mute", new Verdict.Unjudged("no opinion")));
            assertThat(second.choices())
                    .containsExactly(new RecordedSample.Choice("sample", 1, "selector", Fate.KEPT, "index"));
        }
    }

    @Test
    void every_kind_of_verdict_comes_back_to_the_bit() {
        List<Verdict> kinds = List.of(
                new Verdict.Scored(0.1 + 0.2, "sum"),
                new Verdict.Rewarded(-17.000000000000004, "raw"),
                new Verdict.Stepwise(List.of(0.1 + 0.2, 1.0, 0.0), "steps"),
                new Verdict.Unjudged("cut"));
        Judge all = (groups, _) -> {
            List<Judged> judged = new ArrayList<>();
            for (Group group : groups) {
                for (Sample sample : group.samples()) {
                    judged.add(new Judged(sample, "all", kinds.get(judged.size() % kinds.size())));
                }
            }
            return judged;
        };
        List<List<Judged>> both = records.twice(run -> {
            Step step = run.step("sample", 1);
            return run.record(all).judge(Group.of(drawn(run, step)), step);
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        assertThat(both.get(1)).extracting(Judged::verdict).containsAll(kinds);
    }

    @Test
    void two_judges_need_two_names() {
        try (RecordedRun run = records.start()) {
            Judge one = (_, _) -> List.of();
            Judge two = (_, _) -> List.of();
            run.record(one);
            run.record(one);
            assertThatThrownBy(() -> run.record(two)).hasMessageContaining("a name of its own");
        }
    }

    @Test
    void a_sample_that_a_method_made_itself_is_put_on_record_when_it_is_judged() {
        try (RecordedRun run = records.start()) {
            Step step = run.step("sample", 1);
            Sample made = new ScriptedGenerator((_, _, _, _) -> "stitched")
                    .generate(BASE, prompts(1), run.step("stitch", 1))
                    .getFirst();
            Judge judge = run.record((Judge) (groups, _) -> groups.stream()
                    .flatMap(group -> group.samples().stream())
                    .map(sample -> new Judged(sample, "yes", Verdict.right("yes")))
                    .toList());
            judge.judge(Group.of(List.of(made)), step);
            try (Stream<RecordedSample> samples = records.store().samples(run.id())) {
                assertThat(samples.map(RecordedSample::sample)).containsExactly(made);
            }
            Sample changed = new Sample(
                    made.id(),
                    made.problem(),
                    "another text",
                    made.tokens(),
                    made.finish(),
                    made.sampling(),
                    made.model(),
                    made.origin(),
                    made.hint());
            assertThatThrownBy(() -> judge.judge(Group.of(List.of(changed)), run.step("again", 1)))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContainingAll(made.id(), "another text");
        }
    }
}
