package dev.hone.app;

import dev.hone.app.wiring.Methods;
import picocli.CommandLine.Command;

/// Lists the methods.
@Command(
        name = "methods",
        mixinStandardHelpOptions = true,
        description = "List the methods that \"hone improve\" knows.",
        footerHeading = "%nExample:%n",
        footer = "  hone methods")
final class MethodsCommand implements Runnable {
    private final Console console;

    MethodsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.lines(Methods.ALL.stream()
                .map(method -> String.format("%-12s %s", method.name(), method.summary()))
                .toList());
    }
}
