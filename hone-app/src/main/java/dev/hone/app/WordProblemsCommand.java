package dev.hone.app;

import dev.hone.data.Split;
import dev.hone.run.Seed;
import dev.hone.store.problems.FiledProblem;
import dev.hone.store.problems.ProblemsFile;
import dev.hone.store.problems.WordProblems;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes a task file of word problems.
@Command(
        name = "word-problems",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Make a task file of arithmetic word problems from the public collections ASDiv (asdiv*.jsonl) and"
                    + " MAWPS (mawps*.jsonl).",
            "Problems that resemble each other are taken once, whatever their split.",
            ""
        },
        footerHeading = "%nExample:%n",
        footer = "  hone tasks word-problems arithmetic-word-problems/ word-problems.jsonl")
final class WordProblemsCommand implements Runnable {
    private final Console console;

    @Parameters(index = "0", paramLabel = "DIR", description = "Where the collections lie.")
    private Path folder = Path.of(".");

    @Parameters(index = "1", paramLabel = "FILE", description = "The task file to write.")
    private Path file = Path.of("word-problems.jsonl");

    @Option(
            names = "--worked",
            paramLabel = "N",
            defaultValue = "400",
            description = "With a worked answer; ${DEFAULT-VALUE}.")
    private int worked;

    @Option(
            names = "--train",
            paramLabel = "N",
            defaultValue = "800",
            description = "To practise on; ${DEFAULT-VALUE}.")
    private int train;

    @Option(names = "--validation", paramLabel = "N", defaultValue = "100", description = "${DEFAULT-VALUE}.")
    private int validation;

    @Option(names = "--test", paramLabel = "N", defaultValue = "400", description = "${DEFAULT-VALUE}.")
    private int test;

    WordProblemsCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        List<FiledProblem> problems = new WordProblems(worked, train, validation, test).collect(folder, new Seed(1));
        ProblemsFile.write(file, problems);
        long taught = problems.stream().filter(each -> !each.worked().isEmpty()).count();
        console.lines(List.of(
                "%s: %d with a worked answer, %d to practise on, %d for validation, %d for the test"
                        .formatted(
                                file,
                                taught,
                                count(problems, Split.TRAIN) - taught,
                                count(problems, Split.VALIDATION),
                                count(problems, Split.TEST)),
                "next  hone improve --model MODEL --task " + file));
    }

    private static long count(List<FiledProblem> problems, Split split) {
        return problems.stream().filter(each -> each.problem().split() == split).count();
    }
}
