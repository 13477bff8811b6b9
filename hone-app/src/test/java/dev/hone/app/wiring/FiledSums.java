package dev.hone.app.wiring;

import dev.hone.data.Match;
import dev.hone.data.Problem;
import dev.hone.data.Reference;
import dev.hone.data.Split;
import dev.hone.judge.Checker;
import dev.hone.run.Seed;
import dev.hone.task.Task;
import dev.hone.task.arithmetic.Arithmetic;
import java.util.List;
import java.util.Map;

/// Arithmetic as a file would have it: the same problems in every round, which name their answers.
///
/// @param train how many there are to learn from
/// @param validation how many there are to look at
record FiledSums(int train, int validation, Truth truth) implements Task {
    /// How a model with a say in it would put it: `33`.
    private static final Match NUMBER = new Match.Numeric(0);

    private static final String BROKEN = "broken";
    private static final int MOST = 60;
    private static final Arithmetic SUMS = Arithmetic.standard();
    private static final List<Problem> TRAIN = SUMS.problems(Split.TRAIN, MOST, new Seed(3));
    private static final List<Problem> VALIDATION = SUMS.problems(Split.VALIDATION, MOST, new Seed(3));

    /// What a judge can say of an answer.
    enum Truth {
        /// Whether it is right.
        NAMED,
        /// That it is wrong, whatever it is.
        NEVER,
        /// Nothing.
        UNKNOWN,
        /// Nothing, with an exception that nobody expects.
        BROKEN
    }

    @Override
    public String id() {
        return "filed-sums@1";
    }

    @Override
    public List<Problem> problems(Split split, int count, Seed seed) {
        List<Problem> those = switch (split) {
            case TRAIN -> TRAIN.subList(0, train);
            case VALIDATION -> VALIDATION.subList(0, validation);
            case TEST -> throw new IllegalStateException("the exam was opened");
        };
        return those.subList(0, Math.min(count, those.size())).stream()
                .map(this::judged)
                .toList();
    }

    private Problem judged(Problem problem) {
        Reference reference = switch (truth) {
            case NAMED -> new Reference.Answer(problem.fact("value"), NUMBER);
            case NEVER -> new Reference.Answer("-1", NUMBER);
            case UNKNOWN -> new Reference.None();
            case BROKEN -> new Reference.Checked(BROKEN);
        };
        return new Problem(problem.id(), problem.prompt(), reference, problem.split(), problem.facts());
    }

    @Override
    public Map<String, Checker> checkers() {
        return Map.of(BROKEN, (_, _) -> {
            throw new UnsupportedOperationException("this checker is broken");
        });
    }

    @Override
    public List<String> workedAnswers(Problem problem, int count, Seed seed) {
        return SUMS.workedAnswers(problem, count, seed);
    }
}
