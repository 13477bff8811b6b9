package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.judge.Confidence;
import dev.hone.judge.Judge;
import dev.hone.method.bstar.AnswerPlusProcess;
import dev.hone.method.bstar.BStar;
import dev.hone.method.bstar.Control;
import dev.hone.run.Run;
import java.util.List;
import java.util.function.IntFunction;

/// B-STaR, whose wanted number of samples is `learning.steps` times `learning.batch`.
final class BStarMethod {
    private static final Control PAPER = Control.asInPaper();

    /// What the threshold is compared with.
    enum Reward {
        /// 1 for a right answer, else 0.
        ANSWER,
        /// That, plus how sure the model was of what it wrote, from -1 to 1.
        CONFIDENCE
    }

    static final Key<List<Double>> TEMPERATURES = Key.reals(
            "bstar.temperatures", PAPER.temperatures(), Rule.POSITIVE, "of which the best is taken before each round");
    static final Key<List<Double>> THRESHOLDS = Key.reals(
            "bstar.thresholds", PAPER.thresholds(), Rule.FINITE, "of the reward, of which the best is taken likewise");
    static final Key<Integer> PROBE =
            Key.count("bstar.probe", PAPER.probe(), "problems on which temperature and threshold are chosen");
    static final Key<Reward> REWARD = Key.choice(
            "bstar.reward",
            Reward.class,
            Reward.ANSWER,
            "answer: 1 if it is right, else 0; confidence: plus the model's own, from -1 to 1");

    static final Method METHOD = new Method(
            "bstar",
            "the same online, choosing its temperature and threshold anew each round (B-STaR)",
            "dev.hone.method.bstar",
            new MethodKeys(
                    "bstar",
                    List.of(TEMPERATURES, THRESHOLDS, PROBE, REWARD),
                    MethodKeys.joined(
                            List.of(RunKeys.KEEP, RunKeys.TEMPERATURE, RunKeys.EPOCHS),
                            RunKeys.POLICY,
                            RunKeys.ADAPTER,
                            RunKeys.EXTERNAL)),
            BStarMethod::probed,
            BStarMethod::run);

    private BStarMethod() {}

    private static long probed(Settings settings) {
        return (long) settings.get(RunKeys.ROUNDS)
                * settings.get(TEMPERATURES).size()
                * settings.get(PROBE)
                * settings.get(RunKeys.SAMPLES);
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        Judge rewards = switch (settings.get(REWARD)) {
            case ANSWER -> roles.judge();
            case CONFIDENCE -> new AnswerPlusProcess(roles.judge(), new Confidence());
        };
        return new BStar(
                        settings.get(RunKeys.ROUNDS),
                        settings.get(RunKeys.SAMPLES),
                        Methods.sampling(settings),
                        new Control(settings.get(TEMPERATURES), settings.get(THRESHOLDS), settings.get(PROBE)),
                        settings.training(),
                        roles.generator(),
                        roles.judge(),
                        rewards,
                        roles.recording(),
                        roles.learner())
                .run(base, problems, run);
    }
}
