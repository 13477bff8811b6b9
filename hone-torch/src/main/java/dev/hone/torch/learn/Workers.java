package dev.hone.torch.learn;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.pytorch.global.torch;

/// Shares work with libtorch out to threads, each of which computes alone.
final class Workers {
    private Workers() {}

    /// `work` on each item, by at most `threads` at the same time.
    ///
    /// @return the results in the order of the items
    static <T, R> List<R> each(int threads, List<T> items, Function<T, R> work) {
        List<R> results = new ArrayList<>();
        inOrder(threads, items.size(), items, work, results::add);
        return results;
    }

    /// `work` on each item, by at most `threads` at the same time; `taker` gets the results in the order of
    /// the items, on the caller's thread. At most `threads` results wait to be taken.
    static <T, R> void inOrder(int threads, List<T> items, Function<T, R> work, Consumer<R> taker) {
        inOrder(threads, threads, items, work, taker);
    }

    /// @param ahead items that are begun before the first of them is taken
    private static <T, R> void inOrder(int threads, int ahead, List<T> items, Function<T, R> work, Consumer<R> taker) {
        OpenBlas.computeOnTheCallersThread();
        Deque<Future<R>> running = new ArrayDeque<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.clamp(items.size(), 1, threads))) {
            try {
                for (T item : items) {
                    if (running.size() == ahead) {
                        taker.accept(result(running.removeFirst()));
                    }
                    running.addLast(workers.submit(() -> {
                        torch.set_num_threads(1);
                        return work.apply(item);
                    }));
                }
                while (!running.isEmpty()) {
                    taker.accept(result(running.removeFirst()));
                }
            } catch (RuntimeException | Error broken) {
                running.forEach(waiting -> waiting.cancel(false)); // what has not begun need not
                throw broken;
            }
        }
    }

    private static <R> R result(Future<R> future) {
        try {
            return future.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while computing", stopped);
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a computation failed", broken.getCause());
        }
    }
}
