package dev.hone.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Improves a model.
@Command(
        name = "improve",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Improve a model with what it produces itself, then measure it on problems that it has never seen.",
            "Without options: the embedded model on countdown puzzles, offline.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hone improve",
            "  hone improve star --model my-model/ --task my-problems.jsonl --rounds 2",
            "  hone improve --settings study.yaml --dry-run"
        })
final class ImproveCommand implements Callable<Integer> {
    private final Console console;
    private final Workplace workplace;

    @Parameters(index = "0", arity = "0..1", paramLabel = "METHOD", description = "One of \"hone methods\"; star.")
    private @Nullable String method;

    @Option(
            names = "--model",
            paramLabel = "DIR|FILE",
            description = "A Hugging Face folder, or a GGUF file; the embedded model.")
    private @Nullable String model;

    @Option(
            names = "--task",
            paramLabel = "NAME|FILE",
            description = "One of \"hone tasks\", or a file that ends in .jsonl; countdown.")
    private @Nullable String task;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of improvement.")
    private @Nullable String rounds;

    @Option(names = "--problems", paramLabel = "N", description = "Problems a round.")
    private @Nullable String problems;

    @Option(names = "--samples", paramLabel = "N", description = "Samples a problem.")
    private @Nullable String samples;

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random.")
    private @Nullable String seed;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "All settings, as YAML; an option given here wins over the file.")
    private @Nullable Path settings;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where runs are kept; ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs");

    @Option(names = "--dry-run", description = "Show what would be done and stop.")
    private boolean dryRun;

    @Option(names = "--json", description = "One JSON object on standard output, all else on standard error.")
    private boolean json;

    ImproveCommand(Console console, Workplace workplace) {
        this.console = console;
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        Session session = new Session(console, workplace, out, json ? Session.Output.JSON : Session.Output.TEXT);
        return dryRun
                ? session.plan(Optional.ofNullable(settings), options())
                : session.improve(Optional.ofNullable(settings), options());
    }

    /// By the names of the settings; what was not given is not there.
    private Map<String, String> options() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "method", method);
        put(given, "model", model);
        put(given, "task", task);
        put(given, "rounds", rounds);
        put(given, "problems", problems);
        put(given, "samples", samples);
        put(given, "seed", seed);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
