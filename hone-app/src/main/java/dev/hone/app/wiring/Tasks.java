package dev.hone.app.wiring;

import dev.hone.app.settings.Nearest;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.store.problems.FileTask;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import dev.hone.task.countdown.Countdown;
import dev.hone.task.countdown.Equations;
import dev.hone.task.countdown.ThoughtCountdown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tasks that there are: a plain list that the compiler checks, besides files of problems.
///
/// A task's name may be followed by a size, such as `countdown:4` or `arithmetic:1-6`.
public final class Tasks {
    private static final Pattern SIZE = Pattern.compile("([1-9])(?:-([1-9]))?");

    /// One task that makes up its own problems.
    ///
    /// @param summary a line for a list
    /// @param standard without a size
    /// @param sized with the fewest and the most of what its size counts; refuses what is out of range
    public record Named(String name, String summary, Task standard, BiFunction<Integer, Integer, Task> sized) {}

    /// What a name stands for.
    private sealed interface Reading {
        record Known(Task task) implements Reading {}

        record Wrong(String because) implements Reading {}
    }

    public static final List<Named> ALL = List.of(
            new Named(
                    "countdown",
                    "reach a target from numbers, each used once: 7,3,12>29: countdown:4 has four of them",
                    Countdown.standard(),
                    Countdown.standard()::withNumbers),
            new Named(
                    "countdown-easy",
                    "four numbers up to 10, targets up to 30: most have several answers",
                    Countdown.easy(),
                    Countdown.easy()::withNumbers),
            new Named(
                    "countdown-thought",
                    "countdown with a thought and a colon before one expression: 12*3=36;36-7=29:12*3-7",
                    ThoughtCountdown.standard(),
                    ThoughtCountdown.standard()::withNumbers),
            new Named(
                    "equations",
                    "combine numbers in any way, in that form; from its worked answers comes a model that calculates",
                    Equations.standard(),
                    Equations.standard()::withNumbers),
            new Named(
                    "arithmetic",
                    "work out an expression step by step; arithmetic:1-6 has 1 to 6 operations",
                    Arithmetic.standard(),
                    Arithmetic.standard()::withOperations));

    private Tasks() {}

    /// @param name of a task, with a size or without, or a file that ends in `.jsonl`
    /// @throws HoneException if there is no such task or file, or it is not readable
    public static Task named(String name) {
        if (isFile(name)) {
            missing(name).ifPresent(problem -> {
                throw new HoneException(Kind.SETTINGS, problem);
            });
            return FileTask.open(
                    Path.of(name), ALL.stream().map(Named::standard).toList());
        }
        return switch (read(name)) {
            case Reading.Known(Task task) -> task;
            case Reading.Wrong(String because) -> throw new HoneException(Kind.SETTINGS, because);
        };
    }

    /// What is wrong with a task's name, if anything is; a file is not opened.
    public static Optional<String> problem(String name) {
        if (isFile(name)) {
            return missing(name);
        }
        return switch (read(name)) {
            case Reading.Known _ -> Optional.empty();
            case Reading.Wrong(String because) -> Optional.of(because);
        };
    }

    public static List<String> names() {
        return ALL.stream().map(Named::name).toList();
    }

    private static Optional<String> missing(String file) {
        return Files.isRegularFile(Path.of(file))
                ? Optional.empty()
                : Optional.of("the task file " + file + " does not exist; check its name");
    }

    private static Reading read(String name) {
        int colon = name.indexOf(':');
        String task = colon < 0 ? name : name.substring(0, colon);
        Optional<Named> named =
                ALL.stream().filter(each -> each.name().equals(task)).findFirst();
        if (named.isEmpty()) {
            return new Reading.Wrong("unknown task \"" + task + "\"" + Nearest.hintAnd(task, names())
                    + " \"hone tasks\" lists what there is; a file of problems ends in .jsonl");
        }
        return colon < 0 ? new Reading.Known(named.get().standard()) : sized(named.get(), name.substring(colon + 1));
    }

    private static Reading sized(Named named, String size) {
        Matcher matcher = SIZE.matcher(size);
        if (!matcher.matches()) {
            return new Reading.Wrong("the size \"" + size + "\" of the task " + named.name()
                    + " must be a number or two with a hyphen, such as " + named.name() + ":3 or " + named.name()
                    + ":2-4");
        }
        int fewest = Integer.parseInt(matcher.group(1));
        int most = matcher.group(2) == null ? fewest : Integer.parseInt(matcher.group(2));
        try {
            return new Reading.Known(named.sized().apply(fewest, most));
        } catch (IllegalArgumentException outOfRange) {
            return new Reading.Wrong("the size of the task " + named.name() + ":" + size + " is out of range: "
                    + outOfRange.getMessage());
        }
    }

    private static boolean isFile(String name) {
        return name.endsWith(".jsonl");
    }
}
