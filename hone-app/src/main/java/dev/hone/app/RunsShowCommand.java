package dev.hone.app;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows one run.
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show what is known of a run.",
        footerHeading = "%nExample:%n",
        footer = "  hone runs show 20260102-030405-abcd")
final class RunsShowCommand implements Runnable {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RUN", description = "An id of \"hone runs\".")
    private String run = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where runs are kept; ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs");

    @Option(names = "--json", description = "A JSON object on standard output.")
    private boolean json;

    RunsShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().print(json ? RunPage.json(out, run) : RunPage.text(out, run));
        console.out().flush();
    }
}
