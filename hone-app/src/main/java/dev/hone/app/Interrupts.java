package dev.hone.app;

import dev.hone.run.HoneException.Kind;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Ctrl-C: the first asks a run to stop at its next safe place, the second ends the process at once.
final class Interrupts {
    private final AtomicBoolean asked = new AtomicBoolean();
    private final Consumer<String> message;

    /// @param message is shown at the first Ctrl-C
    private Interrupts(Consumer<String> message) {
        this.message = message;
    }

    /// Listens from now on, to SIGINT and SIGTERM.
    static Interrupts listen(Consumer<String> message) {
        Interrupts interrupts = new Interrupts(message);
        interrupts.on("INT");
        interrupts.on("TERM");
        return interrupts;
    }

    boolean asked() {
        return asked.get();
    }

    void signal() {
        if (asked.getAndSet(true)) {
            Runtime.getRuntime().halt(Exit.code(Kind.STOPPED));
        }
        message.accept("stopping at the next safe place; Ctrl-C again ends at once");
    }

    /// By reflection, since the compiler warns of `sun.misc.Signal` and cannot be told not to. Where there is none,
    /// Ctrl-C ends the process at once, which loses nothing but the work since the last commit.
    private void on(String signal) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> listener = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Interrupts.class.getClassLoader(),
                    new Class<?>[] {listener},
                    (self, called, args) -> switch (called.getName()) {
                        case "handle" -> {
                            signal();
                            yield null;
                        }
                        case "hashCode" -> System.identityHashCode(self);
                        case "equals" -> false;
                        default -> "interrupts";
                    });
            Method handle = signals.getMethod("handle", signals, listener);
            handle.invoke(null, signals.getConstructor(String.class).newInstance(signal), proxy);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            message.accept("this system does not tell of SIG" + signal + ": " + e.getMessage());
        }
    }
}
