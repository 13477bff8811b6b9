package dev.hone.app;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows what a model is.
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Show a model's family, sizes, tokenizer and files.",
        footerHeading = "%nExample:%n",
        footer = "  hone model info embedded")
final class ModelInfoCommand implements Runnable {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's folder, a GGUF file, or \"embedded\".")
    private String model = "";

    @Option(names = "--json", description = "A JSON object on standard output.")
    private boolean json;

    ModelInfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        console.out().print(json ? ModelPage.json(model) : ModelPage.text(model));
        console.out().flush();
    }
}
