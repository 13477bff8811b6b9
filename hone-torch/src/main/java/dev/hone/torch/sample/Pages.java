package dev.hone.torch.sample;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/// Which pages hold what sequences have seen: pages of [#SIZE] positions, by number, that sequences with the same
/// beginning share (paged attention, Kwon et al. 2023, with copy on write). Who reads and writes them is a [Store].
///
/// One thread at a time.
final class Pages {
    /// Positions of a page; even.
    static final int SIZE = 32;

    private final Store store;
    private final Deque<Integer> free = new ArrayDeque<>();
    private int[] users = new int[16]; // of each page
    private int made;

    /// What lies in the pages. Places that no token has written hold finite numbers.
    interface Store {
        /// There is one page more, the next number.
        void add();

        /// Overwrites a page with another.
        void copy(int from, int to);
    }

    Pages(Store store) {
        this.store = store;
    }

    /// Pages made so far, in use or free.
    int made() {
        return made;
    }

    private int take() {
        Integer page = free.poll();
        if (page == null) {
            store.add();
            page = made++;
            if (made > users.length) {
                users = Arrays.copyOf(users, 2 * made);
            }
        }
        users[page] = 1;
        return page;
    }

    /// A sequence that holds nothing.
    Sequence sequence() {
        return new Sequence();
    }

    /// What one sequence has seen.
    final class Sequence {
        private int[] pages = new int[4];
        private int count;
        private int length;

        private Sequence() {}

        /// Tokens that it has seen.
        int length() {
            return length;
        }

        /// Pages that it has.
        int pages() {
            return count;
        }

        /// The number of its page `index`.
        int page(int index) {
            return pages[index];
        }

        private void append(int page) {
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
            }
            pages[count++] = page;
        }

        /// Another sequence that has seen the first `kept` tokens of this one. They share whole pages.
        Sequence fork(int kept) {
            if (kept < 0 || kept > length) {
                throw new IllegalArgumentException("cannot keep " + kept + " of " + length + " tokens");
            }
            var other = new Sequence();
            other.length = kept;
            for (int i = 0; i < kept / SIZE; i++) {
                users[pages[i]]++;
                other.append(pages[i]);
            }
            if (kept % SIZE != 0) {
                int copy = take();
                store.copy(pages[kept / SIZE], copy);
                other.append(copy);
            }
            return other;
        }

        /// Makes room for one more token.
        ///
        /// @return its position
        int grow() {
            if (length % SIZE == 0) {
                append(take());
            }
            return length++;
        }

        /// Gives the pages back that nobody else uses.
        void release() {
            for (int i = 0; i < count; i++) {
                users[pages[i]]--;
                if (users[pages[i]] == 0) {
                    free.add(pages[i]);
                }
            }
            count = 0;
            length = 0;
        }
    }
}
