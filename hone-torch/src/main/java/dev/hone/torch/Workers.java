package dev.hone.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.bytedeco.pytorch.global.torch;

/// Shares work with libtorch out to threads, each of which computes alone.
final class Workers {
    private Workers() {}

    /// `work` on each item, by at most `threads` at the same time.
    ///
    /// @return the results in the order of the items
    static <T, R> List<R> each(int threads, List<T> items, Function<T, R> work) {
        OpenBlas.computeOnTheCallersThread();
        try (ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, Math.max(1, items.size())))) {
            List<Future<R>> futures = new ArrayList<>();
            for (T item : items) {
                futures.add(workers.submit(() -> {
                    torch.set_num_threads(1);
                    return work.apply(item);
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(result(future));
            }
            return results;
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
