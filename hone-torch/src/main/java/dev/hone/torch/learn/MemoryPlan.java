package dev.hone.torch.learn;

import com.sun.management.OperatingSystemMXBean;
import dev.hone.torch.file.Fault;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.objective.Text;
import dev.hone.torch.setting.Activations;
import dev.hone.torch.setting.Device;
import dev.hone.torch.setting.Dtype;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What a training needs at its peak, in bytes, by what for: an estimate from shapes alone.
///
/// @param outside of the Java heap: what libtorch allocates
/// @param heap what lies in the Java heap
public record MemoryPlan(SequencedMap<String, Long> outside, SequencedMap<String, Long> heap) {
    private static final long FLOAT = 4;
    private static final double GIB = 1L << 30;

    /// What there is, in bytes.
    ///
    /// @param machine memory of the machine, or what this process may have of it
    /// @param heap the largest Java heap
    public record Room(long machine, long heap) {

        /// Of this process.
        ///
        /// @param device whose memory takes what is outside of the heap; a GPU's is not known before it is full
        public static Room here(Device device) {
            long heap = Runtime.getRuntime().maxMemory();
            return device == Device.CPU
                            && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? new Room(system.getTotalMemorySize(), heap)
                    : new Room(Long.MAX_VALUE, heap); // a Java that cannot tell
        }
    }

    public static MemoryPlan of(
            DecoderConfig config, Tuning.Size size, Work work, Dtype dtype, int threads, Activations activations) {
        long frozen = size.frozen();
        long learning = size.learning();
        long width = dtype == Dtype.BFLOAT16 ? 2 : FLOAT;
        SequencedMap<String, Long> outside = new LinkedHashMap<>();
        outside.put("weights", width * (frozen + learning));
        outside.put("gradients", width * learning * threads);
        outside.put("activations", FLOAT * threads * activations(config, work, activations));
        outside.put("logits", FLOAT * threads * 2 * logits(config, work));
        SequencedMap<String, Long> heap = new LinkedHashMap<>();
        heap.put("frozen weights", FLOAT * frozen);
        heap.put("weights", FLOAT * learning);
        heap.put("optimizer", FLOAT * 2 * learning);
        heap.put("gradients", FLOAT * learning);
        return new MemoryPlan(outside, heap);
    }

    /// A piece of a batch.
    ///
    /// @param places tokens, padding included
    /// @param length of a slice, in tokens
    public record Work(long places, long length) {
        /// Before the texts are known: what is needed in any case.
        public static final Work NONE = new Work(0, 0);

        /// The larger half of a batch, or a piece of about so many places if that is less; a pair of the longest texts
        /// is never cut.
        ///
        /// @param texts all of them, of so many examples
        /// @param batch examples of a step
        public static Work of(List<Text> texts, int examples, int batch, int placesPerPiece) {
            long longest =
                    texts.stream().mapToLong(text -> text.ids().length).max().orElse(0);
            long textsOfHalf = Math.ceilDiv((long) Math.min(batch, examples) * texts.size(), 2L * examples);
            long places = Math.max(2 * longest, Math.min(placesPerPiece, longest * textsOfHalf));
            // texts that begin alike lie in a slice of more than one text's length
            return new Work(places, Math.min(places, 2 * longest));
        }
    }

    private static long logits(DecoderConfig config, Work work) {
        return Math.min(work.places * config.vocabulary(), TokenHead.LOGITS_AT_ONCE);
    }

    /// Values that are kept for the way back: of every layer, or what goes into every layer and the inside
    /// of one.
    private static long activations(DecoderConfig config, Work work, Activations activations) {
        // inputs of the products and what the norms, the turning, the gate keep
        long inside = work.places
                        * (8L * config.hidden()
                                + 4L * config.intermediate()
                                + 6L * config.queryWidth()
                                + 6L * config.keyValueWidth())
                // scores and their softmax
                + 2L * work.places * work.length * config.heads();
        long between = work.places * config.hidden();
        return switch (activations) {
            case KEPT -> config.layers() * inside + between;
            case RECOMPUTED -> inside + (config.layers() + 1L) * between;
        };
    }

    private static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }

    long bytes() {
        return sum(outside) + sum(heap);
    }

    private static String told(Map<String, Long> parts) {
        return parts.entrySet().stream()
                .map(part -> part.getKey() + " " + gib(part.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String gib(long bytes) {
        return "%.2f GiB".formatted(bytes / GIB);
    }

    /// One line for a reader.
    public String told() {
        return "learning needs about " + gib(bytes()) + ": " + told(outside) + "; in the Java heap " + told(heap);
    }

    /// @throws dev.hone.run.HoneException if it does not fit
    public void refuseUnlessItFits(Room room) {
        if (sum(heap) > room.heap) {
            throw Fault.settings(
                    told() + "; the heap may grow to " + gib(room.heap),
                    "allow more with -Xmx, learn an adapter instead of all weights, or choose a smaller model");
        }
        if (bytes() > room.machine) {
            throw Fault.settings(
                    told() + "; this machine has " + gib(room.machine),
                    "learn an adapter instead of all weights, have activations recomputed, use fewer threads, or choose a "
                            + "smaller model");
        }
    }
}
