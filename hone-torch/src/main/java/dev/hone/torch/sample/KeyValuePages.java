package dev.hone.torch.sample;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hone.torch.kernel.BFloat16;
import dev.hone.torch.kernel.RowProduct;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Dtype;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// Keys and values in [Pages], in this machine's memory.
///
/// A page holds all layers. Keys of a head lie as `[head size][page]`, values as `[page][head size]`, each in the order
/// that [RowProduct#offset] gives for a right-hand side, so attention multiplies with them as they are.
final class KeyValuePages implements Pages.Store {
    private static final int ALIGNMENT = 64;

    private final DecoderConfig config;
    private final RowProduct product;
    private final Arena arena;
    private final long headBytes; // keys or values of one head in one page
    private final List<MemorySegment> pages = new ArrayList<>();

    KeyValuePages(DecoderConfig config, RowProduct product, Arena arena) {
        this.config = config;
        this.product = product;
        this.arena = arena;
        this.headBytes = (long) Pages.SIZE * config.headSize() * product.dtype().bytes();
    }

    /// Bytes of one page.
    static long bytes(DecoderConfig config, Dtype dtype) {
        return 2L * config.layers() * config.keyValueWidth() * Pages.SIZE * dtype.bytes();
    }

    @Override
    public void add() {
        pages.add(arena.allocate(bytes(config, product.dtype()), ALIGNMENT));
    }

    @Override
    public void copy(int from, int to) {
        pages.get(to).copyFrom(pages.get(from));
    }

    /// Keys of a head in a page.
    MemorySegment keys(int page, int layer, int head) {
        return part(page, 2 * layer, head);
    }

    /// Values of a head in a page.
    MemorySegment values(int page, int layer, int head) {
        return part(page, 2 * layer + 1, head);
    }

    private MemorySegment part(int page, int half, int head) {
        long at = ((long) half * config.keyValueHeads() + head) * headBytes;
        return pages.get(page).asSlice(at, headBytes);
    }

    /// Writes key and value of one token.
    ///
    /// @param key where the first key head starts in `from`, `[heads * head size]`
    void write(Pages.Sequence sequence, int position, int layer, float[] from, int key, int value) {
        int size = config.headSize();
        int page = sequence.page(position / Pages.SIZE);
        int place = position % Pages.SIZE;
        for (int head = 0; head < config.keyValueHeads(); head++) {
            MemorySegment keys = keys(page, layer, head);
            MemorySegment values = values(page, layer, head);
            for (int d = 0; d < size; d++) {
                set(keys, product.offset(d, place, Pages.SIZE), from[key + head * size + d]);
                set(values, product.offset(place, d, size), from[value + head * size + d]);
            }
        }
    }

    private void set(MemorySegment to, int at, float value) {
        if (product.dtype() == Dtype.BFLOAT16) {
            to.setAtIndex(JAVA_SHORT_UNALIGNED, at, BFloat16.of(value));
        } else {
            to.setAtIndex(JAVA_FLOAT_UNALIGNED, at, value);
        }
    }
}
