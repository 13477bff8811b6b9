package dev.hone.torch.sample;

import dev.hone.torch.model.DecoderConfig;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Keys and values in [Pages], as one tensor on the device of the weights: `[2 layers, pages, page, kv heads * head
/// size]`, keys and values of a layer behind one another.
///
/// Page 0 of the tensor belongs to no sequence: what pads a step is written there. Page `p` of [Pages] is its page
/// `p + 1`.
final class TensorPages implements Pages.Store, AutoCloseable {
    private static final int FIRST = 64;

    private final DecoderConfig config;
    private final TensorWeights weights;
    private Tensor cache;
    private long used = 1;

    TensorPages(TensorWeights weights) {
        this.config = weights.config();
        this.weights = weights;
        try (var _ = new PointerScope()) {
            cache = kept(zeros(FIRST));
        }
    }

    private static Tensor kept(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    private Tensor zeros(long pages) {
        long[] sizes = {2L * config.layers(), pages, Pages.SIZE, config.keyValueWidth()};
        return weights.head().new_zeros(sizes);
    }

    @Override
    public void add() {
        if (used == cache.size(1)) {
            try (var _ = new PointerScope()) {
                Tensor larger = zeros(2 * used);
                larger.narrow(1, 0, used).copy_(cache);
                kept(larger);
                cache.releaseReference();
                cache = larger;
            }
        }
        used++;
    }

    @Override
    public void copy(int from, int to) {
        try (var _ = new PointerScope()) {
            cache.select(1, place(to)).copy_(cache.select(1, place(from)));
        }
    }

    /// Where a page of [Pages] lies.
    static long place(int page) {
        return page + 1L;
    }

    /// Writes keys or values of a step.
    ///
    /// @param half `2 layer` for keys, `2 layer + 1` for values
    /// @param slots which position of the tensor each row has: place of its page times page size plus place in it
    /// @param rows `[rows, kv heads * head size]`
    void write(int half, Tensor slots, Tensor rows) {
        cache.select(0, half).view(-1, config.keyValueWidth()).index_copy_(0, slots, rows);
    }

    /// Keys or values of many pages, `[pages * page, kv heads, head size]`.
    ///
    /// @param pages their places
    Tensor read(int half, Tensor pages) {
        return cache.select(0, half).index_select(0, pages).view(-1, config.keyValueHeads(), config.headSize());
    }

    @Override
    public void close() {
        cache.releaseReference();
    }
}
