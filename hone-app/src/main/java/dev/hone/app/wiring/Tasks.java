package dev.hone.app.wiring;

import dev.hone.app.settings.Nearest;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.store.problems.FileTask;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.task.countdown.Countdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The tasks that there are: a plain list that the compiler checks, besides files of problems.
public final class Tasks {

    /// One task that makes up its own problems.
    ///
    /// @param summary a line for a list
    public record Named(String name, String summary, Supplier<Task> task) {}

    public static final List<Named> ALL = List.of(
            new Named("countdown", "reach a target from numbers, each used once: 7,3,12>29:", Countdown::standard),
            new Named("arithmetic", "work out an expression step by step", Arithmetic::standard));

    private Tasks() {}

    /// @param name of a task, or a file that ends in `.jsonl`
    /// @throws HoneException if there is no such task or file, or it is not readable
    public static Task named(String name) {
        problem(name).ifPresent(problem -> {
            throw new HoneException(Kind.SETTINGS, problem);
        });
        if (isFile(name)) {
            List<Task> builtIn = ALL.stream().map(each -> each.task().get()).toList();
            return FileTask.open(Path.of(name), builtIn);
        }
        return ALL.stream()
                .filter(task -> task.name().equals(name))
                .findFirst()
                .map(task -> task.task().get())
                .orElseThrow();
    }

    /// What is wrong with a task's name, if anything is; a file is not opened.
    public static Optional<String> problem(String name) {
        if (isFile(name)) {
            return Files.isRegularFile(Path.of(name))
                    ? Optional.empty()
                    : Optional.of("the task file " + name + " does not exist; check its name");
        }
        List<String> names = names();
        return names.contains(name)
                ? Optional.empty()
                : Optional.of("unknown task \"" + name + "\"" + Nearest.hint(name, names)
                        + " \"hone tasks\" lists what there is; a file of problems ends in .jsonl");
    }

    public static List<String> names() {
        return ALL.stream().map(Named::name).toList();
    }

    private static boolean isFile(String name) {
        return name.endsWith(".jsonl");
    }
}
