package dev.hone.app.wiring;

import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/// The part of a task that may be seen before the exam: its training and its validation problems.
public final class Practice {
    private static final Seed VALIDATION = new Seed(0).derive("validation");

    private final Task task;
    private final Settings settings;

    public Practice(Task task, Settings settings) {
        this.task = task;
        this.settings = settings;
    }

    /// From a task that makes them up, drawn anew each round, so that some come again (with their numbers in another
    /// order where order says nothing); from a file the same ones in a new order. None whose
    /// worked answer the warm start taught.
    ///
    /// @return at least one
    /// @throws HoneException if there is none
    public List<Problem> train(int round) {
        Set<String> taught = warm().keySet().stream().map(Problem::id).collect(Collectors.toSet());
        Seed seed = new Seed(settings.get(RunKeys.SEED)).derive("problems").derive(round);
        int wanted = settings.get(RunKeys.PROBLEMS);
        int asked = (int) Math.min(Integer.MAX_VALUE, (long) wanted + taught.size());
        List<Problem> left = task.problems(Split.TRAIN, asked, seed).stream()
                .filter(problem -> !taught.contains(problem.id()))
                .limit(wanted)
                .toList();
        if (left.isEmpty()) {
            throw new HoneException(
                    Kind.DATA,
                    taught.isEmpty()
                            ? "the task " + task.id() + " has no training problems; add some to it"
                            : "the warm start teaches all " + taught.size() + " training problems of the task "
                                    + task.id() + ", so none is left to practise; set warm-start.problems lower, or"
                                    + " add problems to the task");
        }
        return left;
    }

    /// The problems of the warm start, each with one worked answer; empty if there is to be none.
    SequencedMap<Problem, String> warm() {
        int wanted = settings.get(RunKeys.WARM_PROBLEMS);
        SequencedMap<Problem, String> warm = new LinkedHashMap<>();
        if (wanted == 0) {
            return warm;
        }
        Seed seed = new Seed(settings.get(RunKeys.SEED)).derive("warm-start");
        int asked = settings.isTaskFile() ? Integer.MAX_VALUE : wanted;
        for (Problem problem : task.problems(Split.TRAIN, asked, seed)) {
            List<String> worked = task.workedAnswers(problem, 1, seed);
            if (warm.size() < wanted && !worked.isEmpty()) {
                warm.put(problem, worked.getFirst());
            }
        }
        if (warm.isEmpty()) {
            throw new HoneException(
                    Kind.DATA,
                    "warm-start.problems is " + wanted + ", but the task " + task.id()
                            + " has no training problem with a worked answer; add \"worked\" to some, or set it to 0");
        }
        return warm;
    }

    /// One worked answer to a training problem, the same whenever it is asked for.
    Optional<String> solution(Problem problem) {
        refuseOthers(problem);
        Seed seed = new Seed(settings.get(RunKeys.SEED)).derive("gold");
        return task.workedAnswers(problem, 1, seed).stream().findFirst();
    }

    /// The answer to a training problem. Where a program decides, it is what the program reads in the worked answer.
    Optional<String> answer(Problem problem) {
        refuseOthers(problem);
        return switch (problem.reference()) {
            case Reference.Answer(String text, var _) -> Optional.of(text);
            case Reference.Checked(String checker) ->
                solution(problem)
                        .flatMap(solution ->
                                Checker.named(checker, task.checkers()).answer(problem, solution));
            case Reference.None() -> Optional.empty();
        };
    }

    /// What is known of problems that others judge or measure by helps nobody.
    private static void refuseOthers(Problem problem) {
        if (problem.split() != Split.TRAIN) {
            throw new IllegalArgumentException("problem \"" + problem.id() + "\" is of the split " + problem.split()
                    + "; only training problems come with their answers");
        }
    }

    /// The same problems in every run, so that runs can be compared.
    List<Problem> validation() {
        return task.problems(Split.VALIDATION, settings.get(RunKeys.VALIDATION_PROBLEMS), VALIDATION);
    }
}
