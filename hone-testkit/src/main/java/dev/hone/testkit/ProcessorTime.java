package dev.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// A limit on how much work something is, for what must not hang. Only the calling thread's own time counts, so that a
/// busy machine fails no test.
public final class ProcessorTime {
    private ProcessorTime() {}

    /// @param work that ends by itself
    /// @throws AssertionError if it took the calling thread's processor longer
    /// @throws Throwable what the work throws
    public static void atMost(Duration limit, ThrowingCallable work) throws Throwable {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.call();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                .as("processor time")
                .isLessThan(limit);
    }
}
