package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.generate.HintText;
import dev.hone.method.star.Rationalization;
import dev.hone.method.star.RejectionFineTuning;
import dev.hone.run.Run;
import dev.hone.select.AtMost;
import dev.hone.select.Distinct;
import dev.hone.select.DistinctEquationLists;
import dev.hone.select.InTurn;
import dev.hone.select.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The loop variants of the STaR family; `policy.*` says which.
final class StarMethod {

    /// What becomes of problems that no sample solved.
    enum Failures {
        /// Nothing.
        LEFT,
        /// They are asked again with their answer.
        RATIONALIZED
    }

    /// Which samples are learned from.
    enum Learned {
        /// Right ones, each text once.
        RIGHT,
        /// Right ones without a false equation, one for each list of equations.
        EQUATIONS,
        /// Whatever their verdict: a control.
        ANY
    }

    /// Whether the warm start's worked answers are learned beside samples.
    enum Worked {
        LEFT_OUT,
        ADDED
    }

    /// By which the sides of a true equation may differ.
    private static final double TOLERANCE = 1e-3;

    static final Key<Failures> FAILURES = Key.choice(
            "star.failures",
            Failures.class,
            Failures.LEFT,
            "rationalized: what no sample solved is asked once more with its answer, and learned without it");
    static final Key<HintText> HINT = Key.hint(
            "star.hint",
            new HintText("{problem} The answer is {answer}.", List.of(Rationalization.ANSWER)),
            "what is seen then");
    static final Key<Learned> LEARNED = Key.choice(
            "star.learned",
            Learned.class,
            Learned.RIGHT,
            "right samples, each text once; of those one for each list of equations (RFT); or any: wrong ones too, a"
                    + " control that should do worse; keep then bounds them all");
    static final Key<Worked> WORKED = Key.choice(
            "star.worked",
            Worked.class,
            Worked.LEFT_OUT,
            "worked answers of the warm start, to learn beside samples (RFT)");

    static final Method METHOD = new Method(
            "star",
            "sample, keep what is right, fine-tune, repeat (STaR, RFT, ReST-EM)",
            "dev.hone.method.star",
            new MethodKeys("star", List.of(FAILURES, HINT, LEARNED, WORKED), List.of(), StarMethod::between),
            StarMethod::work,
            StarMethod::run);

    private StarMethod() {}

    private static List<String> between(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.get(WORKED) == Worked.ADDED && settings.get(RunKeys.WARM_PROBLEMS) == 0) {
            problems.add(
                    "star.worked must be left_out when warm-start.problems is 0: there are no worked answers to add");
        }
        problems.addAll(Commanded.refusal(
                settings, LEARNED, Learned.ANY, "some samples are cut short, and trainers add the end to every text"));
        return problems;
    }

    private static Work work(Settings settings, int problems) {
        int rounds = settings.get(RunKeys.ROUNDS);
        long again = switch (settings.get(FAILURES)) {
            case LEFT -> 0;
            case RATIONALIZED -> (long) rounds * problems;
        };
        return new Work(rounds, again, rounds);
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        Rationalization rationalization = switch (settings.get(FAILURES)) {
            case LEFT -> new Rationalization.None();
            case RATIONALIZED -> new Rationalization.WithAnswer(roles.known().answers(), settings.get(HINT));
        };
        return new RejectionFineTuning(
                        settings.get(RunKeys.ROUNDS),
                        settings.get(RunKeys.SAMPLES),
                        Methods.sampling(settings),
                        settings.policy(),
                        settings.training(),
                        rationalization,
                        roles.generator(),
                        roles.judge(),
                        selector(settings, roles),
                        original(settings, roles),
                        roles.learner())
                .run(base, problems, run);
    }

    private static Selector selector(Settings settings, Roles roles) {
        return switch (settings.get(LEARNED)) {
            case RIGHT -> roles.selector();
            case EQUATIONS ->
                roles.recording().record("equations", new DistinctEquationLists(settings.get(RunKeys.KEEP), TOLERANCE));
            case ANY ->
                roles.recording()
                        .record("unfiltered", InTurn.of(new Distinct(), new AtMost(settings.get(RunKeys.KEEP))));
        };
    }

    private static Demonstrations original(Settings settings, Roles roles) {
        return switch (settings.get(WORKED)) {
            case LEFT_OUT -> new Demonstrations(List.of());
            case ADDED -> Demonstrations.worked(roles.worked());
        };
    }
}
