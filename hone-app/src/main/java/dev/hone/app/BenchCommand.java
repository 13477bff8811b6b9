package dev.hone.app;

import dev.hone.app.progress.Meter;
import dev.hone.app.progress.Progress;
import dev.hone.app.report.Json;
import dev.hone.app.wiring.GivenModel;
import dev.hone.store.ResidentMemory;
import dev.hone.torch.Bench;
import dev.hone.torch.Devices;
import dev.hone.torch.TorchGenerator;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Times the local engine.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Time the local engine on a workload of token ids: drawing, or steps of SFT or DPO.",
            "A line of the workload is {\"prompt_ids\": [..], \"completions\": [[..], ..]}; when drawing, only the"
                    + " completions' lengths count.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hone bench sample --model my-model/ --workload workload.jsonl",
            "  hone bench sft --model my-model/ --workload workload.jsonl --json"
        })
final class BenchCommand implements Runnable {
    private static final long BYTES_A_MB = 1 << 20;

    private final Console console;

    /// What is timed.
    enum What {
        SAMPLE,
        SFT,
        DPO
    }

    @Parameters(index = "0", paramLabel = "WHAT", description = "One of ${COMPLETION-CANDIDATES}.")
    private What what = What.SAMPLE;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|FILE",
            description = "A Hugging Face folder, or a GGUF file.")
    private String model = "";

    @Option(names = "--workload", required = true, paramLabel = "FILE", description = "JSON lines of token ids.")
    private Path workload = Path.of("workload.jsonl");

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "64",
            description = "Sequences drawn at a time; ${DEFAULT-VALUE}.")
    private int rows;

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

    @Option(names = "--json", description = "One line of JSON on standard output, nothing else.")
    private boolean json;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        Path folder = Path.of(GivenModel.named(model).location());
        Device place = device == null ? Devices.best() : device;
        Devices.refuseUnlessReady(place);
        Dtype dtype = precision == null ? TorchGenerator.fastest(place) : precision;
        Bench bench =
                new Bench(folder, workload, place, dtype, Runtime.getRuntime().availableProcessors());
        Bench.Result result = timed(bench);
        String name = "hone " + result.what() + " (" + (place == Device.CPU ? "" : "cuda, ")
                + dtype.name().toLowerCase(Locale.ROOT) + ")";
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("peer", name);
            line.put("batch", result.batch());
            line.put("useful_tokens", result.usefulTokens());
            line.put("seconds", Math.round(result.seconds() * 100) / 100.0);
            line.put("tokens_per_s", Math.round(result.tokensPerSecond() * 10) / 10.0);
            line.put("peak_mb", peakMegabytes());
            console.out().print(Json.line(line) + "\n");
            console.out().flush();
        } else {
            console.lines(List.of(String.format(
                    Locale.ROOT,
                    "%s, %d at a time: %,d tokens in %.1f s, %.1f a second; %,d MB at most",
                    name,
                    result.batch(),
                    result.usefulTokens(),
                    result.seconds(),
                    result.tokensPerSecond(),
                    peakMegabytes())));
        }
    }

    /// On standard error, where it does not disturb who reads the result.
    private Bench.Result timed(Bench bench) {
        Meter meter = new Meter(
                console.err(), console.terminal() ? Progress.Style.LIVE : Progress.Style.PLAIN, System::nanoTime);
        String name = "%-10s".formatted(what.name().toLowerCase(Locale.ROOT));
        try {
            return switch (what) {
                case SAMPLE -> bench.sample(rows, (done, total) -> meter.moved(name, done, total, "completions", ""));
                case SFT -> bench.sft((done, total) -> meter.moved(name, done, total, "steps", ""));
                case DPO -> bench.dpo((done, total) -> meter.moved(name, done, total, "steps", ""));
            };
        } finally {
            meter.end();
        }
    }

    /// The largest resident memory so far, where the system tells it; else -1.
    private static long peakMegabytes() {
        long bytes = ResidentMemory.ofThisProcess().highest();
        return bytes == 0 ? -1 : bytes / BYTES_A_MB;
    }
}
