package dev.hone.torch.template;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.tree.Node;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a rendering may still do: steps, memory, time. It is asked before each part of a template and each call of a
/// method, a filter or a test. Real templates take some thousand steps and some milliseconds.
final class TemplateBudget {
    private static final int MOST_STEPS = 200_000;
    private static final long MOST_BYTES = 512L << 20;
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int STEPS_A_LOOK = 16; // at the clock

    /// In one value, its own values counted each time they are in it. What is compared, printed or hashed takes as
    /// long, and a list that twice holds a list that twice holds a list doubles it each time.
    private static final int MOST_VALUES = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int steps;
    private long allocated;
    private long began;
    private @Nullable Map<String, Object> scope;

    /// Time of the processor for this thread. Of a virtual thread neither that nor the memory is counted: there the
    /// time is the clock's, and memory is bounded only by it, by the steps and by how large a value can be.
    private long now() {
        long time = threads.getCurrentThreadCpuTime();
        return time < 0 ? System.nanoTime() : time;
    }

    /// Called when a rendering begins, on the thread that does it.
    void begin() {
        steps = 0;
        allocated = threads.getCurrentThreadAllocatedBytes();
        began = now();
        scope = null;
    }

    /// Called before each part of a template is rendered.
    @SuppressWarnings("ReferenceEquality") // whether it is another one, not whether it holds the same
    void step(Node node, JinjavaInterpreter interpreter) {
        take(node.getLineNumber());
        Map<String, Object> here = interpreter.getContext().getScope();
        if (scope != here) { // what a macro was given, or the next turn of a loop
            scope = here;
            here.values().forEach(value -> weigh(value, node.getLineNumber()));
        }
    }

    /// Called before each call.
    void call() {
        take(-1);
    }

    private void take(int line) {
        if (++steps > MOST_STEPS) {
            throw new InterpretException("it takes more than " + MOST_STEPS + " steps", line);
        }
        if (threads.getCurrentThreadAllocatedBytes() - allocated > MOST_BYTES) {
            throw new InterpretException("it takes more than " + MOST_BYTES + " bytes of memory", line);
        }
        if (steps % STEPS_A_LOOK == 0 && now() - began > LONGEST.toNanos()) {
            throw new InterpretException("it takes more than " + LONGEST.toSeconds() + " seconds", line);
        }
    }

    /// Refuses a value that holds too many.
    void weigh(@Nullable Object value, int line) {
        if (weight(value, MOST_VALUES) > MOST_VALUES) {
            throw new InterpretException("a value holds more than " + MOST_VALUES + " values", line);
        }
    }

    /// @return of how many values it is; more than `most` if of more than `most`
    private static int weight(@Nullable Object value, int most) {
        Collection<?> inside = switch (value) {
            case Map<?, ?> map -> map.values();
            case Collection<?> some -> some;
            case null, default -> List.of();
        };
        int weight = 1;
        for (Object each : inside) {
            weight += weight(each, most - weight);
            if (weight > most) {
                break;
            }
        }
        return weight;
    }
}
