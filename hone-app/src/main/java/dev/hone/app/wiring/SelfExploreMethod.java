package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Demonstration.Ending;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import dev.hone.learn.Training;
import dev.hone.method.selfexplore.AtMarks;
import dev.hone.method.selfexplore.FinalAnswer;
import dev.hone.method.selfexplore.Gsm8kRules;
import dev.hone.method.selfexplore.Lessons;
import dev.hone.method.selfexplore.MathRules;
import dev.hone.method.selfexplore.MathSteps;
import dev.hone.method.selfexplore.SelfExplore;
import dev.hone.method.selfexplore.Style;
import dev.hone.method.selfexplore.Variant;
import dev.hone.run.Run;
import dev.hone.task.arithmetic.Arithmetic;
import java.util.List;
import java.util.function.IntFunction;

/// Self-Explore in one pass of two rounds. `learning.*` is for the first model, `selfexplore.dpo.*` for the
/// second; `keep` is how many right solutions of a problem are learned from and paired.
final class SelfExploreMethod {
    private static final Variant PAPER = Variant.asInPaper();
    private static final int MOST_WRONG = 24;
    /// RMSprop of PyTorch, with `alpha` 0.99, but for its bias at the start.
    private static final Training.AdamW RMSPROP = new Training.AdamW(0, 0.99, 1e-8, 0);
    /// A solution that is right and has equations of its own, for the plan.
    private static final int SAMPLES_A_PAIR = 5;
    /// Steps that are tried of a wrong solution, for the plan.
    private static final int USUAL_STEPS = 2;
    /// No phrase announces the final answer.
    private static final String NONE = "none";

    /// Which solutions count.
    enum Solutions {
        GSM8K,
        MATH
    }

    /// What a step is.
    enum Splitting {
        TRACES,
        LINES,
        MATH
    }

    static final Key<Integer> TRIES =
            Key.count("selfexplore.tries", 4, "completions after each step; a step without a right one is a pit");
    static final Key<Solutions> SOLUTIONS = Key.choice(
            "selfexplore.solutions",
            Solutions.class,
            Solutions.GSM8K,
            "which count; gsm8k: each has equations of its own; math: each is far from the others as a text");
    static final Key<Splitting> STEPS = Key.choice(
            "selfexplore.steps",
            Splitting.class,
            Splitting.TRACES,
            "what a step is; traces: what lines and semicolons separate; lines: a line; math: a sentence or line");
    static final Key<String> FINAL_ANSWER = Key.text(
            "selfexplore.final-answer", NONE, "words with which solutions announce their final answer, or none");
    static final Key<Variant.Pairs> PAIRS = Key.choice(
            "selfexplore.pairs",
            Variant.Pairs.class,
            PAPER.pairs(),
            "that round 2 learns; outcomes: whole solutions; none: there is no round 2");
    static final Key<Variant.Pit> PIT = Key.choice(
            "selfexplore.pit",
            Variant.Pit.class,
            PAPER.pit(),
            "which step is rejected; random: one up to the first pit");
    static final Key<Variant.Rejected> REJECTED = Key.choice(
            "selfexplore.rejected",
            Variant.Rejected.class,
            PAPER.rejected(),
            "that step alone, or with the rest of its solution");
    static final Key<Variant.Chosen> CHOSEN = Key.choice(
            "selfexplore.chosen",
            Variant.Chosen.class,
            PAPER.chosen(),
            "what exploration found from before that step, or the original right solution");
    static final Key<Ending> REJECTED_ENDING = Key.choice(
            "selfexplore.rejected-ending",
            Ending.class,
            PAPER.rejectedEnding(),
            "whether the end token follows the rejected side");
    static final Key<Double> BETA =
            Key.real("selfexplore.dpo.beta", 0.1, Rule.POSITIVE, "of DPO, whose reference is the model of round 1");
    static final Key<Double> LIKELIHOOD = Key.real(
            "selfexplore.dpo.likelihood",
            0.0,
            Rule.NOT_NEGATIVE,
            "weight of the chosen sides' likelihood, where it would fall with the rejected ones'");
    static final Key<Integer> EPOCHS = Key.count("selfexplore.dpo.epochs", 3, "passes over the pairs");
    static final Key<Integer> BATCH = Key.count("selfexplore.dpo.batch", 32, "pairs in a step");
    static final Key<Double> RATE = Key.real(
            "selfexplore.dpo.rate", 1e-6, Rule.POSITIVE, "peak learning rate; small models need more than the paper's");
    static final Key<Double> WARMUP =
            Key.real("selfexplore.dpo.warmup", 0.1, Rule.SHARE, "share of the steps in which it rises; then it falls");

    static final Method METHOD = new Method(
            "selfexplore",
            "learn to avoid the first step after which the answer is out of reach (Self-Explore)",
            "dev.hone.method.selfexplore",
            new MethodKeys(
                    "selfexplore",
                    List.of(
                            TRIES,
                            SOLUTIONS,
                            STEPS,
                            FINAL_ANSWER,
                            PAIRS,
                            PIT,
                            REJECTED,
                            CHOSEN,
                            REJECTED_ENDING,
                            BETA,
                            LIKELIHOOD,
                            EPOCHS,
                            BATCH,
                            RATE,
                            WARMUP),
                    MethodKeys.joined(List.of(RunKeys.ROUNDS), RunKeys.POLICY),
                    SelfExploreMethod::between),
            SelfExploreMethod::work,
            SelfExploreMethod::run);

    private SelfExploreMethod() {}

    private static List<String> between(Settings settings) {
        return settings.get(PAIRS) == Variant.Pairs.STEPS
                ? Commanded.refusal(
                        settings, REJECTED_ENDING, Ending.OPEN, "trainers add the end to every text that they learn")
                : List.of();
    }

    private static Work work(Settings settings, int problems) {
        int samples = settings.get(RunKeys.SAMPLES);
        long pairs = (long) problems * Math.clamp(samples / SAMPLES_A_PAIR, 1, settings.get(RunKeys.KEEP));
        long steps = settings.get(EPOCHS) * Math.ceilDiv(pairs, (long) settings.get(BATCH));
        long learned = settings.get(EPOCHS) * pairs;
        return switch (settings.get(PAIRS)) {
            case STEPS -> new Work(1, pairs * USUAL_STEPS * settings.get(TRIES), 2, steps, 2 * learned);
            case OUTCOMES -> new Work(1, 0, 2, steps, 2 * learned);
            case NONE -> new Work(1, 0, 1);
        };
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return new SelfExplore(
                        settings.get(RunKeys.SAMPLES),
                        settings.get(TRIES),
                        Methods.sampling(settings),
                        style(settings),
                        new Variant(
                                settings.get(PAIRS),
                                settings.get(PIT),
                                settings.get(REJECTED),
                                settings.get(CHOSEN),
                                settings.get(REJECTED_ENDING)),
                        lessons(settings),
                        roles.generator(),
                        roles.judge(),
                        Arithmetic::firstWrongStep,
                        roles.recording(),
                        roles.learner())
                .run(roles.given(), base, problems, run);
    }

    private static Style style(Settings settings) {
        String phrase = settings.get(FINAL_ANSWER);
        FinalAnswer answer = phrase.equals(NONE) ? FinalAnswer.NONE : new FinalAnswer(phrase);
        return new Style(
                switch (settings.get(SOLUTIONS)) {
                    case GSM8K -> new Gsm8kRules(settings.get(RunKeys.KEEP));
                    case MATH -> new MathRules(answer, settings.get(RunKeys.KEEP), MOST_WRONG);
                },
                switch (settings.get(STEPS)) {
                    case TRACES -> AtMarks.TRACES;
                    case LINES -> AtMarks.LINES;
                    case MATH -> new MathSteps(answer);
                },
                answer);
    }

    private static Lessons lessons(Settings settings) {
        Training solutions = settings.training();
        Training pairs = new Training(
                        new Training.Length.Epochs(settings.get(EPOCHS)),
                        settings.get(BATCH),
                        settings.get(RATE),
                        new Training.Schedule(settings.get(WARMUP), Training.Schedule.Decay.LINEAR),
                        RMSPROP,
                        solutions.maxGradientNorm(),
                        Training.Order.SHUFFLED)
                .withAdaptation(solutions.adaptation());
        return new Lessons(
                solutions,
                pairs,
                new Objective.Dpo(
                        new Contrast.Sigmoid(),
                        settings.get(BETA),
                        new ChosenLikelihood(settings.get(LIKELIHOOD), ChosenLikelihood.Mean.PAIR)));
    }
}
