package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.app.wiring.LocalEngine;
import dev.hone.run.HoneException.Kind;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole program with the real engine, in processes of its own, killed with SIGKILL at moments drawn by a seed.
class KilledTest {
    private static final long LONGEST_WAIT_MILLIS = 3_000;
    private static final int EXIT_SECONDS = 120;

    @TempDir
    private static Path folder = Path.of("");

    @BeforeAll
    static void a_small_model_is_made() throws IOException {
        Path task = folder.resolve("letters.jsonl");
        Files.write(task, letters());
        make("letters", """
                hone: 1
                task: %s
                shape: {characters: "0123456789:ab", hidden: 32, intermediate: 64, layers: 1, heads: 2, context: 16}
                sampling: {max-tokens: 4}
                learning: {steps: 30, batch: 32, rate: 0.01}
                """.formatted(task));
        make("equations", """
                hone: 1
                task: equations
                shape: {characters: "0123456789+-*/=;,>:()", hidden: 32, intermediate: 64, layers: 1, heads: 2, context: 256}
                worked: {problems: 20}
                validation: {problems: 2}
                sampling: {max-tokens: 20}
                learning: {steps: 2, batch: 4, rate: 0.001}
                """);
    }

    private static void make(String name, String yaml) throws IOException {
        Path recipe = Files.writeString(folder.resolve(name + ".yaml"), yaml);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Hone.run(
                new Console(out, out, false),
                Workplace.local(),
                "pretrain",
                recipe.toString(),
                "--out",
                folder.resolve(name).toString());
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

    private static String[] improve(Path study, Path runs) {
        return new String[] {"improve", "--settings", study.toString(), "--out", runs.toString()};
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /// Every method, as small as it can be.
    static Stream<Arguments> methods() {
        return Stream.of(
                Arguments.of(
                        "bstar", letters("bstar", "bstar: {temperatures: [0.5, 1.0], thresholds: [0], probe: 20}")),
                Arguments.of("vstar", letters("vstar", "warm-start: {problems: 40}, vstar: {steps: 20}")),
                Arguments.of("dive", letters("dive", "dive: {pairs: 2}")),
                Arguments.of(
                        "gsi",
                        letters(
                                "gsi",
                                "gsi: {guidance: answer, passes: 2, wanted: 3, hint: {answer: \"{answer}:{problem}\"}}")),
                Arguments.of("dsweight", letters("dsweight", "dsweight: {human: 20}")),
                Arguments.of("selfexplore", letters("selfexplore", "selfexplore: {tries: 2, dpo: {epochs: 1}}")),
                Arguments.of("latro", letters("latro", "latro: {updates: 6, answer: \":{}\"}")),
                Arguments.of("sharpening", letters("sharpening", "sharpening: {reward: mean}")),
                Arguments.of("fourhabits", """
                        {hone: 1, method: fourhabits, model: %s, task: countdown-thought, rounds: 2, problems: 24, samples: 2,
                         sampling: {max-tokens: 120, batch: 8}, learning: {batch: 4}, validation: {problems: 4},
                         exam: {problems: 6, samples: 2},
                         fourhabits: {traces: 20, priming-epochs: 2, priming-batch: 4, updates: 6, measured: 4}}
                        """.formatted(folder.resolve("equations"))));
    }

    private static String letters(String method, String own) {
        String learning = method.equals("latro") ? "{rate: 0.001}" : "{steps: 60, batch: 32, rate: 0.003}";
        String rounds = method.equals("dsweight") || method.equals("selfexplore") ? "" : "rounds: 2,";
        return """
                {hone: 1, method: %s, model: %s, task: %s, %s samples: 4, sampling: {max-tokens: 4, batch: 8},
                 learning: %s, validation: {problems: 30}, exam: {problems: 60, samples: 4}, %s}
                """.formatted(method, folder.resolve("letters"), folder.resolve("letters.jsonl"), rounds, learning, own);
    }

    @Test
    void a_run_that_was_killed_ten_times_ends_like_one_that_was_not() throws Exception {
        RunRecord survivor = survives(10, letters("star", "policy: {start: previous}"));

        for (int round = 1; round <= 2; round++) {
            assertThat(measured(survivor)
                            .at("/rounds/" + round + "/health/sampler - learner")
                            .doubleValue())
                    .as("nats between sampler and learner in round " + round)
                    .isBetween(0.0, 1e-5);
        }
        assertThat(models(survivor)).hasSizeGreaterThan(5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methods")
    void a_run_of_any_method_that_was_killed_ends_like_one_that_was_not(String method, String study) throws Exception {
        assertThat(survives(3, study).status()).as(method).isInstanceOf(RunStatus.Done.class);
    }

    static Stream<Arguments> methodsAndAnAdapter() {
        String adapted =
                letters("star", "warm-start: {problems: 40}").replace("rate: 0.003", "rate: 0.02, lora-rank: 4");
        return Stream.concat(methods(), Stream.of(Arguments.of("star with an adapter", adapted)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("methodsAndAnAdapter")
    void a_run_of_any_method_that_ends_after_each_piece_of_work_goes_on_to_the_same_end(String method, String study)
            throws IOException {
        Path here = Files.createTempDirectory(folder, "study");
        Path settings = Files.writeString(here.resolve("study.yaml"), study);
        Path calm = here.resolve("calm");
        Path rough = here.resolve("rough");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Console console = new Console(out, out, false);
        Workplace cut = (given, models) -> new OnePieceEngine(LocalEngine.of(given, models));

        assertThat(Hone.run(console, Workplace.local(), improve(settings, calm)))
                .as(said.toString(StandardCharsets.UTF_8))
                .isZero();
        int starts = 1;
        int code = Hone.run(console, cut, improve(settings, rough));
        String run = RunFolder.existing(rough).runs().getFirst().id();
        while (code == Exit.code(Kind.STOPPED)) {
            code = Hone.run(console, cut, "resume", run, "--out", rough.toString());
            starts++;
        }
        assertThat(code).as(said.toString(StandardCharsets.UTF_8)).isZero();

        assertThat(starts).isGreaterThan(10);
        assertThat(same(calm, rough).status()).as(method).isInstanceOf(RunStatus.Done.class);
    }

    /// @return the run that was killed, which has been compared with one that was not
    private static RunRecord survives(int kills, String settings) throws Exception {
        Path here = Files.createTempDirectory(folder, "study");
        Path study = Files.writeString(here.resolve("study.yaml"), settings);
        Path calm = here.resolve("calm");
        Path log = here.resolve("log.txt");
        long begin = System.nanoTime();
        assertThat(end(hone(log, improve(study, calm))))
                .as(Files.readString(log))
                .isZero();
        long calmMillis = (System.nanoTime() - begin) / 1_000_000;

        Path rough = here.resolve("rough");
        SplittableRandom random = new SplittableRandom(20260101);
        int killed = 0;
        Process process = hone(log, improve(study, rough));
        while (killed < kills) {
            long wait = 200 + random.nextLong(Math.clamp(calmMillis / 2, 1, LONGEST_WAIT_MILLIS));
            if (process.waitFor(wait, TimeUnit.MILLISECONDS)) {
                break;
            }
            process.destroyForcibly().waitFor();
            killed++;
            process = go(log, study, rough);
        }
        assertThat(end(process)).as(Files.readString(log)).isZero();
        assertThat(killed).as("kills before the run was through").isGreaterThanOrEqualTo(kills / 2);
        return same(calm, rough);
    }

    /// @return the run in `rough`, which is like that in `calm` to the byte
    private static RunRecord same(Path calm, Path rough) throws IOException {
        Store calmStore = RunFolder.existing(calm);
        Store roughStore = RunFolder.existing(rough);
        RunRecord undisturbed = calmStore.runs().getFirst();
        RunRecord survivor = finished(roughStore);
        assertThat(roughStore.digest(survivor.id())).isEqualTo(calmStore.digest(undisturbed.id()));
        assertThat(measured(survivor)).isEqualTo(measured(undisturbed));
        assertThat(models(survivor)).isEqualTo(models(undisturbed));
        assertThat(models(survivor).keySet()).noneMatch(name -> name.startsWith("optimizer"));
        return survivor;
    }

    /// The run goes on; one that was killed before it was on record begins.
    private static Process go(Path log, Path study, Path runs) throws IOException {
        List<RunRecord> begun = RunFolder.ifThere(runs).map(Store::runs).orElse(List.of());
        if (begun.isEmpty()) {
            return hone(log, improve(study, runs));
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

    /// The bytes of every file of a finished model, by name; without what names the folder of the adapter's base, which
    /// lies in the run's own.
    private static Map<String, Integer> models(RunRecord run) throws IOException {
        Map<String, Integer> hashes = new TreeMap<>();
        Path models = run.folder().resolve("models");
        try (Stream<Path> files = Files.walk(models)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("adapter_config.json"))
                    .toList()) {
                String name = models.relativize(file).toString().toLowerCase(Locale.ROOT);
                hashes.put(name, java.util.Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }
}
