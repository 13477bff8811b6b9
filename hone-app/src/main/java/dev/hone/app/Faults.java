package dev.hone.app;

import dev.hone.app.settings.Nearest;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into a message and an exit code. A user's mistake never shows a stack trace; a bug's goes
/// to a file.
final class Faults implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final PrintStream err;

    Faults(PrintStream err) {
        this.err = err;
    }

    @Override
    public int handleParseException(ParameterException fault, String[] args) {
        CommandLine command = fault.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        err.println("hone: " + message(fault, command));
        err.println("\"" + name + " --help\" shows what it takes");
        return Exit.USAGE;
    }

    private static String message(ParameterException fault, CommandLine command) {
        if (!(fault instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(fault.getMessage());
        }
        String typed = unmatched.getUnmatched().getFirst();
        List<String> known = new ArrayList<>();
        boolean option = typed.startsWith("-");
        if (option) {
            for (OptionSpec each : command.getCommandSpec().options()) {
                known.addAll(List.of(each.names()));
            }
        } else {
            known.addAll(command.getSubcommands().keySet());
        }
        String bare = typed.contains("=") ? typed.substring(0, typed.indexOf('=')) : typed;
        String kind = option ? "option" : known.isEmpty() ? "argument" : "command";
        return "unknown " + kind + " \"" + bare + "\"" + Nearest.hint(bare, known);
    }

    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) {
        return report(fault);
    }

    int report(Throwable fault) {
        return switch (fault) {
            case HoneException known -> known(known.kind(), String.valueOf(known.getMessage()));
            case UncheckedIOException disk -> known(Kind.STORAGE, disk(disk));
            case OutOfMemoryError _ ->
                known(Kind.ENGINE, "out of memory; lower sampling.batch or learning.batch, or give it more (-Xmx)");
            default -> bug(fault);
        };
    }

    private int known(Kind kind, String message) {
        err.println("hone: " + message);
        return Exit.code(kind);
    }

    private static String disk(UncheckedIOException fault) {
        return "the disk refused: " + fault.getMessage()
                + "; make room or make the folder writable. What was finished is kept; \"hone runs\" shows what can "
                + "be resumed";
    }

    private int bug(Throwable fault) {
        err.println("hone: this is a bug: " + fault);
        try {
            Path log = Files.createTempFile("hone-bug-", ".log");
            try (PrintStream out = new PrintStream(Files.newOutputStream(log), false, StandardCharsets.UTF_8)) {
                fault.printStackTrace(out);
            }
            err.println("the details are in " + log + "; please report them");
        } catch (IOException e) {
            err.println("its details cannot be written: " + e.getMessage());
        }
        return Exit.BUG;
    }
}
