package dev.hone.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Goes on with a run.
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Go on with a run that was stopped, failed or killed; it ends as if it had not been.",
        footerHeading = "%nExample:%n",
        footer = "  hone resume 20260102-030405-abcd")
final class ResumeCommand implements Callable<Integer> {
    private final Console console;
    private final Workplace workplace;

    @Parameters(index = "0", paramLabel = "RUN", description = "An id of \"hone runs\".")
    private String run = "";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "runs",
            description = "Where runs are kept; ${DEFAULT-VALUE}.")
    private Path out = Path.of("runs");

    @Option(names = "--json", description = "One JSON object on standard output, all else on standard error.")
    private boolean json;

    ResumeCommand(Console console, Workplace workplace) {
        this.console = console;
        this.workplace = workplace;
    }

    @Override
    public Integer call() {
        return new Session(console, workplace, out, json ? Session.Output.JSON : Session.Output.TEXT).resume(run);
    }
}
