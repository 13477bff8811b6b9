package dev.hone.app;

import dev.hone.app.report.MemoryPlot;
import dev.hone.app.wiring.GivenModel;
import dev.hone.run.HoneException;
import dev.hone.torch.Dtype;
import dev.hone.torch.Soak;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final long KIB_A_MB = 1024;
    /// Code that the JVM compiles late makes single steps of a few percent with a small model.
    private static final double FLAT_PERCENT = 10;

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
            names = "--precision",
            paramLabel = "NAME",
            description = "One of ${COMPLETION-CANDIDATES}; what is faster here.")
    private @Nullable Dtype precision;

    @Option(names = "--plot", paramLabel = "FILE", description = "Where a picture (.png) of memory over time goes.")
    private @Nullable Path plot;

    SoakCommand(Console console) {
        this.console = console;
    }

    private record Reading(int round, double done, long megabytes) {}

    @Override
    public void run() {
        if (rounds < 4) {
            throw new HoneException(
                    HoneException.Kind.SETTINGS,
                    "--rounds must be at least 4 but was " + rounds + ": a third of them warms up, then memory is"
                            + " compared with that in the last");
        }
        Path folder = Path.of(GivenModel.named(model).location());
        Dtype dtype = precision == null ? Dtype.fastest() : precision;
        List<Reading> readings = new ArrayList<>();
        new Soak(folder, dtype, Runtime.getRuntime().availableProcessors())
                .run(new Soak.Work(rounds, sequences, steps), done -> {
                    double all = (double) done.sequences() / sequences + (double) done.steps() / steps;
                    Reading reading = new Reading(done.round(), all / 2 * rounds, residentMegabytes());
                    readings.add(reading);
                    console.err()
                            .printf(
                                    Locale.ROOT,
                                    "round %d: %,d sequences, %,d steps, %,d MB%n",
                                    done.round(),
                                    done.sequences(),
                                    done.steps(),
                                    reading.megabytes);
                });
        tell(dtype, readings);
    }

    private void tell(Dtype dtype, List<Reading> readings) {
        int warm = Math.ceilDiv(rounds, 3);
        long early = largest(readings, warm);
        long late = largest(readings, rounds);
        double grown = 100.0 * (late - early) / Math.max(1, early);
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
                        early,
                        warm,
                        late,
                        rounds,
                        grown)));
        if (plot != null) {
            try {
                MemoryPlot.write(
                        String.format(Locale.ROOT, "%,d sequences drawn, %,d steps of learning", sequences, steps),
                        readings.stream().map(Reading::done).toList(),
                        readings.stream().map(Reading::megabytes).toList(),
                        plot);
            } catch (IOException broken) {
                throw new HoneException(HoneException.Kind.STORAGE, "cannot write " + plot, broken);
            }
        }
        if (grown > FLAT_PERCENT) {
            throw new HoneException(
                    HoneException.Kind.ENGINE,
                    String.format(
                            Locale.ROOT,
                            "memory grew by %.1f%% between round %d and round %d, more than %.0f%%; please report it",
                            grown,
                            warm,
                            rounds,
                            FLAT_PERCENT));
        }
    }

    private static long largest(List<Reading> readings, int round) {
        return readings.stream()
                .filter(reading -> reading.round == round)
                .mapToLong(Reading::megabytes)
                .max()
                .orElse(0);
    }

    private static long residentMegabytes() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) / KIB_A_MB;
                }
            }
        } catch (IOException absent) {
            throw new HoneException(
                    HoneException.Kind.STORAGE,
                    "this system does not tell resident memory in /proc/self/status",
                    absent);
        }
        return 0;
    }
}
