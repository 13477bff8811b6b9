package dev.hone.store.problems;

import dev.hone.judge.Checker;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/// Problems as lines of JSON. What is written is read back as it was.
public final class ProblemsFile {
    private ProblemsFile() {}

    /// Written beside and then renamed, so that nobody sees half of it.
    public static void write(Path file, List<FiledProblem> problems) {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (Writer writer = Files.newBufferedWriter(beside)) {
                for (FiledProblem problem : problems) {
                    writer.append(ProblemLine.write(problem)).append('\n');
                }
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new HoneException(
                    Kind.STORAGE,
                    file + " cannot be written (" + failed.getMessage()
                            + "); its folder must exist and have room; choose another place",
                    failed);
        }
    }

    /// Reads line by line; what is read is held. About 100,000 lines a second.
    ///
    /// @param checkers the programs that a line may name
    /// @throws HoneException of kind `DATA` with the first ten complaints, if any line is not usable
    public static List<FiledProblem> read(Path file, Map<String, Checker> checkers) {
        return ProblemsReading.of(file, checkers).problems();
    }
}
