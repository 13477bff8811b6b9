package dev.hone.torch.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GangTest {
    /// Longer than those that wait spin.
    private static final long LONG_NANOS = 20_000_000;

    private static void eachOnce(Gang gang, int count) {
        var seen = new AtomicIntegerArray(count);
        gang.each(count, (from, to, worker) -> {
            assertThat(worker).isBetween(0, gang.threads() - 1);
            for (int i = from; i < to; i++) {
                seen.incrementAndGet(i);
            }
        });
        for (int i = 0; i < count; i++) {
            assertThat(seen.get(i)).as("item " + i).isEqualTo(1);
        }
    }

    @Test
    void every_item_is_done_once_in_loops_that_follow_each_other_and_in_loops_after_a_sleep() {
        try (var gang = new Gang(3)) {
            for (int loop = 0; loop < 2_000; loop++) {
                eachOnce(gang, loop % 50);
            }
            for (int loop = 0; loop < 20; loop++) {
                LockSupport.parkNanos(LONG_NANOS);
                eachOnce(gang, 50);
            }
        }
    }

    @Test
    void threads_that_sleep_cost_nothing_and_go_when_the_gang_is_closed() throws InterruptedException {
        var gang = new Gang(2);
        eachOnce(gang, 10);
        Thread other = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hone-gang-") && thread.isAlive())
                .max((a, b) -> Long.compare(a.threadId(), b.threadId()))
                .orElseThrow();
        while (other.getState() != Thread.State.WAITING) { // not TIMED_WAITING: nobody wakes it by the clock
            LockSupport.parkNanos(LONG_NANOS);
        }
        gang.close();
        other.join();
        assertThat(other.isAlive()).isFalse();
    }

    @Test
    void what_fails_in_a_loop_fails_it_and_the_next_loop_is_whole() {
        try (var gang = new Gang(2)) {
            assertThatThrownBy(() -> gang.each(100, (from, to, _) -> {
                        if (from <= 70 && 70 < to) {
                            throw new IllegalArgumentException("item 70");
                        }
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("item 70");
            eachOnce(gang, 100);
        }
    }
}
