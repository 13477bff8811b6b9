package dev.hone.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.data.Cost;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.data.Report;
import dev.hone.measure.Bootstrap;
import dev.hone.run.HoneException;
import dev.hone.store.PeakMemory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportTest {
    private static final int PROBLEMS = 1000;

    /// Which round's exam has one.
    private enum Verifier {
        NONE,
        LAST
    }

    @Test
    void the_markdown_is_as_in_the_golden_file() throws IOException {
        golden("report.md", Markdown.of(results(4, 1.0)));
    }

    @Test
    void the_ending_is_as_in_the_golden_file_and_fits_a_hundred_columns() throws IOException {
        List<String> lines = Ending.lines(results(4, 1.0), List.of(Path.of("r/report.md"), Path.of("r/plot.png")));
        golden("ending.txt", String.join("\n", lines) + "\n");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void a_verifier_is_shown_beside_the_controls_in_the_round_that_has_one() throws IOException {
        Results results = results(4, 1.0, Verifier.LAST);
        golden("verified.md", Markdown.of(results));
        List<String> lines = Ending.lines(results, List.of(Path.of("r/report.md")));
        golden("verified.txt", String.join("\n", lines) + "\n");
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        JsonNode rounds = json(Json.summary(results)).get("rounds");
        assertThat(rounds.get(3).propertyNames()).contains("best-of-2 by verifier", "maj@2");
        assertThat(rounds.get(2).propertyNames()).contains("maj@8").doesNotContain("best-of-2 by verifier", "maj@2");
    }

    @Test
    void times_change_nothing_in_what_was_measured() {
        JsonNode quick = json(Json.report(results(3, 1.0)));
        JsonNode slow = json(Json.report(results(3, 7.0)));
        assertThat(quick.get("measured")).isEqualTo(slow.get("measured"));
        assertThat(quick.get("times")).isNotEqualTo(slow.get("times"));
        assertThat(quick.get("measured").toString()).doesNotContain("seconds", "memory");
        assertThat(quick.at("/times/memory/learn/native").longValue()).isEqualTo(1_840_000_000L);
    }

    @Test
    void the_summary_holds_what_a_program_reads_and_nothing_else() {
        JsonNode summary = json(Json.summary(results(4, 1.0)));
        assertThat(summary.propertyNames()).containsExactly("run", "model", "seconds", "phases", "rounds", "change");
        assertThat(summary.get("phases").propertyNames()).containsExactly("sample", "judge", "learn", "measure");
        assertThat(summary.get("rounds")).hasSize(4);
        for (JsonNode round : summary.get("rounds")) {
            assertThat(round.propertyNames()).contains("round", "greedy", "pass@1", "pass@8");
            for (String figure : List.of("greedy", "pass@1", "pass@8")) {
                assertThat(round.get(figure).propertyNames()).containsExactly("value", "low", "high", "n");
            }
        }
        assertThat(summary.get("change").propertyNames()).contains("greedy", "pass@1", "pass@8");
    }

    @Test
    void the_change_is_the_last_minus_the_base_and_its_interval_is_paired() {
        Results results = results(4, 1.0);
        double difference = results.last().exam().figure("pass@1").value()
                - results.base().exam().figure("pass@1").value();
        assertThat(results.change("pass@1").value()).isCloseTo(difference, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(results.change("pass@1").low()).isGreaterThan(0);
        assertThat(Ending.verdict(results)).startsWith("Better: pass@1 ");
    }

    @Test
    void a_change_whose_interval_holds_zero_is_not_called_better() {
        Results same = new Results(
                "r",
                "star",
                "t@1",
                Map.of(),
                List.of(results(2, 1).base(), results(2, 1).base()),
                Map.of(),
                Map.of(),
                1);
        assertThat(Ending.verdict(same)).startsWith("No clear change: ");
    }

    @Test
    void the_files_are_written_whole_and_a_plot_is_an_image(@TempDir Path folder) throws IOException {
        List<Path> files = new ReportFolder(folder.resolve("deep")).write(results(4, 1.0));
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("report.md", "report.json", "plot.png", "plot.svg");
        assertThat(Files.readAllBytes(files.get(2))).startsWith((byte) 0x89, 'P', 'N', 'G');
        assertThat(Files.readString(files.get(3))).contains("<svg").hasSizeGreaterThan(10_000);
        try (var left = Files.list(folder.resolve("deep"))) {
            assertThat(left).hasSize(4);
        }
    }

    @Test
    void a_machine_without_fonts_is_told_what_to_install() {
        assertThat(Fonts.missing()).isEmpty();
        assertThat(Fonts.plotLines(List.of(Path.of("report.md"), Path.of("plot.png"))))
                .containsExactly("plot    plot.png");
        for (Throwable each : List.of(new IllegalStateException("no head"), new UnsatisfiedLinkError("no head"))) {
            assertThat(Fonts.missing(() -> raise(each)))
                    .hasValueSatisfying(why -> assertThat(why).contains("(no head)", "fonts-dejavu-core"));
        }
        assertThatThrownBy(() -> Fonts.missing(() -> raise(new OutOfMemoryError("heap"))))
                .isInstanceOf(OutOfMemoryError.class);
    }

    private static Object raise(Throwable each) {
        if (each instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) each;
    }

    @Test
    void equal_results_give_equal_files(@TempDir Path folder) throws IOException {
        List<Path> first = new ReportFolder(folder.resolve("a")).write(results(4, 1.0));
        List<Path> second = new ReportFolder(folder.resolve("b")).write(results(4, 1.0));
        for (int i = 0; i < first.size(); i++) {
            assertThat(first.get(i)).hasSameBinaryContentAs(second.get(i));
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_a_storage_error_that_says_what_to_do(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> new ReportFolder(file.resolve("report")).write(results(2, 1.0)))
                .isInstanceOfSatisfying(
                        HoneException.class, fault -> assertThat(fault.kind()).isEqualTo(HoneException.Kind.STORAGE))
                .hasMessageContaining("then go on");
    }

    @Test
    void memory_that_the_system_does_not_tell_is_not_known() {
        assertThat(Ending.memory(Map.of())).startsWith("not known");
        assertThat(Ending.memory(Map.of("learn", new PeakMemory(300_000_000, 800_000_000))))
                .isEqualTo("learn 0.3 GB at most; native 0.0");
    }

    @Test
    void small_numbers_are_not_shown_as_none() {
        assertThat(Numbers.small(1.9e-7)).isEqualTo("1.9e-07");
        assertThat(Numbers.small(0.0412)).isEqualTo("0.041");
        assertThat(Numbers.small(0)).isEqualTo("0.000");
        assertThat(Numbers.small(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void durations_and_counts_read_well() {
        assertThat(Numbers.duration(4.25)).isEqualTo("4.3 s");
        assertThat(Numbers.duration(59.97)).isEqualTo("1 min 00 s");
        assertThat(Numbers.duration(125)).isEqualTo("2 min 05 s");
        assertThat(Numbers.duration(7380)).isEqualTo("2 h 03 min");
        assertThat(Numbers.brief(1_234_567)).isEqualTo("1.23M");
        assertThat(Numbers.brief(9_999)).isEqualTo("9,999");
        assertThat(Numbers.fixed(-0.0001, 2)).isEqualTo("0.00");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static void golden(String name, String text) throws IOException {
        Path file = Path.of("src/test/resources/golden/report", name);
        if ("write".equals(System.getProperty("hone.golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    /// Made-up results in which pass@1 rises by the round and pass@8 hardly does.
    private static Results results(int models, double pace) {
        return results(models, pace, Verifier.NONE);
    }

    private static Results results(int models, double pace, Verifier verifier) {
        List<Results.Round> rounds = new ArrayList<>();
        for (int round = 0; round < models; round++) {
            String id = "m" + round;
            Lineage lineage = round == 0
                    ? new Lineage.Given("embedded")
                    : new Lineage.Learned("m" + (round - 1), "r", "learn", round);
            TreeMap<String, Double> health = new TreeMap<>(Map.of("validation", 0.3 + 0.1 * round));
            if (round > 0) {
                health.put("right", 0.3 + 0.05 * round);
                health.put("loss", 0.9 / round);
            }
            rounds.add(new Results.Round(
                    round,
                    new Model(id, URI.create("file:///models/" + id), lineage),
                    exam(round, id, verifier == Verifier.LAST && round == models - 1),
                    health,
                    20 * pace));
        }
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put("sample", 60.5 * pace);
        phases.put("judge", 0.5 * pace);
        phases.put("learn", 75.25 * pace);
        phases.put("measure", 80.0 * pace);
        Map<String, PeakMemory> memory = new LinkedHashMap<>();
        memory.put("sample", new PeakMemory((long) (1e9 * pace), 400_000_000));
        memory.put("judge", new PeakMemory(900_000_000, 400_000_000));
        memory.put("learn", new PeakMemory(2_940_000_000L, 1_100_000_000));
        memory.put("measure", new PeakMemory(1_260_000_000, 500_000_000));
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("rounds", Integer.toString(models - 1));
        settings.put("seed", "1");
        return new Results(
                "20260102-030405-abcd", "star", "countdown@1", settings, rounds, phases, memory, 216.25 * pace);
    }

    private static Report exam(int round, String model, boolean verifier) {
        SplittableRandom random = new SplittableRandom(7);
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (String name : List.of(
                "greedy", "pass@1", "pass@8", "maj@8", "best-of-8 by own likelihood", "distinct right", "unjudged")) {
            values.put(name, new ArrayList<>());
        }
        for (int i = 0; i < PROBLEMS; i++) {
            double chance = Math.clamp(0.15 + 0.09 * round + 0.3 * random.nextDouble(), 0, 1);
            boolean solvable = random.nextDouble() < 0.7 + 0.01 * round;
            put(values, "greedy", solvable && random.nextDouble() < chance * 1.4 ? 1 : 0);
            put(values, "pass@1", solvable ? Math.round(8 * chance) / 8.0 : 0);
            put(values, "pass@8", solvable ? 1 : 0);
            put(values, "maj@8", solvable && chance > 0.5 ? 1 : 0);
            put(values, "best-of-8 by own likelihood", solvable && chance > 0.55 ? 1 : 0);
            if (verifier) {
                put(values, "pass@2", solvable ? 1 - (1 - chance) * (1 - chance) : 0);
                put(values, "maj@2", solvable ? chance : 0);
                put(values, "best-of-2 by own likelihood", solvable ? chance : 0);
                put(values, "best-of-2 by verifier", solvable ? 1.2 * chance : 0);
                put(values, "best-of-8 by verifier", solvable && chance > 0.45 ? 1 : 0);
            }
            put(values, "distinct right", solvable ? 1 + random.nextInt(3) : 0);
            put(values, "unjudged", 0);
        }
        return new Report(
                "countdown@1 test",
                model,
                values.entrySet().stream()
                        .map(each -> Bootstrap.mean(each.getKey(), each.getValue()))
                        .toList(),
                new TreeMap<>(values),
                new Cost(PROBLEMS, 9 * PROBLEMS, 9 * PROBLEMS, 126_000 + round));
    }

    private static void put(Map<String, List<Double>> values, String name, double value) {
        values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
}
