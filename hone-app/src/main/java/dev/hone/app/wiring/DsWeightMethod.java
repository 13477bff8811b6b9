package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.MethodKeys.Standard;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Message;
import dev.hone.data.Model;
import dev.hone.data.Part;
import dev.hone.data.Problem;
import dev.hone.data.Role;
import dev.hone.method.dsweight.Filter;
import dev.hone.method.dsweight.Iwsi;
import dev.hone.method.dsweight.MeanLoss.Scope;
import dev.hone.method.dsweight.SelfRating;
import dev.hone.method.dsweight.Worked;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// IWSI and what it is compared with, in one round.
final class DsWeightMethod {
    /// Which samples that most others agree with are learned from.
    enum Choice {
        /// Those whose loss is nearest to that of human answers.
        IWSI,
        /// All of them.
        LMSI,
        /// All of them, weighted.
        IWSI_W,
        /// Those of the questions whose answers agree most.
        ENTROPY,
        /// Those that the model itself finds right.
        SELF,
        /// Any.
        CHANCE,
        /// Those that IWSI would drop.
        WORST,
        /// Those of the lowest loss.
        LOW_LOSS,
        /// Those of the highest loss.
        HIGH_LOSS
    }

    static final Key<Choice> CHOICE = Key.choice(
            "dsweight.filter",
            Choice.class,
            Choice.IWSI,
            "which samples that most others agree with are learned from: those of a loss near to human ones; all; all,"
                    + " weighted; by agreement of the answers; by the model's own word; or an ablation");
    static final Key<Double> SHARE =
            Key.real("dsweight.share", 0.8, Rule.SHARE_TO_1, "of them that the filter keeps; 1: all");
    static final Key<Scope> LOSS = Key.choice(
            "dsweight.loss",
            Scope.class,
            Scope.WHOLE,
            "what a loss is the mean over: question and answer, or the answer");
    static final Key<Integer> HUMAN = Key.count(
            "dsweight.human", 100, "worked answers whose mean loss is compared with; their problems are not practised");
    static final Key<Integer> SHOTS =
            Key.countOrNone("dsweight.shots", "worked answers shown before each problem, for a chat model; 0: none");
    static final Key<Double> CAP =
            Key.real("dsweight.cap", 2.0, Rule.POSITIVE, "highest weight of a sample with iwsi_w");

    static final Method METHOD = new Method(
            "dsweight",
            "learn without labels what most samples agree on and a human might have said (IWSI)",
            "dev.hone.method.dsweight",
            new MethodKeys(
                            "dsweight",
                            List.of(CHOICE, SHARE, LOSS, HUMAN, SHOTS, CAP),
                            MethodKeys.joined(List.of(RunKeys.ROUNDS, RunKeys.KEEP), RunKeys.POLICY),
                            settings -> Commanded.refusal(
                                    settings, CHOICE, Choice.IWSI_W, "trainers know no weight of a row"))
                    .with(new Standard<>(RunKeys.SAMPLES, 15)),
            (_, _) -> new Work(1, 0, 1),
            DsWeightMethod::run);

    private DsWeightMethod() {}

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        List<Worked.Answer> human = human(settings, roles.known(), problems.apply(0));
        return new Iwsi(
                        settings.get(RunKeys.SAMPLES),
                        filter(settings, roles, base),
                        settings.get(SHARE),
                        settings.get(LOSS),
                        Methods.sampling(settings),
                        settings.training(),
                        roles.generator(),
                        roles.answers(),
                        roles.likelihood(),
                        roles.judge(),
                        roles.recording(),
                        roles.learner())
                .run(base, worked(human, settings.get(SHOTS)), others(problems.apply(1), human), run);
    }

    private static List<Worked.Answer> human(Settings settings, Known known, List<Problem> problems) {
        List<Worked.Answer> human = problems.stream()
                .flatMap(
                        problem -> known.solutions().of(problem).stream().map(text -> new Worked.Answer(problem, text)))
                .limit((long) settings.get(HUMAN) + settings.get(SHOTS))
                .toList();
        if (human.isEmpty()) {
            throw new HoneException(
                    Kind.DATA,
                    METHOD.name() + " compares with worked answers, but no training problem of the task "
                            + settings.get(RunKeys.TASK)
                            + " has one that no warm start taught; add \"worked\" to some, or"
                            + " choose another method");
        }
        return human;
    }

    private static List<Problem> others(List<Problem> problems, List<Worked.Answer> human) {
        Set<String> left = human.stream().map(each -> each.problem().id()).collect(Collectors.toSet());
        List<Problem> others = problems.stream()
                .filter(problem -> !left.contains(problem.id()))
                .toList();
        if (others.isEmpty()) {
            throw new HoneException(
                    Kind.DATA,
                    "all " + problems.size() + " problems are among the " + human.size() + " whose worked answers are"
                            + " compared with, so none is left to practise; set " + HUMAN.name() + " lower, or add"
                            + " problems to the task");
        }
        return others;
    }

    private static Filter filter(Settings settings, Roles roles, Model base) {
        return switch (settings.get(CHOICE)) {
            case IWSI -> new Filter.Shift();
            case LMSI -> new Filter.Everything();
            case IWSI_W -> new Filter.Reweighted(settings.get(CAP));
            case ENTROPY -> new Filter.Agreement();
            case SELF -> new Filter.Rated(new SelfRating(roles.likelihood(), base));
            case CHANCE -> new Filter.Chance();
            case WORST -> new Filter.Worst();
            case LOW_LOSS -> new Filter.LowLoss();
            case HIGH_LOSS -> new Filter.HighLoss();
        };
    }

    /// The last ones are shown; where there are too few for both, fewer are.
    private static Worked worked(List<Worked.Answer> human, int shots) {
        int shownFrom = Math.max(1, human.size() - shots);
        List<Message> shown = new ArrayList<>();
        for (Worked.Answer each : human.subList(shownFrom, human.size())) {
            shown.addAll(each.problem().prompt());
            shown.add(new Message(Role.ASSISTANT, List.of(new Part.Text(each.text()))));
        }
        return new Worked(human.subList(0, shownFrom), shown);
    }
}
