package dev.hone.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/// Where a command writes.
///
/// @param out results
/// @param err everything else when `out` is read by a program
/// @param terminal whether a person sees it at once
record Console(PrintStream out, PrintStream err, boolean terminal) {

    /// The process's own streams.
    static Console ofProcess() {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
        return new Console(System.out, System.err, terminal);
    }

    /// The same with nothing but a result on standard output.
    Console talkingOnError() {
        return new Console(err, err, terminal);
    }

    void lines(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
