package dev.hone.store.problems;

import dev.hone.data.Match;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.HoneException;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A user's own problems. The fields of a line are in the package's table.
///
/// A `regex` of the file is matched with a bound on its work: its problems name the checker `bounded-regex`,
/// with the pattern and the answer among their facts.
public final class FileTask implements Task {
    private static final int VERSION_DIGITS = 8;

    private final String id;
    private final List<Problem> problems;
    private final Map<String, List<String>> worked;
    private final Map<String, Checker> checkers;

    private FileTask(
            String id, List<Problem> problems, Map<String, List<String>> worked, Map<String, Checker> checkers) {
        this.id = id;
        this.problems = List.copyOf(problems);
        this.worked = Map.copyOf(worked);
        this.checkers = Map.copyOf(checkers);
    }

    /// Reads and checks the whole file.
    ///
    /// @param builtIn tasks whose checkers a line may name
    /// @throws HoneException of kind `DATA` with the first ten complaints, if any line is not usable
    public static FileTask open(Path file, List<Task> builtIn) {
        Map<String, Checker> checkers = new HashMap<>();
        builtIn.forEach(task -> checkers.putAll(task.checkers()));
        checkers.put(BoundedRegex.NAME, new BoundedRegex());
        ProblemsReading reading = ProblemsReading.of(file, checkers);
        List<Problem> problems = new ArrayList<>();
        Map<String, List<String>> worked = new HashMap<>();
        for (FiledProblem filed : reading.problems()) {
            problems.add(bounded(filed.problem()));
            if (!filed.worked().isEmpty()) {
                worked.put(filed.problem().id(), filed.worked());
            }
        }
        String version = reading.hash().substring(0, VERSION_DIGITS);
        return new FileTask(file.getFileName() + "@" + version, problems, worked, checkers);
    }

    /// The file's name and the beginning of the SHA-256 of its content: `math.jsonl@1f0c9a2e`.
    @Override
    public String id() {
        return id;
    }

    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        List<Problem> those = new ArrayList<>(
                problems.stream().filter(problem -> problem.split() == split).toList());
        Collections.shuffle(those, Random.from(seed.derive("problems").random()));
        return List.copyOf(those.subList(0, Math.min(count, those.size())));
    }

    @Override
    public Map<String, Checker> checkers() {
        return checkers;
    }

    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        List<String> those = new ArrayList<>(worked.getOrDefault(problem.id(), List.of()));
        Collections.shuffle(those, Random.from(seed.derive(problem.id()).random()));
        return List.copyOf(those.subList(0, Math.min(count, those.size())));
    }

    private static Problem bounded(Problem problem) {
        if (!(problem.reference() instanceof Reference.Answer(String answer, Match.Regex(String pattern)))) {
            return problem;
        }
        TreeMap<String, String> facts = new TreeMap<>(problem.facts());
        facts.put(BoundedRegex.PATTERN, pattern);
        facts.put(BoundedRegex.ANSWER, answer);
        return new Problem(
                problem.id(), problem.prompt(), new Reference.Checked(BoundedRegex.NAME), problem.split(), facts);
    }
}
