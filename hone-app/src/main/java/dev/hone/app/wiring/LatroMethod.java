package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.MethodKeys.Standard;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.learn.Objective;
import dev.hone.learn.Objective.Latro.Baseline;
import dev.hone.learn.Training;
import dev.hone.method.latro.AnswerTemplate;
import dev.hone.method.latro.Latro;
import dev.hone.method.latro.Latro.Answers;
import dev.hone.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// LaTRO, on tasks that know the answers of their training problems.
final class LatroMethod {

    /// What is reinforced, as [Latro.Reward] has it.
    enum Reward {
        LIKELIHOOD,
        RIGHT
    }

    private static final Objective.Latro PAPER = Objective.Latro.asInPaper();

    static final Key<Integer> UPDATES =
            Key.count("latro.updates", 10, "optimizer steps of a round, each on its share of the problems, drawn anew");
    static final Key<String> TEMPLATE =
            Key.text("latro.answer", " Answer: {}", "how the known answer, in the place of {}, follows a rationale");
    static final Key<AnswerTemplate.Cut> CUT = Key.choice(
            "latro.cut",
            AnswerTemplate.Cut.class,
            AnswerTemplate.Cut.FIRST,
            "where a rationale ends: where those words first occur, or last, for steps that they separate too");
    static final Key<Answers> ANSWERS = Key.choice(
            "latro.answers", Answers.class, Answers.OWN, "rewarded; others, those of other problems, is a control");
    static final Key<Reward> REWARD = Key.choice(
            "latro.reward",
            Reward.class,
            Reward.LIKELIHOOD,
            "of a rationale: how likely it makes the known answer; or right, 1 if its own answer is right, for comparison"
                    + " (latro.unfinished, .baseline, .policy and .sft are not read then)");
    static final Key<Baseline> BASELINE = Key.choice(
            "latro.baseline",
            Baseline.class,
            PAPER.baseline(),
            "what a reward is compared with: the problem's others, or none, a control");
    static final Key<Double> KL =
            Key.real("latro.kl", PAPER.kl(), Rule.NOT_NEGATIVE, "weight of the distance from the first model");
    static final Key<Double> UNFINISHED = Key.real(
            "latro.unfinished",
            PAPER.unfinished(),
            Rule.AT_LEAST_1,
            "times the mean reward, for an unfinished rationale");
    static final Key<Double> POLICY = Key.real(
            "latro.policy",
            PAPER.rationaleWeight(),
            Rule.NOT_NEGATIVE,
            "weight of the policy gradient; 0, the answer's likelihood alone, is a control");
    static final Key<Double> SFT = Key.real(
            "latro.sft",
            PAPER.answerWeight(),
            Rule.NOT_NEGATIVE,
            "weight of the answer's own likelihood; 0 in the code");

    static final Method METHOD = new Method(
            "latro",
            "reinforce rationales that make the known answer likely (LaTRO)",
            "dev.hone.method.latro",
            new MethodKeys(
                            "latro",
                            List.of(UPDATES, TEMPLATE, CUT, ANSWERS, REWARD, BASELINE, KL, UNFINISHED, POLICY, SFT),
                            MethodKeys.joined(
                                    List.of(RunKeys.KEEP, RunKeys.STEPS, RunKeys.EPOCHS, RunKeys.BATCH),
                                    RunKeys.DISTRIBUTION,
                                    RunKeys.POLICY,
                                    RunKeys.ADAPTER,
                                    RunKeys.EXTERNAL),
                            LatroMethod::between)
                    .with(
                            new Standard<>(RunKeys.RATE, 3e-5),
                            new Standard<>(RunKeys.WARMUP, 0.0),
                            new Standard<>(RunKeys.DECAY, Training.Schedule.Decay.LINEAR)),
            LatroMethod::work,
            LatroMethod::run);

    private LatroMethod() {}

    private static List<String> between(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.get(RunKeys.SAMPLES) < 2) {
            problems.add(
                    "samples must be at least 2 for latro: a rationale is compared with the others of its problem");
        }
        try {
            var _ = new AnswerTemplate(settings.get(TEMPLATE), settings.get(CUT));
        } catch (IllegalArgumentException wrong) {
            problems.add(TEMPLATE + ": " + wrong.getMessage());
        }
        if (settings.get(REWARD) == Reward.RIGHT
                && (settings.get(CUT) != AnswerTemplate.Cut.LAST || settings.get(ANSWERS) != Answers.OWN)) {
            problems.add("latro.reward can be right only when latro.cut is last and latro.answers is own: a sample must"
                    + " hold an answer, and that is its own problem's");
        }
        if (settings.get(POLICY) + settings.get(SFT) == 0) {
            problems.add(POLICY + " and " + SFT + " are both 0, so that nothing would be learned; raise one");
        }
        return problems;
    }

    /// Besides: an update's problems, once more before the first round and after each.
    private static Work work(Settings settings, int problems) {
        int rounds = settings.get(RunKeys.ROUNDS);
        return new Work(
                rounds,
                (rounds + 1L) * Math.max(1, problems / settings.get(UPDATES)) * settings.get(RunKeys.SAMPLES),
                rounds,
                (long) rounds * settings.get(UPDATES),
                (long) rounds * problems * settings.get(RunKeys.SAMPLES));
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return new Latro(
                        settings.get(RunKeys.ROUNDS),
                        settings.get(UPDATES),
                        settings.get(RunKeys.SAMPLES),
                        settings.get(RunKeys.MAX_TOKENS),
                        new AnswerTemplate(settings.get(TEMPLATE), settings.get(CUT)),
                        roles.known().answers(),
                        settings.get(ANSWERS),
                        switch (settings.get(REWARD)) {
                            case LIKELIHOOD -> new Latro.Reward.Likelihood();
                            case RIGHT -> new Latro.Reward.Right(roles.judge());
                        },
                        new Objective.Latro(
                                settings.get(KL),
                                settings.get(UNFINISHED),
                                settings.get(POLICY),
                                settings.get(SFT),
                                settings.get(BASELINE)),
                        settings.training(),
                        roles.generator(),
                        roles.measuring(),
                        roles.likelihood(),
                        roles.learner())
                .run(base, problems, run);
    }
}
