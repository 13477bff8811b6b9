package dev.hone.task;

import dev.hone.data.Problem;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import java.util.List;
import java.util.Map;

/// A kind of problem.
public interface Task {

    /// Name and version, such as `countdown@1`; a report prints it. A change that changes a score is a new
    /// version.
    String id();

    /// Problems of one split, different from each other and from those of the other splits.
    ///
    /// A made-up task makes `count` by the seed; the same seed gives the same problems. A task from a file
    /// has those it has: the first `count` of the split in an order by the seed.
    ///
    /// @return at most `count`, fewer where there are no more
    List<Problem> problems(Split split, int count, Seed seed);

    /// The programs that decide about the answers of this task, by the name that a
    /// [dev.hone.data.Reference.Checked] gives.
    Map<String, Checker> checkers();

    /// Worked answers to a problem, from which a first model can be made.
    ///
    /// @return different from each other, each accepted by the task's own judge; empty where the task knows
    ///     none
    List<String> workedAnswers(Problem problem, int count, Seed seed);
}
