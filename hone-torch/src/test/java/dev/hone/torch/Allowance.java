package dev.hone.torch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hone.run.HoneException;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// What reading something from elsewhere may cost, whatever it holds.
///
/// @param bytes that may be allocated on the heap for any input, however small: buffers of fixed size, messages
/// @param perByte the same for each byte of the input
/// @param time of the processor
public record Allowance(long bytes, long perByte, Duration time) {

    /// Fails unless the reading ends within the allowance, with a result or with the fault of bad data that it
    /// documents. One that is over it is measured again: the first of its kind also loads classes.
    ///
    /// @param size of the input in bytes
    public void holds(int size, Runnable reading) {
        if (!isKept(size, cost(reading))) {
            Cost cost = cost(reading);
            assertThat(isKept(size, cost))
                    .as("%s for an input of %d bytes, allowed is %s", cost, size, this)
                    .isTrue();
        }
    }

    private record Cost(long bytes, Duration time) {}

    private boolean isKept(int size, Cost cost) {
        return cost.bytes() <= bytes + perByte * size && cost.time().compareTo(time) <= 0;
    }

    private static Cost cost(Runnable reading) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long began = threads.getCurrentThreadCpuTime();
        try {
            reading.run();
        } catch (HoneException refused) {
            assertThat(refused.kind()).isEqualTo(HoneException.Kind.DATA);
        }
        return new Cost(
                threads.getCurrentThreadAllocatedBytes() - allocated,
                Duration.ofNanos(threads.getCurrentThreadCpuTime() - began));
    }
}
