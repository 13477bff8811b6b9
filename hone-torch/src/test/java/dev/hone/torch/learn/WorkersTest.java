package dev.hone.torch.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {
    private static final List<Integer> MANY = IntStream.range(0, 200).boxed().toList();

    @Test
    void a_long_item_holds_up_nobody_and_results_keep_their_order() {
        var others = new CountDownLatch(MANY.size() - 1);
        List<Integer> results = Workers.each(2, MANY, item -> {
            if (item == 0) {
                assertThat(isZeroSoon(others)).isTrue();
            } else {
                others.countDown();
            }
            return 2 * item;
        });
        assertThat(results).isEqualTo(MANY.stream().map(item -> 2 * item).toList());
    }

    @Test
    void what_has_not_begun_when_an_item_fails_does_not_begin() {
        var begun = new AtomicInteger();
        assertThatThrownBy(() -> Workers.each(1, MANY, item -> {
                    begun.incrementAndGet();
                    if (item == 0) {
                        throw new IllegalStateException("broken");
                    }
                    return pause();
                }))
                .hasMessage("broken");
        assertThat(begun.get()).isLessThan(MANY.size());
    }

    private static boolean pause() {
        try {
            return !new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static boolean isZeroSoon(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
