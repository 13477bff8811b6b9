package dev.hone.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The `hone` command.
@Command(
        name = "hone",
        mixinStandardHelpOptions = true,
        versionProvider = Hone.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Language models that improve themselves.",
        footerHeading = "%nExample:%n",
        footer = {
            "  hone improve                 improve the embedded model, offline, in minutes",
            "  hone runs                    what was run",
            "  hone COMMAND --help          what a command takes"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:done",
            "  1:a bug in Hone",
            "  2:wrong usage or settings",
            "  3:unusable data: a task file, a model folder",
            "  4:the local engine failed",
            "  5:a remote model or a hub failed",
            "  6:the store or the disk failed",
            "130:stopped by the user; hone resume goes on"
        })
public final class Hone implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    private Hone() {}

    /// Runs a command and ends the process with its exit code.
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        int code = run(console, Workplace.local(), args);
        console.out().flush();
        console.err().flush();
        System.exit(code);
    }

    static int run(Console console, Workplace workplace, String... args) {
        Faults faults = new Faults(console.err());
        try {
            return commandLine(console, workplace)
                    .setParameterExceptionHandler(faults)
                    .setExecutionExceptionHandler(faults)
                    .execute(args);
        } catch (Throwable fault) { // the thread's edge: an Error gets a message and an exit code too
            return faults.report(fault);
        }
    }

    static CommandLine commandLine(Console console, Workplace workplace) {
        CommandLine hone = new CommandLine(new Hone());
        hone.addSubcommand(new ImproveCommand(console, workplace));
        hone.addSubcommand(new ResumeCommand(console, workplace));
        hone.addSubcommand(new CompareCommand(console, workplace));
        hone.addSubcommand(new CommandLine(new RunsCommand(console)).addSubcommand(new RunsShowCommand(console)));
        hone.addSubcommand(new CommandLine(new ModelCommand())
                .addSubcommand(new ModelInfoCommand(console))
                .addSubcommand(new ModelRenderCommand(console, System.in))
                .addSubcommand(new ModelPullCommand(console, System.getenv()))
                .addSubcommand(new ModelConvertCommand(console))
                .addSubcommand(new ModelParityCommand(console)));
        hone.addSubcommand(new PretrainCommand(console));
        hone.addSubcommand(new BenchCommand(console));
        hone.addSubcommand(new SoakCommand(console));
        hone.addSubcommand(new MethodsCommand(console));
        hone.addSubcommand(new CommandLine(new TasksCommand(console)).addSubcommand(new WordProblemsCommand(console)));
        hone.addSubcommand(new CompletionCommand(console));
        hone.setCaseInsensitiveEnumValuesAllowed(true);
        hone.setOut(new java.io.PrintWriter(console.out(), true, console.out().charset()));
        hone.setErr(new java.io.PrintWriter(console.err(), true, console.err().charset()));
        return hone;
    }

    @Override
    public void run() {
        Optional.ofNullable(spec)
                .ifPresent(
                        known -> known.commandLine().usage(known.commandLine().getOut()));
    }

    /// What the jar says that it is.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"hone " + name()};
        }

        static String name() {
            return Optional.ofNullable(Hone.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
        }
    }
}
