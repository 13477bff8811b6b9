package dev.hone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.data.Author;
import dev.hone.data.Decision;
import dev.hone.data.Decision.Fate;
import dev.hone.data.Finish;
import dev.hone.data.Hint;
import dev.hone.data.Judged;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.data.Tokens;
import dev.hone.data.Verdict;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import dev.hone.testkit.Problems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recording must not be felt beside the drawing. Seconds of the processor, not of the clock, so that a busy machine
/// plays no part; the figures are left in `target/store-speed.txt`.
class StoreSpeedTest {
    private static final int SAMPLES = 100_000;

    @TempDir
    private Path folder;

    private static List<Sample> drawn(List<Prompt> prompts, Step step) {
        List<Sample> samples = new ArrayList<>();
        for (Prompt prompt : prompts) {
            for (int i = 0; i < prompt.samples(); i++) {
                SplittableRandom random = Generator.seed(step, prompt, i).random();
                int[] ids = random.ints(20, 0, 50_000).toArray();
                float[] logProbs = new float[20];
                for (int j = 0; j < 20; j++) {
                    logProbs[j] = -random.nextFloat();
                }
                samples.add(new Sample(
                        Generator.id(step, prompt, i),
                        prompt.problem(),
                        "(" + ids[0] + " + " + ids[1] + ") * " + ids[2] + " - " + ids[3] + " = " + ids[4],
                        Tokens.scored(Author.MODEL, ids, logProbs),
                        new Finish.Stopped(),
                        prompt.sampling(),
                        "base",
                        prompt.origin(),
                        Hint.NONE));
            }
        }
        return samples;
    }

    @Test
    void a_hundred_thousand_samples_are_recorded_and_read_in_seconds() throws IOException {
        Map<String, String> seconds = new LinkedHashMap<>();
        Store store = Store.open(folder.resolve("hone.db"));
        List<Prompt> prompts = Problems.numbered(SAMPLES / 16).stream()
                .map(problem -> Prompt.of(problem, 16, new Sampling(1, 24)))
                .toList();
        Generator generator = (_, asked, step) -> drawn(asked, step);
        Judge judge = (groups, _) -> groups.stream()
                .flatMap(group -> group.samples().stream())
                .map(sample -> new Judged(sample, "reference", new Verdict.Scored(1, "reaches 24")))
                .toList();
        Selector selector = (judged, _) -> judged.stream()
                .map(each -> new Decision(each, Fate.KEPT, "score 1.0"))
                .toList();
        String id;
        double total = 0;
        try (RecordedRun run = store.start(CutRunTest.PLAN, _ -> {}, () -> false)) {
            id = run.id();
            total += pass("write", run, generator, judge, selector, prompts, seconds);
        }
        try (RecordedRun run = store.resume(id, _ -> {}, () -> false)) {
            total += pass("read", run, generator, judge, selector, prompts, seconds);
        }
        long start = cpu();
        try (Stream<RecordedSample> samples = store.samples(id)) {
            assertThat(samples.count()).isEqualTo(SAMPLES);
        }
        total += took("stream", start, seconds);
        start = cpu();
        store.digest(id);
        total += took("digest", start, seconds);
        start = cpu();
        assertThat(store.counts(id).getFirst()).isEqualTo(new StepCount("sample", 1, SAMPLES, SAMPLES, SAMPLES));
        total += took("counts", start, seconds);
        seconds.put("bytes", Long.toString(Files.size(folder.resolve("hone.db"))));
        Files.writeString(Path.of("target", "store-speed.txt"), seconds.toString());
        assertThat(total).as("%s", seconds).isLessThan(30);
    }

    private static double pass(
            String how,
            RecordedRun run,
            Generator generator,
            Judge judge,
            Selector selector,
            List<Prompt> prompts,
            Map<String, String> seconds) {
        Step step = run.step("sample", 1);
        long drawing = cpu();
        List<Sample> plain = drawn(prompts, step);
        took(how + ": drawing alone", drawing, seconds);
        long clock = System.nanoTime();
        long start = cpu();
        List<Sample> drawn = run.record(generator, Phase.SAMPLE).generate(Problems.model("base"), prompts, step);
        double total = took(how + " samples", start, seconds);
        assertThat(drawn).isEqualTo(plain);
        start = cpu();
        List<Judged> judged = run.record(judge).judge(Group.of(drawn), step);
        total += took(how + " verdicts", start, seconds);
        start = cpu();
        assertThat(run.record(selector).select(judged, step)).hasSize(SAMPLES);
        total += took(how + " decisions", start, seconds);
        seconds.put(how + ": clock", String.format(Locale.ROOT, "%.2f", (System.nanoTime() - clock) / 1e9));
        return total;
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double took(String what, long start, Map<String, String> seconds) {
        double took = (cpu() - start) / 1e9;
        seconds.put(what, String.format(Locale.ROOT, "%.2f", took));
        return took;
    }
}
