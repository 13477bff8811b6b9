package dev.hone.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a model.
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a small model from a recipe: random weights, then the worked answers of a task.",
        footerHeading = "%nExample:%n",
        footer = "  hone pretrain recipes/countdown.yaml --out my-model")
final class PretrainCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "RECIPE", description = "A YAML file.")
    private Path recipe = Path.of("recipe.yaml");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The model's folder, new or empty.")
    private Path out = Path.of("model");

    PretrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Making(console, out).make(recipe);
    }
}
