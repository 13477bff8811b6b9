package dev.hone.torch.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Threads that go through many short loops together.
///
/// A loop is often done within microseconds, so those that wait for the next spin for a while before they let others
/// have the processor, and sleep when none comes: a gang that is not asked costs nothing. Which thread takes which
/// items changes from run to run; a loop's items must not depend on that.
///
/// One thread at a time gives the loops, and takes part in them.
public final class Gang implements AutoCloseable {
    private static final int SPINS = 2_000;
    private static final int YIELDS = 1_000;
    private static final long NAP_NANOS = 50_000;
    /// Parts that a loop is cut into for each thread, so that a slow one does less.
    private static final int PARTS = 8;

    /// Part of a loop.
    public interface Body {
        /// @param worker from 0, whose scratch memory may be used
        void run(int from, int to, int worker);
    }

    private final List<Thread> others = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicInteger loop = new AtomicInteger();
    private final AtomicInteger asleep = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable Throwable failure;
    private Body body = (_, _, _) -> {};
    private int count;
    private int part;

    public Gang(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1 but was " + threads);
        }
        for (int worker = 1; worker < threads; worker++) {
            int number = worker;
            others.add(Thread.ofPlatform().daemon().name("hone-gang-" + worker).start(() -> serve(number)));
        }
    }

    public int threads() {
        return others.size() + 1;
    }

    /// Calls `body` on `[0, count)` in parts; returns when all are done.
    public void each(int count, Body body) {
        if (others.isEmpty() || count <= 1) {
            if (count > 0) {
                body.run(0, count, 0);
            }
            return;
        }
        this.body = body;
        this.count = count;
        this.part = Math.max(1, count / (PARTS * threads()));
        next.set(0);
        busy.set(others.size());
        loop.incrementAndGet(); // the others see all of the above
        wake();
        work(0);
        for (int waited = 0; busy.get() > 0; waited++) {
            if (!isSoon(waited)) {
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
        Throwable failed = failure;
        if (failed != null) {
            failure = null;
            throw failed instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a thread of the gang failed", failed);
        }
    }

    private void work(int worker) {
        try {
            for (int from = next.getAndAdd(part); from < count; from = next.getAndAdd(part)) {
                body.run(from, Math.min(count, from + part), worker);
            }
        } catch (RuntimeException | Error broken) {
            next.set(count); // the others need not go on
            failure = broken;
        }
    }

    private void serve(int worker) {
        int done = 0;
        while (!closed) {
            for (int waited = 0; loop.get() == done && !closed; waited++) {
                if (!isSoon(waited)) {
                    sleep(done);
                }
            }
            if (!closed) {
                done = loop.get();
                work(worker);
                busy.decrementAndGet();
            }
        }
    }

    /// Until somebody wakes this thread. The one who gives the next loop either sees that it sleeps, or has given it
    /// before this thread looks again.
    private void sleep(int done) {
        asleep.incrementAndGet();
        if (loop.get() == done && !closed) {
            LockSupport.park(this);
        }
        asleep.decrementAndGet();
    }

    private void wake() {
        if (asleep.get() > 0) {
            others.forEach(LockSupport::unpark);
        }
    }

    /// Waits a moment.
    ///
    /// @return false, without waiting, if one has waited for long
    @SuppressWarnings("ThreadPriorityCheck") // a wait of microseconds: sleeping takes fifty of them
    private static boolean isSoon(int waited) {
        if (waited < SPINS) {
            Thread.onSpinWait();
        } else if (waited < SPINS + YIELDS) {
            Thread.yield();
        } else {
            return false;
        }
        return true;
    }

    /// Lets the threads go.
    @Override
    public void close() {
        closed = true;
        wake();
    }
}
