package dev.hone.torch.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.hone.run.HoneException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Templates that would take all memory or time.
class TemplateLimitsTest {
    /// A text of 655,360 characters.
    private static final String LARGE = "{% set ns = namespace(s='aaaaaaaaaa') %}{% for i in range(16) %}"
            + "{% set ns.s = ns.s ~ ns.s %}{% endfor %}";

    /// Two lists, each of two lists, each of two lists, forty times.
    private static final String DOUBLED = "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(40) %}"
            + "{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}";

    private static String render(String source) {
        return ChatTemplate.of(source, "here", Map.of())
                .render(List.of(Map.of("role", "user", "content", "hello")), null, true);
    }

    private static void refuses(String source, String words) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertThatThrownBy(() -> render(source))
                .isInstanceOf(TemplateFunction.Refusal.class)
                .hasMessageContaining(words);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1L << 30);
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource(delimiter = '!', quoteCharacter = '`', textBlock = """
        {{ ns.s | replace('a', ns.s) }}                                                      ! longer than 8388608 characters
        {{ ns.s.replace('', ns.s) }}                                                         ! longer than 8388608 characters
        {{ range(1000) | join(ns.s) }}                                                       ! longer than 8388608 characters
        {{ ns.s.join(['a'] + ns.s[:1000].split('a')) }}                                      ! longer than 8388608 characters
        {{ ns.s.replace('a', 'a\\n') | indent(100) }}                                        ! longer than 8388608 characters
        {{ [[[1, 2]]] | tojson(indent=2147483647) }}                                         ! longer than 8388608 characters
        {{ [[[1, 2]]] | tojson(indent=8388000) }}                                            ! longer than 8388608 characters
        {{ ns.s.replace('a', 'a ').split() }}                                                ! longer than 100000 elements
        {{ ns.s.rsplit('a', 1000000) }}                                                      ! longer than 100000 elements
        {{ ns.s.replace('a', 'a ').rsplit(none, 1000000) }}                                  ! longer than 100000 elements
        {{ ns.s | list }}                                                                    ! longer than 100000 elements
        {{ ns.s.replace('a', '\\n').splitlines() }}                                          ! longer than 100000 elements
        {% for i in range(50000) %}{{ (ns.s ~ i) | length }}{% endfor %}                     ! bytes of memory
        {% set ns.l = [] %}{% for i in range(9999) %}{% set ns.l = ns.l + [ns.s ~ i] %}{% endfor %} ! bytes of memory
        {% for i in range(90000) %}{{ range(90000) | list | length }}{% endfor %}            ! more than
        {% for i in range(99000) %}{{ 'b' in ns.s }}{{ 'b' in ns.s }}{% endfor %}            ! more than
        """)
    void what_a_rendering_makes_is_bounded(String source, String words) {
        refuses(LARGE + source, words);
    }

    @ParameterizedTest
    @Timeout(120)
    @CsvSource(delimiter = '!', textBlock = """
        {{ ns.a == ns.b }}
        {{ ns.a }}
        {{ ns.a ~ '' }}
        {{ ns.a | tojson }}
        {{ ns.a | string }}
        {{ [ns.a, ns.b] | unique }}
        {{ [ns.a, ns.b] | sort }}
        {{ [1, 2] | join(ns.a) }}
        {{ ''.join(ns.a) }}
        {{ ns.a in [ns.b] }}
        """)
    void a_value_does_not_double_without_end(String source) {
        refuses(DOUBLED + source, "more than 200000 values");
    }

    @Test
    @Timeout(120)
    void a_macro_is_not_given_what_doubled_without_end() {
        refuses(
                "{% macro f(a, n) %}{% if n > 0 %}{{ f([a, a, a, a, a, a, a, a], n - 1) }}{% else %}{{ a == [a] }}"
                        + "{% endif %}{% endmacro %}{{ f([1], 15) }}",
                "");
    }

    @Test
    @Timeout(20)
    void white_space_without_end_in_a_loop_is_read_once() {
        String spaces = " ".repeat(30_000);
        refuses("{% for" + spaces + "x %}{% endfor %}", "a loop is");
        assertThat(render("{% for" + spaces + "x" + spaces + "in" + spaces + "messages %}{{ x.content }}{% endfor %}"))
                .isEqualTo("hello");
    }

    /// Of which the virtual machine does not say how much time they took.
    @Test
    @Timeout(120)
    void a_virtual_thread_has_no_more_time_than_another() throws InterruptedException {
        var refused = new AtomicReference<Throwable>();
        Thread.ofVirtual()
                .start(() -> refused.set(catchThrowable(() -> render(
                        LARGE + "{% for i in range(60000) %}{{ ns.s.replace('a', 'bb') | length }}{% endfor %}"))))
                .join();
        assertThat(refused.get())
                .isInstanceOf(TemplateFunction.Refusal.class)
                .hasMessageContaining("more than 5 seconds");
    }

    /// Found by [TemplateFuzzTest].
    @Test
    void what_the_parser_does_not_expect_is_a_fault_of_the_template() {
        assertThatThrownBy(() -> render("{%}"))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("here: the chat template cannot be read");
    }

    @Test
    void what_is_wrong_with_a_call_is_said_and_not_passed_over() {
        refuses("{{ 'a'.split('') }}", "cannot split at an empty text");
        refuses("{{ 1 | list }}", "1 cannot be iterated over");
        refuses("{{ 'a' | dictsort }}", "dictsort is supported for dictionaries");
    }
}
