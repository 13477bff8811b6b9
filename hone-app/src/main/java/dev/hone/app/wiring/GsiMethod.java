package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.MethodKeys.Standard;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Segment.Loss;
import dev.hone.generate.HintText;
import dev.hone.learn.RoundPolicy.Window;
import dev.hone.method.gsi.Budget;
import dev.hone.method.gsi.Difficulty;
import dev.hone.method.gsi.Guidance;
import dev.hone.method.gsi.GuidedSelfImprovement;
import dev.hone.method.gsi.PrefixSchedule;
import dev.hone.method.gsi.TrainingSet;
import dev.hone.method.gsi.TrainingSet.Original;
import dev.hone.method.gsi.TrainingSet.Under;
import dev.hone.method.gsi.TrueEquations;
import dev.hone.run.Run;
import dev.hone.select.AtLeast;
import dev.hone.select.Distinct;
import dev.hone.select.InTurn;
import dev.hone.select.Selector;
import java.util.List;
import java.util.function.IntFunction;

/// Guided Self-Improvement; its teacher is the model that the run began with, before any warm start.
final class GsiMethod {
    private static final Budget PAPER = Budget.asInPaper();
    /// Between both sides of an equation: rounded decimals are no wrong calculation.
    private static final double TOLERANCE = 0.01;
    private static final String NO_FACT = "none";

    /// What is seen in the second phase.
    enum Kind {
        STATE_RESET,
        ANSWER,
        RATIONALE,
        TEACHER,
        NONE
    }

    /// Where a worked answer may be cut.
    enum Cuts {
        SHARES,
        LINES,
        SEMICOLONS
    }

    /// What is done about false equations.
    enum Equations {
        UNCHECKED,
        CHECKED
    }

    /// Whether worked answers are learned beside samples.
    enum Worked {
        LEFT_OUT,
        ADDED
    }

    static final Key<Kind> GUIDANCE = Key.choice(
            "gsi.guidance",
            Kind.class,
            Kind.STATE_RESET,
            "for problems short of right samples: begin with a part of a worked answer; see the answer; see a worked"
                    + " answer; see what the first model finds wrong; or nothing (brute force)");
    static final Key<Integer> WANTED =
            Key.count("gsi.wanted", PAPER.wanted(), "right samples; a problem with fewer is asked again in each pass");
    static final Key<Integer> PASSES =
            Key.countOrNone("gsi.passes", PAPER.passes(), "over those problems, at most; 0: no second phase (vanilla)");
    static final Key<Cuts> CUTS = Key.choice(
            "gsi.cuts",
            Cuts.class,
            Cuts.SHARES,
            "how much more of a worked answer each pass begins with: a fifth of its text, or the step up to the next"
                    + " line end or semicolon");
    static final Key<HintText> ANSWER = Key.hint(
            "gsi.hint.answer",
            new HintText("{problem} The answer is {answer}.", List.of(Guidance.ANSWER)),
            "what is seen with the answer");
    static final Key<HintText> RATIONALE = Key.hint(
            "gsi.hint.rationale",
            new HintText(
                    "{problem} For reference, one solution is: {solution} Give a full answer of your own.",
                    List.of(Guidance.SOLUTION)),
            "what is seen with a worked answer");
    static final Key<HintText> TEACHER = Key.hint(
            "gsi.hint.teacher",
            new HintText(
                    "{problem} A wrong answer to this is: {attempt} A right one is: {solution} Say which step of the"
                            + " wrong one is at fault and why, without telling the right one.",
                    List.of(Guidance.ATTEMPT, Guidance.SOLUTION)),
            "what the teacher sees");
    static final Key<HintText> CRITIQUE = Key.hint(
            "gsi.hint.critique",
            new HintText(
                    "{problem} Your answer was: {attempt} It is wrong: {critique} Answer again.",
                    List.of(Guidance.ATTEMPT, Guidance.CRITIQUE)),
            "what is seen with the teacher's critique");
    static final Key<Under> LEARNED_PROMPT = Key.choice(
            "gsi.learned-prompt",
            Under.class,
            Under.PLAIN,
            "the prompt of what is learned; as_seen leaves hints in it, a control that should do worse");
    static final Key<Loss> BEGINNING = Key.choice(
            "gsi.beginning",
            Loss.class,
            Loss.COUNTED,
            "whether the part of a worked answer that a sample begins with counts in the loss");
    static final Key<Worked> WORKED = Key.choice(
            "gsi.worked",
            Worked.class,
            Worked.LEFT_OUT,
            "worked answers of the round's problems, to learn beside samples");
    static final Key<Integer> WINDOW =
            Key.countOrAll("gsi.window", 1, RunKeys.ALL_ROUNDS, "the last so many rounds' samples to learn from");
    static final Key<Equations> EQUATIONS = Key.choice(
            "gsi.equations",
            Equations.class,
            Equations.UNCHECKED,
            "checked: a right sample with a false equation is not learned");
    static final Key<String> LEVEL = Key.text(
            "gsi.level",
            NO_FACT,
            "the fact of a problem, a whole number, that tells how hard it is; none: its share of right samples in the"
                    + " first round");

    static final Method METHOD = new Method(
            "gsi",
            "ask again with a hint where few samples are right, learn without it (GSI)",
            "dev.hone.method.gsi",
            new MethodKeys(
                            "gsi",
                            List.of(
                                    GUIDANCE,
                                    WANTED,
                                    PASSES,
                                    CUTS,
                                    ANSWER,
                                    RATIONALE,
                                    TEACHER,
                                    CRITIQUE,
                                    LEARNED_PROMPT,
                                    BEGINNING,
                                    WORKED,
                                    WINDOW,
                                    EQUATIONS,
                                    LEVEL),
                            MethodKeys.joined(List.of(RunKeys.KEEP), RunKeys.POLICY),
                            settings -> Commanded.refusal(
                                    settings, BEGINNING, Loss.MASKED, "trainers know no part that is not learned"))
                    .with(new Standard<>(RunKeys.SAMPLES, PAPER.samples())),
            GsiMethod::work,
            GsiMethod::run);

    private GsiMethod() {}

    private static Work work(Settings settings, int problems) {
        int rounds = settings.get(RunKeys.ROUNDS);
        int calls = settings.get(GUIDANCE) == Kind.TEACHER ? 2 : 1;
        return new Work(rounds, (long) rounds * problems * settings.get(PASSES) * calls, rounds);
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return new GuidedSelfImprovement(
                        settings.get(RunKeys.ROUNDS),
                        new Budget(settings.get(RunKeys.SAMPLES), settings.get(WANTED), settings.get(PASSES)),
                        Methods.sampling(settings),
                        guidance(settings, roles),
                        settings.get(LEVEL).equals(NO_FACT)
                                ? new Difficulty.FirstRound()
                                : new Difficulty.Fact(settings.get(LEVEL)),
                        set(settings, roles.known()),
                        settings.training(),
                        roles.generator(),
                        roles.judge(),
                        roles.recording().record("kept", selector(settings)),
                        roles.learner())
                .run(roles.given(), base, problems, run);
    }

    private static Guidance guidance(Settings settings, Roles roles) {
        Known known = roles.known();
        return switch (settings.get(GUIDANCE)) {
            case STATE_RESET -> new Guidance.StateReset(known.solutions(), schedule(settings));
            case ANSWER -> new Guidance.Answer(known.answers(), settings.get(ANSWER));
            case RATIONALE -> new Guidance.Rationale(known.solutions(), settings.get(RATIONALE));
            case TEACHER ->
                new Guidance.Teacher(
                        known.solutions(),
                        roles.given(),
                        Guidance.Teacher.asInPaper(settings.get(RunKeys.MAX_TOKENS)),
                        settings.get(TEACHER),
                        settings.get(CRITIQUE));
            case NONE -> new Guidance.None();
        };
    }

    private static PrefixSchedule schedule(Settings settings) {
        return switch (settings.get(CUTS)) {
            case SHARES -> PrefixSchedule.Shares.asInPaper();
            case LINES -> new PrefixSchedule.Steps("\n");
            case SEMICOLONS -> new PrefixSchedule.Steps(";");
        };
    }

    private static TrainingSet set(Settings settings, Known known) {
        int rounds = settings.get(WINDOW);
        Window window = rounds == RunKeys.ALL_ROUNDS ? new Window.All() : new Window.Last(rounds);
        Original original = switch (settings.get(WORKED)) {
            case LEFT_OUT -> new Original.LeftOut();
            case ADDED -> new Original.Added(known.solutions());
        };
        return new TrainingSet(window, settings.get(BEGINNING), settings.get(LEARNED_PROMPT), original);
    }

    private static Selector selector(Settings settings) {
        return switch (settings.get(EQUATIONS)) {
            case UNCHECKED -> InTurn.of(new AtLeast(1), new Distinct());
            case CHECKED -> InTurn.of(new AtLeast(1), new TrueEquations(TOLERANCE), new Distinct());
        };
    }
}
