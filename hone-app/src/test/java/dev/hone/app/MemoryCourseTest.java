package dev.hone.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryCourseTest {

    /// Ten rounds, of which four warm up, with a lower reading before the most of each.
    private static MemoryCourse course(IntToLongFunction most) {
        List<MemoryCourse.Reading> readings = IntStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(round -> List.of(
                        new MemoryCourse.Reading(round, round - 0.5, 1),
                        new MemoryCourse.Reading(round, round, most.applyAsLong(round)))
                        .stream())
                .toList();
        return new MemoryCourse(readings, 10);
    }

    @Test
    void what_warms_up_does_not_count() {
        MemoryCourse course = course(round -> round < 4 ? 10 * round : 100);
        assertThat(course.grownPercent()).isZero();
        assertThat(course.isFlat()).isTrue();
    }

    @Test
    void a_little_more_in_each_round_is_a_leak() {
        MemoryCourse course = course(round -> 100 + round);
        assertThat(course.grownPercent()).isCloseTo(100.0 * 6 / 104, within(1e-9));
        assertThat(course.isFlat()).isFalse();
    }

    @Test
    void five_percent_are_flat_and_less_memory_is() {
        assertThat(course(round -> round == 10 ? 105 : 100).isFlat()).isTrue();
        assertThat(course(round -> round == 10 ? 106 : 100).isFlat()).isFalse();
        assertThat(course(round -> round == 10 ? 50 : 100).isFlat()).isTrue();
    }
}
