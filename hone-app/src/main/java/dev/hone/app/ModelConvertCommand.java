package dev.hone.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes a model as a Hugging Face directory.
@Command(
        name = "convert",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Write a model as a Hugging Face directory that transformers and vLLM load.",
            "The files are read back before they are announced: numbers bit for bit, logits of a short text."
        },
        footerHeading = "%nExample:%n",
        footer = "  hone model convert my-model smaller --dtype bfloat16")
final class ModelConvertCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's folder, a GGUF file, or \"embedded\".")
    private String model = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "The new folder; it may be there if it is empty.")
    private Path folder = Path.of("");

    @Option(
            names = "--dtype",
            paramLabel = "TYPE",
            defaultValue = Converting.SAME,
            description = "float32, bfloat16, float16, or same as in the model; ${DEFAULT-VALUE}.")
    private String dtype = Converting.SAME;

    @Option(
            names = "--max-shard-size",
            paramLabel = "SIZE",
            defaultValue = "5GB",
            description = "Of one file, as 5GB or 500MB; ${DEFAULT-VALUE}.")
    private String shard = "5GB";

    ModelConvertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return new Converting(console, model, folder).convert(dtype, shard);
    }
}
