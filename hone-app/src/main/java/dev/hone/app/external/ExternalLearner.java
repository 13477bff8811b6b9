package dev.hone.app.external;

import dev.hone.data.Examples;
import dev.hone.data.Lineage;
import dev.hone.data.Model;
import dev.hone.learn.Learned;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Training;
import dev.hone.run.Folders;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Step;
import dev.hone.torch.LocalModels;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Learns by a command of the user's: writes the examples as JSONL, runs the command, and reads the model
/// directory (or the PEFT adapter) that it wrote. Losses and tokens stay with the command: [Learned] then
/// has none.
///
/// In the command's arguments `{examples}`, `{out}`, `{model}`, `{reference}`, `{objective}` and `{seed}`
/// stand for the file of examples, the folder to be written, the folders of the model to start from and to
/// compare with, the objective with its parameters, and a number for everything random.
///
/// A command that fails, or writes what is no model, leaves its output in `output.txt` beside the examples: the run can
/// be resumed and starts the command again, with an empty `{out}`. One that had ended well is not run again. One that
/// outlives a process that was killed is ended before it is started again.
///
/// @param models which opens what was written and keeps it
/// @param command program and arguments, passed on as they are, without a shell; `{examples}` and `{out}`
///     must occur
/// @param form how texts are written
public record ExternalLearner(LocalModels models, List<String> command, TextForm form) implements Learner {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)\\}");
    private static final Set<String> KNOWN = Set.of("examples", "out", "model", "reference", "objective", "seed");
    private static final int SHOWN_BYTES = 2_000;
    private static final long POLL_MILLIS = 100;

    public ExternalLearner {
        command = List.copyOf(command);
        problem(command).ifPresent(wrong -> {
            throw new HoneException(Kind.SETTINGS, wrong);
        });
    }

    /// What is wrong with a command, if anything is.
    public static Optional<String> problem(List<String> command) {
        Set<String> named = PLACEHOLDER
                .matcher(String.join(" ", command))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        boolean isFine = KNOWN.containsAll(named) && named.containsAll(Set.of("examples", "out"));
        return isFine
                ? Optional.empty()
                : Optional.of("the command for learning names " + new TreeSet<>(named) + "; known are "
                        + new TreeSet<>(KNOWN)
                        + ", of which examples and out must occur; write them in braces, such as {out}");
    }

    @Override
    public <E extends Examples> Learned learn(
            Start start, E examples, Objective<E> objective, Training training, Step step) {
        if (examples.size() == 0) {
            throw new IllegalArgumentException("there are no examples to learn from; add some or skip this step");
        }
        Path folder = step.folder().resolve("external").toAbsolutePath();
        Path out = folder.resolve("out");
        Path ended = folder.resolve("ended-well");
        try {
            Survivor survivor = new Survivor(folder.resolve("process"));
            if (!Files.exists(ended)) {
                survivor.end();
                Folders.delete(out);
                Files.createDirectories(out);
                Path file = folder.resolve("examples.jsonl");
                Files.write(file, new TrlRows(form, tokens -> models.text(start.weights(), tokens)).of(examples));
                run(arguments(start, objective, step, file, out), folder.resolve("output.txt"), survivor, step);
                Files.createFile(ended);
            }
            return new Learned(taken(start, out, ended, step), List.of(), 0);
        } catch (IOException broken) {
            throw new HoneException(
                    Kind.STORAGE, "cannot work in " + folder + ": " + broken + "; check the disk and resume", broken);
        }
    }

    @Override
    public void release(Model model) {
        models.release(model);
    }

    private List<String> arguments(Start start, Objective<?> objective, Step step, Path examples, Path out) {
        Map<String, String> values = Map.of(
                "examples", examples.toString(),
                "out", out.toString(),
                "model", Path.of(start.weights().location()).toString(),
                "reference", Path.of(start.reference().location()).toString(),
                "objective", objective.toString(),
                "seed", Long.toString(step.seed().value() & Integer.MAX_VALUE));
        return command.stream()
                .map(argument -> PLACEHOLDER
                        .matcher(argument)
                        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), ""))))
                .toList();
    }

    private static void run(List<String> arguments, Path output, Survivor survivor, Step step) throws IOException {
        Process process = started(arguments, output);
        try {
            survivor.note(process.toHandle());
            while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                step.mayStop();
            }
            step.mayStop(); // Ctrl-C in a terminal reaches the command too, and may have ended it
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new HoneException(Kind.STOPPED, "interrupted while a command learned; resume the run", stopped);
        } finally {
            Survivor.end(process.toHandle());
        }
        if (process.exitValue() != 0) {
            throw new HoneException(
                    Kind.ENGINE,
                    "the command for learning, " + arguments.getFirst() + ", ended with exit code "
                            + process.exitValue() + "; its output (" + output + ") ends with:\n" + tail(output)
                            + "\ncorrect what it complains about and resume the run");
        }
    }

    private static Process started(List<String> arguments, Path output) {
        try {
            return new ProcessBuilder(arguments)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException absent) {
            throw new HoneException(
                    Kind.ENGINE,
                    "the command for learning, " + arguments.getFirst() + ", cannot be started (" + absent.getMessage()
                            + "); a program on the PATH or the path of one is needed; put it there and resume the run",
                    absent);
        }
    }

    private static String tail(Path output) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(output.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - SHOWN_BYTES));
            byte[] bytes = new byte[(int) (file.length() - file.getFilePointer())];
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        }
    }

    private Model taken(Start start, Path out, Path ended, Step step) throws IOException {
        Model made;
        try {
            made = Files.exists(out.resolve("adapter_config.json"))
                    ? models.adapted(start.weights(), out)
                    : models.adopted(out);
        } catch (HoneException unusable) {
            Files.delete(ended); // it did not end well after all
            throw unusable;
        }
        return new Model(
                made.id(),
                made.location(),
                new Lineage.Learned(start.weights().id(), step.run(), step.name(), step.round()));
    }
}
