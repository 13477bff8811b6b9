package dev.hone.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MeterTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private Meter meter(Progress.Style style) {
        return new Meter(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, clock::get);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_left_is_told_by_the_speed_since_it_began_or_went_back() {
        Meter meter = meter(Progress.Style.PLAIN);
        meter.moved("fetch     ", 500, 1_000, "MB", "a");
        for (long done : new long[] {600, 0, 100}) { // a server that starts over
            clock.addAndGet(5 * SECOND);
            meter.moved("fetch     ", done, 1_000, "MB", "a");
        }
        assertThat(shown().lines())
                .containsExactly(
                        "fetch     60%  600/1,000 MB  20 s left  a",
                        "fetch     0%  0/1,000 MB  a", "fetch     10%  100/1,000 MB  45 s left  a");
    }

    @Test
    void the_line_that_moves_is_taken_away_in_the_end_and_only_if_it_is_there() {
        Meter meter = meter(Progress.Style.LIVE);
        meter.end();
        meter.moved("x ", 0, 0, "steps", "");
        assertThat(shown()).as("too early").isEmpty();
        clock.addAndGet(SECOND);
        meter.moved("x ", 0, 0, "steps", "");
        meter.end();
        meter.end();
        assertThat(shown()).isEqualTo("\r\u001b[Kx ░░░░░░░░░░░░░░░░░░░░ 0%  0/0 steps\r\u001b[K");
    }
}
