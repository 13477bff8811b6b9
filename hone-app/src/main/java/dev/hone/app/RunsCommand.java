package dev.hone.app;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Lists the runs.
@Command(
        name = "runs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List the runs, the oldest first.",
        synopsisSubcommandLabel = "[COMMAND]",
        footerHeading = "%nExamples:%n",
        footer = {"  hone runs", "  hone runs show 20260102-030405-abcd"})
final class RunsCommand implements Runnable {
    private final Console console;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where runs are kept; ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs");

    @Option(names = "--json", description = "A JSON list on standard output.")
    private boolean json;

    RunsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().print(json ? RunList.json(out) : RunList.text(out));
        console.out().flush();
    }
}
