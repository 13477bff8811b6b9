package dev.hone.app;

import dev.hone.app.report.Fonts;
import dev.hone.app.report.MemoryPlot;
import dev.hone.app.wiring.GivenModel;
import dev.hone.run.HoneException;
import dev.hone.store.ResidentMemory;
import dev.hone.torch.Devices;
import dev.hone.torch.Soak;
import dev.hone.torch.TorchGenerator;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Works for a long time and watches memory.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Draw and learn for a long time, in rounds as a run does, and watch whether memory stays flat.",
            "Each round loads the model anew; the model is not changed.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = "  hone soak --model my-model/ --plot memory.png")
final class SoakCommand implements Runnable {
    private static final long BYTES_A_MB = 1 << 20;

    private final Console console;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|FILE",
            description = "A Hugging Face folder, or a GGUF file.")
    private String model = "";

    @Option(
            names = "--sequences",
            paramLabel = "N",
            defaultValue = "10000",
            description = "To draw in all; ${DEFAULT-VALUE}.")
    private int sequences;

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Of the optimizer, in all; ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "10",
            description = "In which that is done, 4 or more; ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; cuda if this build sees a GPU.")
    private @Nullable Device device;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; what is faster here.")
    private @Nullable Dtype precision;

    @Option(names = "--plot", paramLabel = "FILE", description = "Where a picture (.png) of memory over time goes.")
    private @Nullable Path plot;

    SoakCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        if (rounds < 4) {
            throw new HoneException(
                    HoneException.Kind.SETTINGS,
                    "--rounds must be at least 4 but was " + rounds + ": a third of them warms up, then memory is"
                            + " compared with that in the last");
        }
        var memory = ResidentMemory.ofThisProcess();
        if (memory.now() == 0) {
            throw new HoneException(
                    HoneException.Kind.ENGINE,
                    "this system does not tell resident memory in /proc/self/status; soak on Linux");
        }
        if (plot != null) {
            Fonts.missing().ifPresent(why -> {
                throw new HoneException(HoneException.Kind.SETTINGS, "--plot cannot be drawn: " + why);
            });
        }
        Path folder = Path.of(GivenModel.named(model).location());
        Device place = device == null ? Devices.best() : device;
        Devices.refuseUnlessReady(place);
        Dtype dtype = precision == null ? TorchGenerator.fastest(place) : precision;
        List<MemoryCourse.Reading> readings = new ArrayList<>();
        new Soak(folder, place, dtype, Runtime.getRuntime().availableProcessors())
                .run(new Soak.Work(rounds, sequences, steps), done -> {
                    double all = (double) done.sequences() / sequences + (double) done.steps() / steps;
                    var reading = new MemoryCourse.Reading(done.round(), all / 2 * rounds, memory.now() / BYTES_A_MB);
                    readings.add(reading);
                    console.err()
                            .printf(
                                    Locale.ROOT,
                                    "round %d: %,d sequences, %,d steps, %,d MB%n",
                                    done.round(),
                                    done.sequences(),
                                    done.steps(),
                                    reading.megabytes());
                });
        tell(dtype, new MemoryCourse(readings, rounds));
    }

    private void tell(Dtype dtype, MemoryCourse course) {
        console.lines(List.of(
                String.format(
                        Locale.ROOT,
                        "%,d sequences and %,d steps in %d rounds (%s)",
                        sequences,
                        steps,
                        rounds,
                        dtype.name().toLowerCase(Locale.ROOT)),
                String.format(
                        Locale.ROOT,
                        "resident memory at most %,d MB in round %d, %,d MB in round %d: %+.1f%%",
                        course.most(course.warm()),
                        course.warm(),
                        course.most(rounds),
                        rounds,
                        course.grownPercent())));
        if (plot != null) {
            draw(course, plot);
        }
        if (!course.isFlat()) {
            throw new HoneException(
                    HoneException.Kind.ENGINE,
                    String.format(
                            Locale.ROOT,
                            "memory grew by %.1f%% between round %d and round %d, more than %.0f%%; soak for longer, "
                                    + "and if it goes on, please report it",
                            course.grownPercent(),
                            course.warm(),
                            rounds,
                            MemoryCourse.FLAT_PERCENT));
        }
    }

    private void draw(MemoryCourse course, Path file) {
        try {
            MemoryPlot.write(
                    String.format(Locale.ROOT, "%,d sequences drawn, %,d steps of learning", sequences, steps),
                    course.readings().stream().map(MemoryCourse.Reading::done).toList(),
                    course.readings().stream()
                            .map(MemoryCourse.Reading::megabytes)
                            .toList(),
                    file);
        } catch (IOException broken) {
            throw new HoneException(
                    HoneException.Kind.STORAGE,
                    "cannot write " + file + "; give a file in a folder that is there and may be written to",
                    broken);
        }
    }
}
