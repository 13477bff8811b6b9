package dev.hone.torch.sample;

import dev.hone.data.Warping;
import dev.hone.torch.kernel.Gang;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.model.ModelDirectory;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/// Draws completions, many at a time; a sequence that ends makes room for the next.
///
/// On the CPU a completion depends on the weights, its prompt, its settings and its seed only: bit for bit the same
/// whatever else is drawn beside it, whatever `rows` and `threads` are. On a GPU it depends on `rows` and the other
/// requests in so far as sums are made in another order; the same call gives the same completions.
///
/// @param rows sequences in flight at a time over all threads
/// @param threads that draw; they share batches as [DrawingWeights#batches] says
public record Sampler(DrawingWeights weights, int rows, int threads) {

    public Sampler {
        if (rows < 1 || threads < 1) {
            throw new IllegalArgumentException("rows " + rows + " and threads " + threads + " must be at least 1");
        }
    }

    /// Completions wanted of one prompt.
    ///
    /// @param prompt token ids, at least one; a forced prefix is simply its end
    /// @param seeds one a completion
    /// @param limits tokens to draw at most, one a completion
    /// @param ends ids of the tokens that end a completion; may be empty
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    public record Request(int[] prompt, long[] seeds, Manner manner, int[] limits, int[] ends) {

        boolean isEnd(int token) {
            for (int end : ends) {
                if (end == token) {
                    return true;
                }
            }
            return false;
        }

        /// Completions that may all be as long.
        Request(int[] prompt, long[] seeds, Manner manner, int limit, int[] ends) {
            this(prompt, seeds, manner, same(limit, seeds.length), ends);
        }

        /// Completions of the model's own distribution.
        public Request(int[] prompt, long[] seeds, double temperature, int[] limits, int[] ends) {
            this(prompt, seeds, Manner.plain(temperature), limits, ends);
        }

        /// Completions of the model's own distribution that may all be as long.
        public Request(int[] prompt, long[] seeds, double temperature, int limit, int[] ends) {
            this(prompt, seeds, Manner.plain(temperature), limit, ends);
        }

        private static int[] same(int limit, int count) {
            int[] limits = new int[count];
            Arrays.fill(limits, limit);
            return limits;
        }

        /// @throws IllegalArgumentException if it does not go with a model
        void check(DecoderConfig config) {
            int shortest = Arrays.stream(limits).min().orElse(0);
            if (prompt().length == 0 || shortest < 1 || longest() > config.context()) {
                throw new IllegalArgumentException("a prompt of " + prompt().length + " tokens and "
                        + Arrays.toString(limits) + " more do not fit into 1 to " + config.context()
                        + " tokens; shorten the prompt or lower maxTokens");
            }
            SortedMap<Integer, Double> bias = manner().warping().bias();
            if (!bias.isEmpty() && bias.lastKey() >= config.vocabulary()) {
                throw new IllegalArgumentException("bias for token " + bias.lastKey()
                        + " is not below the vocabulary's size " + config.vocabulary());
            }
            for (int id : prompt()) {
                if (id < 0 || id >= config.vocabulary()) {
                    throw new IllegalArgumentException(
                            "token id " + id + " is not below the vocabulary's size " + config.vocabulary());
                }
            }
        }

        int longest() {
            return prompt.length + Arrays.stream(limits).max().orElse(0);
        }
    }

    /// How the tokens of a completion are drawn.
    ///
    /// @param temperature at least 0; 0 takes the likeliest token, ties to the lowest id
    public record Manner(double temperature, Warping warping, Stop stop, Guide guide) {

        /// The model's own distribution, to the end token.
        static Manner plain(double temperature) {
            return new Manner(temperature, Warping.NONE, Stop.NEVER, Guide.FREE);
        }
    }

    /// How a completion came to its end.
    public enum Ending {
        /// The last token is an end token.
        ENDED,
        /// The last token is what the stop waited for.
        STOPPED,
        /// As many tokens as were allowed.
        LIMIT
    }

    /// What was drawn for one seed, the end token included.
    ///
    /// @param logProbs nats at temperature 1, one a token
    @SuppressWarnings("ArrayRecordComponent") // numbers in bulk, inside the engine only
    public record Drawn(int[] tokens, float[] logProbs, Ending ending) {}

    /// Draws from a model that is not needed again, with a thread a core.
    public static List<List<Drawn>> once(ModelDirectory model, Device device, Dtype dtype, List<Request> requests) {
        int cores = Runtime.getRuntime().availableProcessors();
        try (var gang = new Gang(cores);
                var weights = DrawingWeights.of(model.config(), model.tensors(), device, dtype, gang)) {
            return new Sampler(weights, 64, cores).draw(requests, _ -> {});
        }
    }

    /// @param progress told how many completions are done so far; may throw to stop the work
    /// @return for each request its completions, in the order of the seeds
    public List<List<Drawn>> draw(List<Request> requests, LongConsumer progress) {
        if (requests.isEmpty()) {
            return List.of();
        }
        int capacity = 1;
        long completions = 0;
        for (Request request : requests) {
            request.check(weights.config());
            capacity = Math.max(capacity, request.longest());
            completions += request.seeds().length;
        }
        int batches = (int) Math.min(weights.batches(threads), completions);
        int share = (int) Math.min(Math.ceilDiv(rows, batches), Math.ceilDiv(completions, (long) batches));
        var queue = new Queue(requests, new Drawn[requests.size()][], progress);
        return run(batches, share, capacity, queue);
    }

    private List<List<Drawn>> run(int batches, int share, int capacity, Queue queue) {
        try (var threadsOfThisCall = Executors.newFixedThreadPool(batches)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                int gang = (threads + i) / batches;
                running.add(threadsOfThisCall.submit(() -> drawShare(gang, share, capacity, queue)));
            }
            for (Future<?> each : running) {
                await(each, queue);
            }
        }
        return queue.results();
    }

    private void drawShare(int threadsOfShare, int share, int capacity, Queue queue) {
        boolean whole = false;
        try (var gang = new Gang(threadsOfShare);
                var batch = new DrawingBatch(weights, gang, share, capacity, queue)) {
            batch.run();
            whole = true;
        } finally {
            if (!whole) {
                queue.close(); // the others need not go on
            }
        }
    }

    private static void await(Future<?> worker, Queue queue) {
        try {
            worker.get();
        } catch (ExecutionException failed) {
            queue.close();
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a sampling thread failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            queue.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sampling", interrupted);
        }
    }

    /// The requests that wait and the completions that are done, shared by the threads.
    static final class Queue {
        private final List<Request> requests;
        private final int[] order;
        private final Drawn[][] done;
        private final LongConsumer progress;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicLong finished = new AtomicLong();
        private volatile boolean closed;

        Queue(List<Request> requests, Drawn[][] done, LongConsumer progress) {
            this.requests = requests;
            this.order = neighbours(requests);
            this.done = done;
            this.progress = progress;
            for (int i = 0; i < done.length; i++) {
                done[i] = new Drawn[requests.get(i).seeds().length];
            }
        }

        /// Index of a request that nobody has taken, -1 if there is none left.
        int take() {
            int index = next.getAndIncrement();
            return closed || index >= order.length ? -1 : order[index];
        }

        /// The order in which prompts that begin alike are beside each other, so that pages can be shared;
        /// otherwise as they came.
        private static int[] neighbours(List<Request> requests) {
            Map<IntBuffer, List<Integer>> alike = new LinkedHashMap<>();
            for (int i = 0; i < requests.size(); i++) {
                int[] prompt = requests.get(i).prompt();
                var beginning = IntBuffer.wrap(prompt, 0, Math.min(prompt.length, Pages.SIZE));
                alike.computeIfAbsent(beginning, _ -> new ArrayList<>()).add(i);
            }
            Comparator<Integer> byTokens =
                    Comparator.comparing(i -> requests.get(i).prompt(), Arrays::compare);
            return alike.values().stream()
                    .flatMap(group -> group.stream().sorted(byTokens))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }

        Request request(int index) {
            return requests.get(index);
        }

        boolean isClosed() {
            return closed;
        }

        void put(int request, int sample, Drawn drawn) {
            done[request][sample] = drawn;
            finished.incrementAndGet();
        }

        /// One thread at a time, because the listener need not stand more.
        synchronized void report() {
            progress.accept(finished.get());
        }

        void close() {
            closed = true;
        }

        List<List<Drawn>> results() {
            List<List<Drawn>> all = new ArrayList<>(done.length);
            for (Drawn[] each : done) {
                all.add(List.of(each));
            }
            return all;
        }
    }
}
