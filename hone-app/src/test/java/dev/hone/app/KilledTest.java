package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.store.RunRecord;
import dev.hone.store.RunStatus;
import dev.hone.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole program with the real engine, in processes of its own, killed with SIGKILL at moments drawn by a seed.
class KilledTest {
    private static final int KILLS = 10;
    private static final long LONGEST_WAIT_MILLIS = 3_000;
    private static final int EXIT_SECONDS = 120;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void a_small_model_is_made() throws IOException {
        Path task = folder.resolve("letters.jsonl");
        Files.write(task, letters());
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), """
                hone: 1
                task: %s
                shape: {characters: "0123456789:ab", hidden: 32, intermediate: 64, layers: 1, heads: 2, context: 16}
                sampling: {max-tokens: 4}
                learning: {steps: 30, batch: 32, rate: 0.01}
                """.formatted(task));
        Files.writeString(folder.resolve("study.yaml"), """
                hone: 1
                task: %s
                rounds: 2
                samples: 4
                sampling: {max-tokens: 4, batch: 8}
                learning: {steps: 60, batch: 32, rate: 0.003}
                validation: {problems: 30}
                exam: {problems: 60, samples: 4}
                """.formatted(task));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Hone.run(
                new Console(out, out, false),
                Workplace.local(),
                "pretrain",
                recipe.toString(),
                "--out",
                folder.resolve("model").toString());
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();
    }

    /// Problems whose answer is one of two letters, so that a model that knows nothing is right now and then.
    private static List<String> letters() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String letter = new SplittableRandom(i).nextBoolean() ? "a" : "b";
            lines.add("{\"prompt\": \"" + i + ":\", \"answer\": \"" + letter + "\", \"worked\": [\"" + letter + "\"]}");
        }
        return lines;
    }

    private static Process hone(Path log, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.hone.app.Hone"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static String[] improve(Path runs) {
        return new String[] {
            "improve",
            "--settings",
            folder.resolve("study.yaml").toString(),
            "--model",
            folder.resolve("model").toString(),
            "--out",
            runs.toString()
        };
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void a_run_that_was_killed_ten_times_ends_like_one_that_was_not() throws Exception {
        Path calm = folder.resolve("calm");
        Path log = folder.resolve("log.txt");
        long begin = System.nanoTime();
        assertThat(end(hone(log, improve(calm)))).as(Files.readString(log)).isZero();
        long calmMillis = (System.nanoTime() - begin) / 1_000_000;

        Path rough = folder.resolve("rough");
        SplittableRandom random = new SplittableRandom(20260101);
        int killed = 0;
        Process process = hone(log, improve(rough));
        while (killed < KILLS) {
            long wait = 200 + random.nextLong(Math.clamp(calmMillis / 2, 1, LONGEST_WAIT_MILLIS));
            if (process.waitFor(wait, TimeUnit.MILLISECONDS)) {
                break;
            }
            process.destroyForcibly().waitFor();
            killed++;
            process = go(log, rough);
        }
        assertThat(end(process)).as(Files.readString(log)).isZero();
        assertThat(killed).as("kills before the run was through").isGreaterThanOrEqualTo(KILLS / 2);

        Store calmStore = RunFolder.existing(calm);
        Store roughStore = RunFolder.existing(rough);
        RunRecord undisturbed = calmStore.runs().getFirst();
        RunRecord survivor = finished(roughStore);
        assertThat(roughStore.digest(survivor.id())).isEqualTo(calmStore.digest(undisturbed.id()));
        assertThat(measured(survivor)).isEqualTo(measured(undisturbed));
        for (int round = 1; round <= 2; round++) {
            assertThat(measured(survivor)
                            .at("/rounds/" + round + "/health/sampler - learner")
                            .doubleValue())
                    .as("nats between sampler and learner in round " + round)
                    .isBetween(0.0, 1e-5);
        }
        assertThat(models(survivor)).hasSizeGreaterThan(5).isEqualTo(models(undisturbed));
        assertThat(models(survivor).keySet()).noneMatch(name -> name.startsWith("optimizer"));
    }

    /// The run goes on; one that was killed before it was on record begins.
    private static Process go(Path log, Path runs) throws IOException {
        List<RunRecord> begun = RunFolder.ifThere(runs).map(Store::runs).orElse(List.of());
        if (begun.isEmpty()) {
            return hone(log, improve(runs));
        }
        RunRecord run = begun.getLast();
        leaveUnfinished(run.folder().resolve("models/.part-1-0"));
        return hone(log, "resume", run.id(), "--out", runs.toString());
    }

    /// What a process leaves that is killed while it writes a model: rare, so here it happens each time.
    private static void leaveUnfinished(Path model) throws IOException {
        Files.createDirectories(model);
        Files.writeString(model.resolve("config.json"), "{");
    }

    private static RunRecord finished(Store store) {
        return store.runs().stream()
                .filter(run -> run.status() instanceof RunStatus.Done)
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode measured(RunRecord run) throws IOException {
        return JsonMapper.shared()
                .readTree(Files.readString(run.folder().resolve("report.json")))
                .get("measured");
    }

    /// The bytes of every file of a finished model, by name.
    private static Map<String, Integer> models(RunRecord run) throws IOException {
        Map<String, Integer> hashes = new TreeMap<>();
        Path models = run.folder().resolve("models");
        try (Stream<Path> files = Files.walk(models)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = models.relativize(file).toString().toLowerCase(Locale.ROOT);
                hashes.put(name, java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }
}
