package dev.hone.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints a script for the shell.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a script that completes commands and options in bash and zsh.",
        footerHeading = "%nExample:%n",
        footer = "  source <(hone completion)")
final class CompletionCommand implements Runnable {
    private final Console console;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Optional.ofNullable(spec)
                .ifPresent(known -> console.out()
                        .print(AutoComplete.bash("hone", known.root().commandLine())));
        console.out().flush();
    }
}
