package dev.hone.store;

import static dev.hone.store.TestStore.BASE;
import static dev.hone.store.TestStore.PLAIN;
import static dev.hone.store.TestStore.PROBLEMS;
import static dev.hone.store.TestStore.prompts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Part;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Role;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedGeneratorTest {
    private final Path folder;
    private final TestStore records;

    RecordedGeneratorTest(@TempDir Path folder) {
        this.folder = folder;
        this.records = new TestStore(folder);
    }

    @Test
    void what_a_method_drew_is_counted_by_step_without_forced_tokens_and_without_what_was_measured() {
        Tokens kept = Tokens.by(Author.FORCED, 1, 2, 3);
        Prompt forced = new Prompt(PROBLEMS.getFirst(), 2, PLAIN, new Origin.Forked("parent", kept));
        String id;
        try (RecordedRun run = records.start()) {
            id = run.id();
            Generator five = new ScriptedGenerator((_, _, _, _) -> "fives");
            run.record(five, Phase.SAMPLE).generate(BASE, prompts(2), run.step("sample", 1));
            run.record(five, Phase.SAMPLE).generate(BASE, List.of(forced), run.step("more", 1));
            run.record(five, Phase.MEASURE).generate(BASE, prompts(1), run.step("exam", 1));
        }

        assertThat(records.store().drawn(id))
                .containsExactly(new DrawnStep("sample", 1, 6, 30), new DrawnStep("more", 1, 2, 10));
    }

    @Test
    void once_its_tokens_are_spent_a_run_draws_no_more_and_says_where_that_began_however_often_it_is_cut() {
        RunEvent.Note note = new RunEvent.Note(
                1,
                "the budget of 11 tokens is spent: 4 of the 6 samples of step sample were drawn, and none from here on");
        for (int cut = 0; cut < 3; cut++) {
            String id;
            try (RecordedRun run = records.start()) {
                id = run.id();
                if (cut > 0) {
                    limited(run).generate(BASE, prompts(2).subList(0, cut), run.step("sample", 1));
                }
            }
            records.events().clear();
            try (RecordedRun run = records.store().resume(id, records.events()::add, () -> false)) {
                Generator five = limited(run);
                assertThat(five.generate(BASE, prompts(2), run.step("sample", 1)))
                        .extracting(Sample::text)
                        .containsExactly("fives", "fives", "fives", "fives", "", "");
                assertThat(five.generate(BASE, prompts(1), run.step("sample", 2)))
                        .extracting(Sample::finish)
                        .containsOnly(new Finish.Failed("the budget of 11 tokens is spent"));
                assertThat(run.record(new ScriptedGenerator((_, _, _, _) -> "fives"), Phase.MEASURE)
                                .generate(BASE, prompts(1), run.step("exam", 1)))
                        .extracting(Sample::text)
                        .containsOnly("fives");
            }
            assertThat(records.store().drawn(id))
                    .containsExactly(new DrawnStep("sample", 1, 6, 20), new DrawnStep("sample", 2, 3, 0));
            assertThat(records.events())
                    .filteredOn(RunEvent.Note.class::isInstance)
                    .containsExactly(note);
            assertThat(records.store().notes(id)).containsExactly(note);
        }
    }

    private static Generator limited(RecordedRun run) {
        return run.limited(new ScriptedGenerator((_, _, _, _) -> "fives"), 1, 11);
    }

    @Test
    void samples_come_back_prompt_by_prompt_whatever_the_batch() {
        List<Sample> plain = new ScriptedGenerator(
                        (_, prompt, index, seed) -> prompt.problem().id() + index + seed)
                .generate(
                        BASE,
                        prompts(4),
                        new Step("", "sample", 1, new Seed(42).derive("sample").derive(1), folder, _ -> {}, () -> {}));
        for (int batch = 1; batch <= 4; batch++) {
            try (RecordedRun run = records.start()) {
                Generator generator = run.record(
                        new ScriptedGenerator(
                                (_, prompt, index, seed) -> prompt.problem().id() + index + seed),
                        Phase.SAMPLE,
                        batch);
                assertThat(generator.generate(BASE, prompts(4), run.step("sample", 1)))
                        .isEqualTo(plain);
            }
        }
    }

    @Test
    void progress_counts_the_samples_of_the_step() {
        try (RecordedRun run = records.start()) {
            run.record(Loop.small(() -> {}).generator(), Phase.SAMPLE, 2).generate(BASE, prompts(5), run.step("s", 1));
        }
        assertThat(records.events().stream()
                        .filter(RunEvent.Progress.class::isInstance)
                        .map(RunEvent.Progress.class::cast))
                .extracting(RunEvent.Progress::done, RunEvent.Progress::total, RunEvent.Progress::unit)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 15L, "samples"),
                        org.assertj.core.groups.Tuple.tuple(15L, 15L, "samples"));
    }

    @Test
    void a_prompt_that_wants_more_samples_than_are_there_keeps_the_first() {
        AtomicInteger calls = new AtomicInteger();
        try (RecordedRun run = records.start()) {
            Generator generator =
                    run.record(new ScriptedGenerator((_, _, _, _) -> "text " + calls.incrementAndGet()), Phase.SAMPLE);
            Step step = run.step("sample", 1);
            List<Sample> two = generator.generate(BASE, prompts(2), step);
            List<Sample> three = generator.generate(BASE, prompts(3), step);
            assertThat(three).containsAll(two).hasSize(9);
            assertThat(generator.generate(BASE, prompts(3), step)).isEqualTo(three);
            assertThat(records.store().counts(run.id())).containsExactly(new StepCount("sample", 1, 9, 0, 0));
        }
    }

    @Test
    void forced_prefixes_and_hints_come_back_as_they_were() {
        Tokens kept = Tokens.scored(Author.DRAFT, new int[] {1, 2}, new float[] {-0.1f, -0.2f})
                .plus(Tokens.by(Author.TOOL, 3));
        Prompt plain = prompts(2).getFirst();
        List<Message> odd = List.of(
                new Message(Role.SYSTEM, List.of(new Part.Text(""), new Part.ToolCall("c", "add", "{}"))),
                Message.user("cut \uD83D"));
        List<Prompt> prompts = List.of(
                new Prompt(plain.problem(), 2, PLAIN, new Origin.Forked("sample/1/p1/0", kept)),
                plain,
                plain.begunWith("gold", "one\n"),
                plain.begunWith("gold", "cut \uD83D"),
                plain.showing(List.of(Message.user("say 1 (it is 1)"))),
                plain.showing(odd).begunWith("gold", "one\n"));
        Generator scripted = new ScriptedGenerator((_, _, index, _) -> "x" + index);
        List<List<Sample>> both =
                records.twice(run -> run.record(scripted, Phase.SAMPLE).generate(BASE, prompts, run.step("sample", 1)));
        assertThat(both.get(1)).isEqualTo(both.get(0)).hasSize(12);
        assertThat(both.get(0))
                .extracting(Sample::hint)
                .containsSequence(Hint.NONE, new Hint.Shown(List.of(Message.user("say 1 (it is 1)"))))
                .endsWith(new Hint.Shown(odd));
        try (Stream<RecordedSample> samples =
                records.store().samples(records.store().runs().getFirst().id())) {
            assertThat(samples.map(RecordedSample::sample)).isEqualTo(both.get(0));
        }
    }

    @Test
    void a_hint_that_was_not_asked_for_breaks_the_contract() {
        Generator generous = (model, asked, step) -> new ScriptedGenerator((_, _, _, _) -> "x")
                .generate(model, asked, step).stream()
                        .map(sample -> new Sample(
                                sample.id(),
                                sample.problem(),
                                sample.text(),
                                sample.tokens(),
                                sample.finish(),
                                sample.sampling(),
                                sample.model(),
                                sample.origin(),
                                new Hint.Shown(List.of(Message.user("say 1")))))
                        .toList();
        try (RecordedRun run = records.start()) {
            assertThatThrownBy(() -> run.record(generous, Phase.SAMPLE).generate(BASE, prompts(1), run.step("s", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("hint");
        }
    }

    @Test
    void any_text_comes_back_as_it_was() {
        List<String> texts = List.of("", "a\u0000b", "\uD83D\uDE00", "cut \uD83D", "\uDE00 first");
        Generator generator = new ScriptedGenerator((_, _, index, _) -> texts.get(index));
        Judge judge = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "yes", Verdict.right("yes")))
                .toList();
        List<List<Judged>> both = records.twice(run -> {
            Step step = run.step("sample", 1);
            return run.record(judge)
                    .judge(Group.of(run.record(generator, Phase.SAMPLE).generate(BASE, prompts(5), step)), step);
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        try (Stream<RecordedSample> samples =
                records.store().samples(records.store().runs().getFirst().id())) {
            assertThat(samples.limit(5).map(each -> each.sample().text())).isEqualTo(texts);
        }
    }

    @Test
    void what_does_not_fit_the_record_is_refused_and_never_mixed() {
        try (RecordedRun run = records.start()) {
            Generator generator = run.record(new ScriptedGenerator((_, _, _, _) -> "x"), Phase.SAMPLE);
            Step step = run.step("sample", 1);
            generator.generate(BASE, prompts(1), step);
            Problem other = new Problem(
                    "p1", List.of(Message.user("another")), new Reference.None(), Split.TRAIN, new TreeMap<>());
            for (Map.Entry<Model, Prompt> asked : List.of(
                    Map.entry(Problems.model("tuned"), prompts(1).getFirst()),
                    Map.entry(BASE, Prompt.of(other, 1, PLAIN)),
                    Map.entry(BASE, Prompt.of(PROBLEMS.getFirst(), 1, new Sampling(0.5, 20))),
                    Map.entry(BASE, Prompt.of(PROBLEMS.getFirst(), 1, PLAIN.stoppingAt("."))))) {
                assertThatThrownBy(() -> generator.generate(asked.getKey(), List.of(asked.getValue()), step))
                        .isInstanceOf(HoneException.class)
                        .hasMessageContainingAll("sample/1/p1/0", "on record with another", "start a new run");
            }
            Prompt once = prompts(1).getFirst();
            assertThatThrownBy(() -> generator.generate(BASE, List.of(once, once), step))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("twice");
        }
    }

    @Test
    void the_same_problem_asked_in_another_way_in_another_step_is_kept_beside() {
        Problem hinted = new Problem(
                "p1",
                List.of(Message.user("say 1, hint: 1")),
                PROBLEMS.getFirst().reference(),
                Split.TRAIN,
                new TreeMap<>());
        try (RecordedRun run = records.start()) {
            Generator generator = run.record(new ScriptedGenerator((_, _, _, _) -> "x"), Phase.SAMPLE);
            generator.generate(BASE, prompts(1), run.step("plain", 1));
            generator.generate(BASE, List.of(Prompt.of(hinted, 1, PLAIN)), run.step("hinted", 1));
            try (Stream<RecordedSample> samples = records.store().samples(run.id())) {
                assertThat(samples.map(each -> each.sample().problem()))
                        .containsExactly(PROBLEMS.get(0), PROBLEMS.get(1), PROBLEMS.get(2), hinted);
            }
        }
    }

    @Test
    void a_generator_that_breaks_its_contract_leaves_nothing_behind() {
        try (RecordedRun run = records.start()) {
            Generator careless = run.record(
                    (Generator) (model, asked, step) ->
                            new ScriptedGenerator((_, _, _, _) -> "x").generate(Problems.model("wrong"), asked, step),
                    Phase.SAMPLE);
            assertThatThrownBy(() -> careless.generate(BASE, prompts(1), run.step("sample", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("sample/1/p1/0", "of model base");
            assertThat(records.store().counts(run.id())).isEmpty();
        }
    }
}
