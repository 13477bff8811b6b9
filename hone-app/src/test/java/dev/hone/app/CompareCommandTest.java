package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    private static final String FILE = """
            hone: 1
            seeds: [1, 2]
            against: few
            shared:
              task: arithmetic
              rounds: 2
              problems: 20
              learning: {steps: 3, batch: 8}
              validation: {problems: 5}
              exam: {problems: 20, samples: 4}
            arms:
              few:  {method: star, samples: 2}
              many: {method: star, samples: 6}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger engines = new AtomicInteger();

    @TempDir
    private Path folder = Path.of("");

    private int hone(Workplace workplace, String... args) {
        out.reset();
        err.reset();
        return Hone.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false),
                workplace,
                args);
    }

    private int compare(String... more) throws IOException {
        return hone(
                (_, _) -> {
                    engines.incrementAndGet();
                    return ScriptedEngine.fresh();
                },
                args(more));
    }

    private String[] args(String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("two.yaml"), FILE);
        String[] all = new String[4 + more.length];
        System.arraycopy(more, 0, all, 4, more.length);
        all[0] = "compare";
        all[1] = file.toString();
        all[2] = "--out";
        all[3] = folder.resolve("runs").toString();
        return all;
    }

    /// Another file than [#FILE].
    private int compared(String name, String text, String runs) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".yaml"), text);
        return hone(
                (_, _) -> ScriptedEngine.fresh(),
                "compare",
                file.toString(),
                "--out",
                folder.resolve(runs).toString());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void arms_are_run_with_every_seed_and_compared() throws IOException {
        assertThat(compare()).isZero();

        assertThat(engines).hasValue(4);
        assertThat(out())
                .contains("1 of 4: few, seed 1")
                .contains("4 of 4: many, seed 2")
                .contains("minus few, paired by seed and problem")
                .containsPattern("few +80 ")
                .containsPattern("many +240 ")
                .contains("Not at equal budget: many drew 3.00 times the tokens of few.");
        Path report = folder.resolve("runs/compare-two");
        assertThat(report.resolve("compare.md"))
                .content()
                .contains("| start |")
                .contains(
                        "## By round, mean over seeds",
                        "### many",
                        "| figure | start | round 1 | round 2 |",
                        "| kept |")
                .contains("## Runs");
        assertThat(Files.size(report.resolve("compare.png"))).isGreaterThan(10_000);
    }

    @Test
    void the_start_is_measured_once_a_seed_and_whichever_arm_does_so_says_the_same() throws IOException {
        compare();
        JsonNode few = new JsonMapper().readTree(folder.resolve("runs/compare-two/compare.json"));
        assertThat(out().lines().filter(line -> line.matches("base +note: measured in run .* already")))
                .hasSize(2);

        String turned = FILE.replaceAll("(?s)(  few: .*?\n)(  many: .*)", "$2$1");
        assertThat(turned).isNotEqualTo(FILE);
        assertThat(compared("turned", turned, "again")).isZero();
        JsonNode many = new JsonMapper().readTree(folder.resolve("again/compare-turned/compare.json"));
        assertThat(many.path("start")).isEqualTo(few.path("start"));
        for (String arm : List.of("few", "many")) {
            assertThat(many.path("arms").path(arm).path("end"))
                    .isEqualTo(few.path("arms").path(arm).path("end"));
        }
    }

    @Test
    void arms_that_start_from_different_models_are_told() throws IOException {
        String warmed =
                FILE.replace("many: {method: star, samples: 6}", "warmed: {samples: 2, warm-start: {problems: 4}}");
        assertThat(compared("warmed", warmed, "runs")).isZero();
        assertThat(out())
                .contains("Not from the same model: the rounds of warmed start from another than those of few.")
                .doesNotContain("Not at equal budget");
    }

    @Test
    void many_figures_are_told_below_each_other() throws IOException {
        assertThat(compared("levels", FILE.replace("exam: {", "exam: {by: operations, "), "runs"))
                .isZero();
        assertThat(folder.resolve("runs/compare-levels/compare.md"))
                .content()
                .contains("| arm | start | few | many |", "| pass@1 of operations 2 % |");
    }

    @Test
    void what_is_done_is_not_done_again() throws IOException {
        compare();
        String first = Files.readString(folder.resolve("runs/compare-two/compare.json"));

        assertThat(compare()).isZero();

        assertThat(engines).hasValue(4);
        assertThat(out()).contains("1 of 4: few, seed 1: is there");
        assertThat(folder.resolve("runs/compare-two/compare.json")).hasContent(first);
    }

    @Test
    void runs_from_before_a_setting_came_that_is_at_its_default_are_read() throws IOException {
        compare();
        try (Handle store = Jdbi.open("jdbc:sqlite:" + folder.resolve("runs/hone.db"))) {
            assertThat(store.execute("UPDATE run SET settings = replace(settings, ',\"exam.diversity\":\"0\"', '')"))
                    .isEqualTo(4);
            assertThat(store.createQuery("SELECT count(*) FROM run WHERE settings LIKE '%exam.diversity%'")
                            .mapTo(Integer.class)
                            .one())
                    .isZero();
        }
        engines.set(0);
        assertThat(compare()).isZero();
        assertThat(engines).hasValue(0);
        assertThat(out()).contains("4 of 4: many, seed 2: is there");
    }

    @Test
    void runs_with_a_setting_that_this_hone_does_not_know_are_shown_and_not_taken_for_these() throws IOException {
        compare();
        String id;
        try (Handle store = Jdbi.open("jdbc:sqlite:" + folder.resolve("runs/hone.db"))) {
            store.execute("UPDATE run SET settings = replace(settings, '\"exam.diversity\"', '\"exam.novelty\"')");
            id = store.createQuery("SELECT name FROM run LIMIT 1")
                    .mapTo(String.class)
                    .one();
        }
        String runs = folder.resolve("runs").toString();
        assertThat(hone((_, _) -> ScriptedEngine.fresh(), "runs", "show", id, "--json", "--out", runs))
                .isZero();
        assertThat(out()).contains("exam.novelty");
        engines.set(0);
        assertThat(compare()).isZero();
        assertThat(engines).hasValue(4);
    }

    @Test
    void a_comparison_that_failed_midway_goes_on_to_the_same_figures() throws IOException {
        compare();
        JsonNode whole = figures();
        try (var files = Files.walk(folder.resolve("runs"))) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
        AtomicInteger started = new AtomicInteger();
        int failed = hone(
                (_, _) -> {
                    if (started.incrementAndGet() == 3) {
                        throw new HoneException(Kind.ENGINE, "out of luck");
                    }
                    return ScriptedEngine.fresh();
                },
                args());

        assertThat(failed).isEqualTo(Exit.code(Kind.ENGINE));
        assertThat(compare()).isZero();
        assertThat(out()).contains("2 of 4: many, seed 1: is there").contains("3 of 4: few, seed 2, gone on with");
        assertThat(figures()).isEqualTo(whole);
    }

    private JsonNode figures() throws IOException {
        JsonNode page = JsonMapper.shared().readTree(Files.readString(folder.resolve("runs/compare-two/compare.json")));
        for (JsonNode arm : page.get("arms")) {
            for (JsonNode run : arm.get("runs")) {
                ((tools.jackson.databind.node.ObjectNode) run).remove("run");
                ((tools.jackson.databind.node.ObjectNode) run).remove("seconds");
            }
        }
        return page;
    }

    @Test
    void a_program_reads_one_object_from_standard_output() throws IOException {
        assertThat(compare("--json")).isZero();

        JsonNode page = JsonMapper.shared().readTree(out());
        JsonNode many = page.get("arms").get("many");
        double ofSeeds = 0;
        for (JsonNode run : many.get("runs")) {
            ofSeeds += run.get("rounds").get(2).get("pass@1").asDouble() / 2;
        }
        assertThat(many.get("end").get("pass@1").get("value").asDouble())
                .isCloseTo(ofSeeds, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(many.get("runs").get(0).get("rounds").get(0).get("tokens").asLong())
                .isZero();
        assertThat(many.get("runs").get(0).get("rounds").get(2).get("samples").asLong())
                .isEqualTo(240);
    }

    @Test
    void a_plan_starts_nothing() throws IOException {
        assertThat(compare("--dry-run")).isZero();

        assertThat(engines).hasValue(0);
        assertThat(out()).contains("in all 2 arms x 2 seeds, about");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void a_fact_that_no_problem_has_is_refused_before_anything_starts() throws IOException {
        assertThat(compared("facts", FILE.replace("exam: {", "exam: {by: operatoins, "), "runs"))
                .isEqualTo(Exit.code(Kind.SETTINGS));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("exam.by is \"operatoins\"");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void a_file_that_is_not_there_is_the_users_mistake() {
        assertThat(hone((_, _) -> ScriptedEngine.fresh(), "compare", "nowhere.yaml"))
                .isEqualTo(Exit.code(Kind.SETTINGS));
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("nowhere.yaml does not exist");
    }
}
