package dev.hone.app.progress;

import dev.hone.app.report.Numbers;
import java.io.PrintStream;
import java.util.function.LongSupplier;

/// How far one thing has come: a line that moves where there is a terminal, a line every few seconds where there is
/// none.
public final class Meter {
    private static final int WIDTH = 79;
    private static final int BAR = 20;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream out;
    private final Progress.Style style;
    private final LongSupplier nanos;

    private String what = "";
    private long before;
    private long began;
    private long drawn;
    private long doneAtBegin;
    private boolean lineOpen;

    /// @param nanos a clock such as [System#nanoTime]
    public Meter(PrintStream out, Progress.Style style, LongSupplier nanos) {
        this.out = out;
        this.style = style;
        this.nanos = nanos;
        this.drawn = nanos.getAsLong();
    }

    /// Shows it, unless the last time was a moment ago. The time that is left is told from the speed since `name` and
    /// `unit` came for the first time, or `done` went back.
    ///
    /// Synchronized: it may be told from any thread; the lock protects the line that is open and the clock marks.
    ///
    /// @param name stands first
    /// @param done of `total` `unit`
    public synchronized void moved(String name, long done, long total, String unit, String detail) {
        long now = nanos.getAsLong();
        if (!what.equals(name + unit) || done < before) {
            what = name + unit;
            began = now;
            doneAtBegin = done;
        }
        before = done;
        if (now - drawn < style.pause()) {
            return;
        }
        drawn = now;
        String text = text(name, done, Math.max(0, total), unit, now) + (detail.isBlank() ? "" : "  " + detail);
        if (style == Progress.Style.PLAIN) {
            line(text);
            return;
        }
        out.print(CLEAR + cut(text));
        out.flush();
        lineOpen = true;
    }

    /// A line of its own, above the one that moves.
    public synchronized void line(String text) {
        end();
        out.println(text);
        out.flush();
    }

    /// Takes the line that moves away.
    public synchronized void end() {
        if (lineOpen) {
            out.print(CLEAR);
            out.flush();
            lineOpen = false;
        }
    }

    private String text(String name, long done, long total, String unit, long now) {
        long whole = Math.max(1, total);
        StringBuilder line = new StringBuilder(name);
        if (style == Progress.Style.LIVE) {
            int full = Math.clamp(BAR * done / whole, 0, BAR);
            line.append("█".repeat(full)).append("░".repeat(BAR - full)).append(' ');
        }
        line.append(100 * done / whole).append("%  ");
        line.append(Numbers.whole(done)).append('/').append(Numbers.whole(total));
        line.append(' ').append(unit);
        double seconds = (now - began) / 1e9;
        long moved = done - doneAtBegin;
        if (seconds > 0.5 && moved > 0) {
            double left = seconds * (total - done) / moved;
            line.append("  ").append(Numbers.duration(left)).append(" left");
        }
        return line.toString();
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
