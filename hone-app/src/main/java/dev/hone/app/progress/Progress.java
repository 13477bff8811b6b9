package dev.hone.app.progress;

import dev.hone.app.report.Numbers;
import dev.hone.run.RunEvent;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Shows a run's events: one line that moves where there is a terminal, a line every few seconds where there is
/// none, and in both a line for each step that ends.
public final class Progress implements Consumer<RunEvent> {
    private static final String SHARES = "right kept validation";
    private static final String GAP = "sampler - learner";

    private final Meter meter;
    private RunEvent.@Nullable Progress latest;

    /// Where the lines go.
    public enum Style {
        /// A terminal, which can take a line back.
        LIVE(100_000_000L),
        /// A file or a pipe.
        PLAIN(5_000_000_000L);

        private final long pause;

        Style(long pause) {
            this.pause = pause;
        }

        /// Nanoseconds between what is shown of one thing.
        long pause() {
            return pause;
        }
    }

    /// @param nanos a clock such as [System#nanoTime]
    public Progress(PrintStream out, Style style, LongSupplier nanos) {
        this.meter = new Meter(out, style, nanos);
    }

    /// Synchronized: events may come from any thread; the lock protects what came last.
    @Override
    public synchronized void accept(RunEvent event) {
        switch (event) {
            case RunEvent.Progress progress -> moved(progress);
            case RunEvent.StepDone done -> line(done(done));
            case RunEvent.RoundHealth(int round, SortedMap<String, Double> figures) -> health(round, figures);
            case RunEvent.Offered _, RunEvent.OfferedVerifier _ -> {}
            case RunEvent.Note(int round, String text) -> line(label(round) + "note: " + text);
        }
    }

    /// A line of its own, above the one that moves.
    public void line(String text) {
        meter.line(text);
    }

    private void moved(RunEvent.Progress progress) {
        latest = progress;
        meter.moved(
                label(progress.round()) + pad(progress.step(), 10),
                progress.done(),
                progress.total(),
                progress.unit(),
                progress.detail());
    }

    private String done(RunEvent.StepDone done) {
        StringBuilder line = new StringBuilder(label(done.round())).append(pad(done.step(), 12));
        line.append(pad(Numbers.duration(done.seconds()), 12));
        RunEvent.Progress last = latest;
        if (last != null && last.step().equals(done.step()) && last.round() == done.round()) {
            line.append(Numbers.whole(last.total())).append(' ').append(last.unit());
        }
        return line.toString().stripTrailing();
    }

    private void health(int round, SortedMap<String, Double> figures) {
        List<String> parts = new ArrayList<>();
        for (String share : SHARES.split(" ", -1)) {
            Double value = figures.get(share);
            if (value != null) {
                parts.add(share + " " + Numbers.percent(value));
            }
        }
        double failed = figures.getOrDefault("failed", 0.0);
        if (failed > 0) {
            parts.add("failed " + Numbers.percent(failed));
        }
        Double tokens = figures.get("tokens");
        if (tokens != null) {
            parts.add(Numbers.fixed(tokens, 1) + " tokens a sample");
        }
        Double loss = figures.get("loss");
        if (loss != null) {
            parts.add("loss " + Numbers.fixed(figures.getOrDefault("loss at start", loss), 3) + " -> "
                    + Numbers.fixed(loss, 3));
        }
        Double gap = figures.get(GAP);
        if (gap != null) {
            parts.add(GAP + " " + Numbers.small(gap) + " nats a token");
        }
        if (!parts.isEmpty()) {
            line(label(round) + "  " + String.join("   ", parts));
        }
    }

    private static String label(int round) {
        return pad(round < 0 ? "given" : round == 0 ? "base" : "round " + round, 10);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }
}
