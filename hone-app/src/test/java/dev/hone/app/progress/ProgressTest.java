package dev.hone.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.run.RunEvent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long SECOND = 1_000_000_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    private Progress progress(Progress.Style style) {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), style, clock::get);
    }

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void without_a_terminal_a_line_comes_every_few_seconds_at_most_and_one_at_the_end_of_a_step() {
        Progress progress = progress(Progress.Style.PLAIN);
        for (int done = 0; done <= 12_000; done += 100) {
            clock.addAndGet(SECOND / 10);
            progress.accept(new RunEvent.Progress("sample", 1, done, 12_000, "samples", ""));
        }
        progress.accept(new RunEvent.StepDone("sample", 1, 12.0));
        assertThat(shown().lines())
                .containsExactly(
                        "round 1   sample    40%  4,900/12,000 samples  7.1 s left",
                        "round 1   sample    82%  9,900/12,000 samples  2.1 s left",
                        "round 1   sample      12 s        12,000 samples");
    }

    @Test
    void on_a_terminal_one_line_moves_and_fits() {
        Progress progress = progress(Progress.Style.LIVE);
        for (int done = 1; done <= 100; done++) {
            clock.addAndGet(SECOND);
            progress.accept(new RunEvent.Progress("learn", 2, done, 100, "steps", "loss 0.412 at a rate of 0.001"));
        }
        progress.accept(new RunEvent.StepDone("learn", 2, 100));
        assertThat(shown().split("\r", -1))
                .hasSize(102)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(84));
        assertThat(shown().chars().filter(each -> each == '\n')).hasSize(1);
        assertThat(shown())
                .contains("█████░░░░░░░░░░░░░░░ 25%  25/100 steps")
                .endsWith("100 steps" + System.lineSeparator());
    }

    @Test
    void health_shows_what_a_reader_looks_for() {
        Progress progress = progress(Progress.Style.PLAIN);
        progress.accept(new RunEvent.RoundHealth(
                1, new TreeMap<>(Map.of("right", 0.312, "kept", 0.25, "tokens", 14.24, "all wrong", 0.4))));
        progress.accept(new RunEvent.RoundHealth(1, new TreeMap<>(Map.of("loss", 0.4, "loss at start", 0.9))));
        progress.accept(new RunEvent.RoundHealth(1, new TreeMap<>(Map.of("validation", 0.365))));
        progress.accept(new RunEvent.Note(1, "a word"));
        assertThat(shown().lines())
                .containsExactly(
                        "round 1     right 31.2%   kept 25.0%   14.2 tokens a sample",
                        "round 1     loss 0.900 -> 0.400", "round 1     validation 36.5%", "round 1   note: a word");
    }
}
