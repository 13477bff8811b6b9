package dev.hone.app;

import dev.hone.torch.Devices;
import dev.hone.torch.setting.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Compares the engine's arithmetic with that of transformers.
@Command(
        name = "parity",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Compare what Hone computes with a model, in float32, with what transformers computed.",
            "Ends with 3 if a figure is over its bound."
        },
        footerHeading = "%nExample:%n",
        footer = "  hone model parity my-model --expected expected.json")
final class ModelParityCommand implements Callable<Integer> {
    private static final String STANDARD = "expected.json";

    private final Console console;

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model's folder, a GGUF file, or \"embedded\".")
    private String model = "";

    @Option(
            names = "--expected",
            paramLabel = "FILE",
            description = "What transformers computed; " + STANDARD + " in the model's folder.")
    private @Nullable Path expected;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; cuda if this build sees a GPU.")
    private @Nullable Device device;

    @Option(names = "--json", description = "A JSON list on standard output.")
    private boolean json;

    ModelParityCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path file = Optional.ofNullable(expected).orElseGet(() -> beside(Path.of(model)));
        Device place = device == null ? Devices.best() : device;
        Devices.refuseUnlessReady(place);
        return new Comparing(console, place, json).compare(model, file);
    }

    private static Path beside(Path model) {
        return Files.isRegularFile(model) ? model.resolveSibling(STANDARD) : model.resolve(STANDARD);
    }
}
