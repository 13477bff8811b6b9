package dev.hone.app;

import dev.hone.app.report.Comparison;
import dev.hone.app.report.ComparisonPage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Compares methods.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Run several methods from the same base with the same seeds, and compare what came of them.",
            "Run it again to go on where it was cut; finished runs with the same settings are read.",
            ""
        },
        footerHeading = "%nExample of a file:%n",
        footer = {
            "  hone: 1",
            "  seeds: [1, 2, 3]",
            "  against: star",
            "  shared: {task: countdown, rounds: 3}",
            "  arms:",
            "    star:  {method: star}",
            "    bstar: {method: bstar, bstar.probe: 100}"
        })
final class CompareCommand implements Callable<Integer> {
    private final Console console;
    private final Workplace workplace;

    @Parameters(index = "0", paramLabel = "FILE", description = "Arms and seeds, as YAML; see below.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where runs are kept; ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs");

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = {
                "A setting that every arm has instead of its own, or seeds; may be given again.",
                "To try it small: --set seeds=1 --set problems=100 --set exam.problems=50"
            })
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--dry-run", description = "Show what would be done and stop.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON object on standard output, all else on standard error.")
    private boolean json;

    CompareCommand(Console console, Workplace workplace) {
        this.console = console;
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        ComparedRuns runs = new ComparedRuns(json ? console.talkingOnError() : console, workplace, out, set);
        if (dryRun) {
            runs.plan(file);
            return Exit.OK;
        }
        Comparison comparison = runs.run(file);
        if (json) {
            console.out().print(ComparisonPage.json(comparison));
            console.out().flush();
        }
        return Exit.OK;
    }
}
