package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.method.sharpening.Enough;
import dev.hone.method.sharpening.RegressionSharpening;
import dev.hone.method.sharpening.RegressionSharpening.Draw;
import dev.hone.method.sharpening.SelfReward;
import dev.hone.method.sharpening.SftSharpening;
import dev.hone.run.Run;
import dev.hone.select.OnePerProblem.Pick;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Sharpening, which needs no answers.
final class SharpeningMethod {

    /// Which algorithm.
    enum Algorithm {
        /// Learns the best of each problem's samples.
        SFT,
        /// The same, with as many samples as a problem needs.
        ADAPTIVE,
        /// Fits the differences of rewards between the base model's samples.
        REGRESSION,
        /// The same between the newest model's and the base model's.
        ONLINE
    }

    static final Key<Algorithm> ALGORITHM = Key.choice(
            "sharpening.algorithm",
            Algorithm.class,
            Algorithm.SFT,
            "sft learns the best of the samples; adaptive draws as many as a problem needs; regression and online fit"
                    + " differences of rewards");
    static final Key<SelfReward> REWARD = Key.choice(
            "sharpening.reward",
            SelfReward.class,
            SelfReward.LIKELIHOOD,
            "of the base model: log-likelihood, its mean over tokens, or the majority's answer");
    static final Key<Pick> PICK = Key.choice(
            "sharpening.pick", Pick.class, Pick.BEST, "by that reward; worst and random are controls (sft, adaptive)");
    static final Key<Double> DELTA =
            Key.real("sharpening.delta", 0.1, Rule.OPEN_SHARE, "how often too few samples may be drawn (adaptive)");
    static final Key<Integer> MOST = Key.count("sharpening.most", 256, "samples of a problem at most (adaptive)");
    static final Key<Double> BETA =
            Key.real("sharpening.beta", 1, Rule.POSITIVE, "weight of the KL penalty (regression, online)");
    static final Key<Double> EXPLORATION =
            Key.real("sharpening.exploration", 0, Rule.NOT_NEGATIVE, "weight of the bonus (online)");

    static final Method METHOD = new Method(
            "sharpening",
            "learn what the model itself finds likely, without answers (sharpening)",
            "dev.hone.method.sharpening",
            new MethodKeys(
                    "sharpening",
                    List.of(ALGORITHM, REWARD, PICK, DELTA, MOST, BETA, EXPLORATION),
                    MethodKeys.joined(List.of(RunKeys.KEEP), RunKeys.DISTRIBUTION, RunKeys.POLICY),
                    SharpeningMethod::between),
            SharpeningMethod::besides,
            SharpeningMethod::run);

    private SharpeningMethod() {}

    private static List<String> between(Settings settings) {
        Algorithm algorithm = settings.get(ALGORITHM);
        List<String> problems = new ArrayList<>();
        if (algorithm == Algorithm.ONLINE && settings.get(REWARD) == SelfReward.MAJORITY) {
            problems.add(
                    "sharpening.reward must be likelihood or mean when sharpening.algorithm is online: a majority is"
                            + " one of the base model's own samples");
        }
        if (algorithm == Algorithm.REGRESSION && settings.get(RunKeys.SAMPLES) < 2) {
            problems.add(
                    "samples must be at least 2 when sharpening.algorithm is regression: it compares them in pairs");
        }
        String unknown = "trainers know no rows for rewards";
        problems.addAll(Commanded.refusal(settings, ALGORITHM, Algorithm.REGRESSION, unknown));
        problems.addAll(Commanded.refusal(settings, ALGORITHM, Algorithm.ONLINE, unknown));
        return problems;
    }

    /// The base model's; how many adaptive sampling takes is not known before.
    private static long besides(Settings settings) {
        return settings.get(ALGORITHM) == Algorithm.ONLINE && settings.get(RunKeys.PROBLEMS) != RunKeys.ALL_PROBLEMS
                ? (long) settings.get(RunKeys.ROUNDS) * settings.get(RunKeys.PROBLEMS) * settings.get(RunKeys.SAMPLES)
                : 0;
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return switch (settings.get(ALGORITHM)) {
            case SFT -> sft(settings, roles, new Enough.AtOnce()).run(base, problems, run);
            case ADAPTIVE ->
                sft(settings, roles, new Enough.Adaptive(settings.get(DELTA), settings.get(MOST)))
                        .run(base, problems, run);
            case REGRESSION -> regression(settings, roles, new Draw.Offline()).run(base, problems, run);
            case ONLINE ->
                regression(settings, roles, new Draw.Online(settings.get(EXPLORATION)))
                        .run(base, problems, run);
        };
    }

    private static SftSharpening sft(Settings settings, Roles roles, Enough enough) {
        return new SftSharpening(
                settings.get(RunKeys.ROUNDS),
                settings.get(RunKeys.SAMPLES),
                settings.get(RunKeys.MAX_TOKENS),
                enough,
                settings.get(REWARD),
                settings.get(PICK),
                settings.training(),
                roles.generator(),
                roles.likelihood(),
                roles.answers(),
                roles.judge(),
                roles.recording(),
                roles.learner());
    }

    private static RegressionSharpening regression(Settings settings, Roles roles, Draw draw) {
        return new RegressionSharpening(
                settings.get(RunKeys.ROUNDS),
                settings.get(RunKeys.SAMPLES),
                settings.get(RunKeys.MAX_TOKENS),
                draw,
                settings.get(BETA),
                settings.get(REWARD),
                settings.training(),
                roles.generator(),
                roles.likelihood(),
                roles.answers(),
                roles.judge(),
                roles.recording(),
                roles.learner());
    }
}
