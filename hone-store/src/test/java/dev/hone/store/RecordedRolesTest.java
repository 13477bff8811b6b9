package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Author;
import dev.hone.data.Cost;
import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples;
import dev.hone.data.Figure;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Lineage;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Origin;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Report;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Split;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.measure.Exam;
import dev.hone.run.HoneException;
import dev.hone.run.RunEvent;
import dev.hone.run.Seed;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import dev.hone.testkit.Problems;
import dev.hone.testkit.ScriptedGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedRolesTest {
    private static final Model BASE = Problems.model("base");
    private static final List<Problem> PROBLEMS = Problems.numbered(3);
    private static final Sampling PLAIN = new Sampling(1, 20);

    private final Path folder;

    private final List<RunEvent> events = new ArrayList<>();
    private final Store store;

    RecordedRolesTest(@TempDir Path folder) {
        this.folder = folder;
        this.store = Store.open(folder.resolve("hone.db"));
    }

    private RecordedRun start() {
        return store.start(CutRunTest.PLAN, events::add, () -> false);
    }

    /// Does the same in a first and in a second start of one run.
    private <T> List<T> twice(Function<RecordedRun, T> work) {
        T first;
        String id;
        try (RecordedRun run = start()) {
            id = run.id();
            first = work.apply(run);
        }
        try (RecordedRun run = store.resume(id, events::add, () -> false)) {
            return List.of(first, work.apply(run));
        }
    }

    private static List<Prompt> prompts(int samples) {
        return PROBLEMS.stream()
                .map(problem -> Prompt.of(problem, samples, PLAIN))
                .toList();
    }

    private static List<Sample> drawn(RecordedRun run, Step step) {
        return run.record(
                        new ScriptedGenerator(
                                (_, prompt, index, _) -> prompt.problem().id() + index),
                        Phase.SAMPLE)
                .generate(BASE, prompts(2), step);
    }

    @Test
    void a_step_has_the_seed_of_its_name_and_round_and_a_folder_of_its_own() {
        try (RecordedRun run = start()) {
            Step step = run.step("sample", 3);
            assertThat(step.seed()).isEqualTo(new Seed(42).derive("sample").derive(3));
            assertThat(step.folder()).isEqualTo(run.folder().resolve("work").resolve("sample-3"));
            assertThatThrownBy(() -> run.step("../x", 1)).hasMessageContaining("slash");
        }
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
            try (RecordedRun run = start()) {
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
        try (RecordedRun run = start()) {
            run.record(Loop.small(() -> {}).generator(), Phase.SAMPLE, 2).generate(BASE, prompts(5), run.step("s", 1));
        }
        assertThat(events.stream().filter(RunEvent.Progress.class::isInstance).map(RunEvent.Progress.class::cast))
                .extracting(RunEvent.Progress::done, RunEvent.Progress::total, RunEvent.Progress::unit)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(10L, 15L, "samples"),
                        org.assertj.core.groups.Tuple.tuple(15L, 15L, "samples"));
    }

    @Test
    void a_prompt_that_wants_more_samples_than_are_there_keeps_the_first() {
        AtomicInteger calls = new AtomicInteger();
        try (RecordedRun run = start()) {
            Generator generator =
                    run.record(new ScriptedGenerator((_, _, _, _) -> "text " + calls.incrementAndGet()), Phase.SAMPLE);
            Step step = run.step("sample", 1);
            List<Sample> two = generator.generate(BASE, prompts(2), step);
            List<Sample> three = generator.generate(BASE, prompts(3), step);
            assertThat(three).containsAll(two).hasSize(9);
            assertThat(generator.generate(BASE, prompts(3), step)).isEqualTo(three);
            assertThat(store.counts(run.id())).containsExactly(new StepCount("sample", 1, 9, 0, 0));
        }
    }

    @Test
    void forced_prefixes_and_hints_come_back_as_they_were() {
        Tokens kept = Tokens.scored(Author.DRAFT, new int[] {1, 2}, new float[] {-0.1f, -0.2f})
                .plus(Tokens.by(Author.TOOL, 3));
        List<Prompt> prompts = List.of(
                new Prompt(PROBLEMS.get(0), 2, PLAIN, new Origin.Forked("sample/1/p1/0", kept)),
                new Prompt(PROBLEMS.get(0), 2, PLAIN, new Origin.Fresh()));
        Generator scripted = new ScriptedGenerator((_, _, index, _) -> "x" + index);
        Generator hinted = (model, asked, step) -> scripted.generate(model, asked, step).stream()
                .map(sample -> new Sample(
                        sample.id(),
                        sample.problem(),
                        sample.text(),
                        sample.tokens(),
                        sample.finish(),
                        sample.sampling(),
                        sample.model(),
                        sample.origin(),
                        Hint.SHOWN))
                .toList();
        List<List<Sample>> both =
                twice(run -> run.record(hinted, Phase.SAMPLE).generate(BASE, prompts, run.step("sample", 1)));
        assertThat(both.get(1)).isEqualTo(both.get(0)).allMatch(sample -> sample.hint() == Hint.SHOWN);
        try (Stream<RecordedSample> samples =
                store.samples(store.runs().getFirst().id())) {
            assertThat(samples.map(RecordedSample::sample)).isEqualTo(both.get(0));
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
        List<List<Judged>> both = twice(run -> {
            Step step = run.step("sample", 1);
            return run.record(judge)
                    .judge(Group.of(run.record(generator, Phase.SAMPLE).generate(BASE, prompts(5), step)), step);
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        try (Stream<RecordedSample> samples =
                store.samples(store.runs().getFirst().id())) {
            assertThat(samples.limit(5).map(each -> each.sample().text())).isEqualTo(texts);
        }
    }

    @Test
    void what_does_not_fit_the_record_is_refused_and_never_mixed() {
        try (RecordedRun run = start()) {
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
        try (RecordedRun run = start()) {
            Generator generator = run.record(new ScriptedGenerator((_, _, _, _) -> "x"), Phase.SAMPLE);
            generator.generate(BASE, prompts(1), run.step("plain", 1));
            generator.generate(BASE, List.of(Prompt.of(hinted, 1, PLAIN)), run.step("hinted", 1));
            try (Stream<RecordedSample> samples = store.samples(run.id())) {
                assertThat(samples.map(each -> each.sample().problem()))
                        .containsExactly(PROBLEMS.get(0), PROBLEMS.get(1), PROBLEMS.get(2), hinted);
            }
        }
    }

    @Test
    void a_generator_that_breaks_its_contract_leaves_nothing_behind() {
        try (RecordedRun run = start()) {
            Generator careless = run.record(
                    (Generator) (model, asked, step) ->
                            new ScriptedGenerator((_, _, _, _) -> "x").generate(Problems.model("wrong"), asked, step),
                    Phase.SAMPLE);
            assertThatThrownBy(() -> careless.generate(BASE, prompts(1), run.step("sample", 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContainingAll("sample/1/p1/0", "of model base");
            assertThat(store.counts(run.id())).isEmpty();
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
        List<List<Decision>> both = twice(run -> {
            Step step = run.step("sample", 1);
            List<Group> groups = Group.of(drawn(run, step));
            run.record("second", mute).judge(groups, step);
            return run.record(odd).select(run.record(length).judge(groups, step), step);
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        String id = store.runs().getFirst().id();
        assertThat(store.counts(id)).containsExactly(new StepCount("sample", 1, 6, 0, 3));
        try (Stream<RecordedSample> samples = store.samples(id)) {
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
        List<List<Judged>> both = twice(run -> {
            Step step = run.step("sample", 1);
            return run.record(all).judge(Group.of(drawn(run, step)), step);
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        assertThat(both.get(1)).extracting(Judged::verdict).containsAll(kinds);
    }

    @Test
    void two_judges_need_two_names() {
        try (RecordedRun run = start()) {
            Judge one = (_, _) -> List.of();
            Judge two = (_, _) -> List.of();
            run.record(one);
            run.record(one);
            assertThatThrownBy(() -> run.record(two)).hasMessageContaining("a name of its own");
        }
    }

    @Test
    void a_sample_that_a_method_made_itself_is_put_on_record_when_it_is_judged() {
        try (RecordedRun run = start()) {
            Step step = run.step("sample", 1);
            Sample made = new ScriptedGenerator((_, _, _, _) -> "stitched")
                    .generate(BASE, prompts(1), run.step("stitch", 1))
                    .getFirst();
            Judge judge = run.record((Judge) (groups, _) -> groups.stream()
                    .flatMap(group -> group.samples().stream())
                    .map(sample -> new Judged(sample, "yes", Verdict.right("yes")))
                    .toList());
            judge.judge(Group.of(List.of(made)), step);
            try (Stream<RecordedSample> samples = store.samples(run.id())) {
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

    private static Learned learn(RecordedRun run, Learner learner, String text) {
        return run.record(learner)
                .learn(
                        Start.fresh(BASE),
                        new Examples.Demonstrations(List.of(
                                Demonstration.of("d", PROBLEMS.getFirst().prompt(), text))),
                        new Objective.Sft(),
                        Loop.training(),
                        run.step("learn", 1));
    }

    /// Makes a folder, whatever it is asked.
    private record Fixed(Path models) implements Learner {
        @Override
        public <E extends Examples> Learned learn(
                Start start, E examples, Objective<E> objective, Training training, Step step) {
            try {
                Files.createDirectories(step.folder().resolve("deep"));
                Files.writeString(step.folder().resolve("deep").resolve("state"), "state");
                URI location = Files.createDirectories(models.resolve("m1")).toUri();
                return new Learned(
                        new Model("m1", location, new Lineage.Learned("base", step.run(), "learn", 1)),
                        List.of(Double.NaN, -0.0, 1.0 / 3),
                        7);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void leftover(Step step) {
        try {
            Files.writeString(Files.createDirectories(step.folder()).resolve("checkpoint"), "old");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void what_was_learned_is_read_equal_and_the_work_folder_is_gone() {
        List<Learned> both = twice(run -> {
            leftover(run.step("learn", 1)); // as if the process had died before it was removed
            Learned learned = learn(run, new Fixed(run.folder().resolve("models")), "yes");
            assertThat(run.step("learn", 1).folder()).doesNotExist();
            return learned;
        });
        assertThat(both.get(1)).isEqualTo(both.get(0));
        assertThat(store.learned(store.runs().getFirst().id()))
                .containsExactly(new LearnedStep("learn", 1, both.get(0)));
    }

    @Test
    void a_finished_step_with_other_examples_or_without_its_model_is_refused() throws IOException {
        try (RecordedRun run = start()) {
            Fixed learner = new Fixed(run.folder().resolve("models"));
            learn(run, learner, "yes");
            assertThatThrownBy(() -> learn(run, learner, "no"))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContainingAll("learn/1", "another start, examples, objective or training");
            Files.delete(run.folder().resolve("models").resolve("m1"));
            assertThatThrownBy(() -> learn(run, learner, "yes"))
                    .isInstanceOf(HoneException.class)
                    .hasMessageContainingAll("m1", "is not at", "put the folder back");
        }
    }

    @Test
    void a_report_is_read_back_equal_to_the_last_bit() {
        Report report = new Report(
                "odd@1",
                "base",
                List.of(
                        new Figure("change", -0.0, Double.NaN, Double.NEGATIVE_INFINITY, 3),
                        new Figure("a", 1.0 / 3, 0, 1, 3)),
                new TreeMap<>(Map.of("a", List.of(1.0, -0.0, Double.NaN), "empty", List.of())),
                new Cost(1, 2, 3, Long.MAX_VALUE));
        AtomicInteger calls = new AtomicInteger();
        Exam exam = (_, _) -> {
            calls.incrementAndGet();
            return report;
        };
        List<Report> both = twice(run -> run.record(exam).examine(BASE, run.step("exam", 0)));
        assertThat(both).containsExactly(report, report);
        assertThat(calls).hasValue(1);
        try (RecordedRun run = store.resume(store.runs().getFirst().id(), events::add, () -> false)) {
            assertThatThrownBy(() -> run.record(exam).examine(Problems.model("tuned"), run.step("exam", 0)))
                    .hasMessageContainingAll("exam/0", "another model (base)");
        }
    }

    @Test
    void offered_models_health_and_notes_are_kept_once() {
        twice(run -> {
            run.offer(1, BASE);
            run.tell(new RunEvent.RoundHealth(1, new TreeMap<>(Map.of("right", 0.25, "log-prob", -0.0))));
            run.tell(new RunEvent.Note(1, "nothing was right"));
            return run.id();
        });
        String id = store.runs().getFirst().id();
        assertThat(store.offered(id)).containsExactly(new RunEvent.Offered(1, BASE));
        assertThat(store.health(id)).isEqualTo(Map.of(1, Map.of("right", 0.25, "log-prob", -0.0)));
        assertThat(store.notes(id)).containsExactly(new RunEvent.Note(1, "nothing was right"));
        try (RecordedRun run = store.resume(id, events::add, () -> false)) {
            assertThatThrownBy(() -> run.offer(1, Problems.model("tuned"))).hasMessageContaining("round 1");
        }
    }

    @Test
    void each_step_is_told_to_be_done_once_a_start() {
        try (RecordedRun run = start()) {
            Loop.small(() -> {}).run(run);
        }
        assertThat(events.stream()
                        .filter(RunEvent.StepDone.class::isInstance)
                        .map(RunEvent.StepDone.class::cast)
                        .map(done -> done.step() + " " + done.round()))
                .containsExactly(
                        "sample 1",
                        "learn 1",
                        "sample 2",
                        "learn 2",
                        "exam 0",
                        "exam-greedy 0",
                        "exam 1",
                        "exam-greedy 1",
                        "exam 2",
                        "exam-greedy 2");
    }

    @Test
    void a_role_given_the_step_of_another_run_refuses() {
        try (RecordedRun one = start();
                RecordedRun two = start()) {
            assertThatThrownBy(() -> drawn(one, two.step("sample", 1))).hasMessageContaining(two.id());
        }
    }

    @Test
    void a_reader_sees_what_is_committed_while_a_writer_is_in_the_middle() {
        Store reader = Store.open(folder.resolve("hone.db"));
        List<Long> seen = new ArrayList<>();
        try (RecordedRun run = start()) {
            Generator watched = (model, asked, step) -> {
                seen.add(reader.counts(run.id()).stream()
                        .mapToLong(StepCount::samples)
                        .sum());
                return new ScriptedGenerator((_, _, _, _) -> "x").generate(model, asked, step);
            };
            Step step = run.step("sample", 1);
            List<Sample> drawn = run.record(watched, Phase.SAMPLE, 1).generate(BASE, prompts(2), step);
            assertThat(seen).containsExactly(0L, 2L, 4L);
            try (Stream<RecordedSample> open = reader.samples(run.id())) {
                var samples = open.iterator();
                assertThat(samples.next().sample()).isEqualTo(drawn.getFirst());
                run.record(new ScriptedGenerator((_, _, _, _) -> "y"), Phase.SAMPLE)
                        .generate(BASE, prompts(2), run.step("sample", 2));
                int rest = 0;
                for (; samples.hasNext(); rest++) {
                    samples.next();
                }
                assertThat(rest).as("as of the moment it was opened").isEqualTo(5);
            }
            assertThat(reader.counts(run.id())).hasSize(2);
        }
    }
}
