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
/// A page holds all layers. Some [key heads at once](#atOnce) lie side by side, their keys as
/// `[head size][key head][position]`, their values as `[position][key head][head size]`, each in the order that
/// [RowProduct#offset] gives for a right-hand side, so attention multiplies with them as they are.
final class KeyValuePages implements Pages.Store {
    private static final int ALIGNMENT = 64;
    /// Key heads at most that are multiplied with at once: of the products one in so many counts.
    private static final int MOST_AT_ONCE = 4;
    /// Heads at most that are multiplied at once; a processor's tiles have as many rows (AMX).
    private static final int TILE = 16;

    private final DecoderConfig config;
    private final RowProduct product;
    private final Arena arena;
    private final int atOnce;
    private final long partBytes; // keys or values of the heads that go at once, in one page
    private final List<MemorySegment> pages = new ArrayList<>();

    KeyValuePages(DecoderConfig config, RowProduct product, Arena arena) {
        this.config = config;
        this.product = product;
        this.arena = arena;
        this.atOnce = atOnce(config);
        this.partBytes =
                (long) Pages.SIZE * atOnce * config.headSize() * product.dtype().bytes();
    }

    /// Key heads that attention multiplies with at once, with all heads that look at them. A product of a page and
    /// one key head takes less time than asking for it, so most of what it computes for several may be left unread.
    static int atOnce(DecoderConfig config) {
        int group = config.heads() / config.keyValueHeads();
        int most = Math.clamp(TILE / group, 1, MOST_AT_ONCE);
        while (config.keyValueHeads() % most != 0) {
            most--;
        }
        return most;
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

    /// Keys of the key heads from `part` times [#atOnce] on, in a page.
    MemorySegment keys(int page, int layer, int part) {
        return slice(page, 2 * layer, part);
    }

    /// Values likewise.
    MemorySegment values(int page, int layer, int part) {
        return slice(page, 2 * layer + 1, part);
    }

    private MemorySegment slice(int page, int half, int part) {
        long at = (long) half * config.keyValueHeads() / atOnce + part;
        return pages.get(page).asSlice(at * partBytes, partBytes);
    }

    /// Writes key and value of one token.
    ///
    /// @param key where the first key head starts in `from`, `[heads * head size]`
    void write(Pages.Sequence sequence, int position, int layer, float[] from, int key, int value) {
        int size = config.headSize();
        int page = sequence.page(position / Pages.SIZE);
        int place = position % Pages.SIZE;
        int keyWidth = atOnce * Pages.SIZE;
        int valueWidth = atOnce * size;
        for (int head = 0; head < config.keyValueHeads(); head++) {
            MemorySegment keys = keys(page, layer, head / atOnce);
            MemorySegment values = values(page, layer, head / atOnce);
            int column = head % atOnce;
            for (int d = 0; d < size; d++) {
                set(keys, product.offset(d, column * Pages.SIZE + place, keyWidth), from[key + head * size + d]);
                set(values, product.offset(place, column * size + d, valueWidth), from[value + head * size + d]);
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
