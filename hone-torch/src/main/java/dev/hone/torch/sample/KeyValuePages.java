package dev.hone.torch.sample;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.hone.torch.kernel.BFloat16;
import dev.hone.torch.kernel.RowProduct;
import dev.hone.torch.model.DecoderConfig;
import dev.hone.torch.setting.Dtype;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// Keys and values of many sequences, in pages of [#PAGE] positions that sequences with the same beginning share
/// (paged attention, Kwon et al. 2023, with copy on write).
///
/// A page holds all layers. Keys of a head lie as `[head size][PAGE]`, values as `[PAGE][head size]`, each in the order
/// that [RowProduct#offset] gives for a right-hand side, so attention multiplies with them as they are. Places that no
/// token has written hold finite numbers.
final class KeyValuePages {
    /// Positions of a page; even.
    static final int PAGE = 32;

    private static final int ALIGNMENT = 64;

    private final DecoderConfig config;
    private final RowProduct product;
    private final Arena arena;
    private final long headBytes; // keys or values of one head in one page
    private final Deque<Page> free = new ArrayDeque<>();
    private int made;

    KeyValuePages(DecoderConfig config, RowProduct product, Arena arena) {
        this.config = config;
        this.product = product;
        this.arena = arena;
        this.headBytes = (long) PAGE * config.headSize() * product.dtype().bytes();
    }

    /// Bytes of one page.
    static long bytes(DecoderConfig config, Dtype dtype) {
        return 2L * config.layers() * config.keyValueWidth() * PAGE * dtype.bytes();
    }

    /// Pages made so far, in use or free.
    int made() {
        return made;
    }

    private static final class Page {
        final MemorySegment data;
        int users;

        Page(MemorySegment data) {
            this.data = data;
        }
    }

    private Page take() {
        Page page = free.poll();
        if (page == null) {
            made++;
            page = new Page(arena.allocate(bytes(config, product.dtype()), ALIGNMENT));
        }
        page.users = 1;
        return page;
    }

    /// A sequence that holds nothing.
    Sequence sequence() {
        return new Sequence();
    }

    /// What one sequence has seen.
    final class Sequence {
        private final List<Page> pages = new ArrayList<>();
        private int length;

        private Sequence() {}

        int length() {
            return length;
        }

        int pages() {
            return pages.size();
        }

        /// Another sequence that has seen the first `kept` tokens of this one. They share whole pages.
        Sequence fork(int kept) {
            if (kept < 0 || kept > length) {
                throw new IllegalArgumentException("cannot keep " + kept + " of " + length + " tokens");
            }
            var other = new Sequence();
            other.length = kept;
            for (int i = 0; i < kept / PAGE; i++) {
                Page page = pages.get(i);
                page.users++;
                other.pages.add(page);
            }
            if (kept % PAGE != 0) {
                Page copy = take();
                copy.data.copyFrom(pages.get(kept / PAGE).data);
                other.pages.add(copy);
            }
            return other;
        }

        /// Makes room for one more token.
        ///
        /// @return its position
        int grow() {
            if (length % PAGE == 0) {
                pages.add(take());
            }
            return length++;
        }

        /// Gives the pages back that nobody else uses.
        void release() {
            for (Page page : pages) {
                page.users--;
                if (page.users == 0) {
                    free.add(page);
                }
            }
            pages.clear();
            length = 0;
        }

        /// Keys of a head in the page `index`.
        MemorySegment keys(int index, int layer, int head) {
            return part(index, 2 * layer, head);
        }

        /// Values of a head in the page `index`.
        MemorySegment values(int index, int layer, int head) {
            return part(index, 2 * layer + 1, head);
        }

        private MemorySegment part(int index, int half, int head) {
            long at = ((long) half * config.keyValueHeads() + head) * headBytes;
            return pages.get(index).data.asSlice(at, headBytes);
        }

        /// Writes key and value of one token.
        ///
        /// @param key where the first key head starts in `from`, `[heads * head size]`
        void write(int position, int layer, float[] from, int key, int value) {
            int size = config.headSize();
            int place = position % PAGE;
            for (int head = 0; head < config.keyValueHeads(); head++) {
                MemorySegment keys = keys(position / PAGE, layer, head);
                MemorySegment values = values(position / PAGE, layer, head);
                for (int d = 0; d < size; d++) {
                    set(keys, product.offset(d, place, PAGE), from[key + head * size + d]);
                    set(values, product.offset(place, d, size), from[value + head * size + d]);
                }
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
