package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.learn.ChosenLikelihood;
import dev.hone.learn.Contrast;
import dev.hone.learn.Objective;
import dev.hone.learn.Training;
import dev.hone.method.vstar.VStar;
import dev.hone.method.vstar.Verifying;
import dev.hone.method.vstar.Verifying.Control;
import dev.hone.run.Run;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/// V-STaR. It draws as the exam does, at temperature 1: a verifier should choose among what it has learned from.
final class VStarMethod {

    /// Whether verifiers are learned that have to choose worse.
    enum Controls {
        NONE,
        ALL
    }

    static final Key<Double> BETA = Key.real("vstar.beta", 0.1, Rule.POSITIVE, "of the verifier's DPO");
    static final Key<Integer> PAIRS = Key.count("vstar.pairs", 16, "pairs of a problem for the verifier, at most");
    static final Key<Integer> STEPS = Key.count("vstar.steps", 100, "optimizer steps of the verifier");
    static final Key<Double> RATE =
            Key.real("vstar.rate", 5e-5, Rule.POSITIVE, "the verifier's peak learning rate; a tenth of learning.rate");
    static final Key<Verifying.When> WHEN = Key.choice(
            "vstar.verifier", Verifying.When.class, Verifying.When.ONCE, "learned after the last round, or after each");
    static final Key<Controls> CONTROLS = Key.choice(
            "vstar.controls",
            Controls.class,
            Controls.NONE,
            "all: beside it verifiers from swapped pairs, from round 1 only, and one that classifies");

    static final Method METHOD = new Method(
            "vstar",
            "learn from right samples, and from wrong ones too a verifier that chooses among samples (V-STaR)",
            "dev.hone.method.vstar",
            new MethodKeys(
                    "vstar",
                    List.of(BETA, PAIRS, STEPS, RATE, WHEN, CONTROLS),
                    MethodKeys.joined(RunKeys.DISTRIBUTION, RunKeys.POLICY)),
            VStarMethod::size,
            VStarMethod::run);

    private VStarMethod() {}

    /// Besides: samples of the problems of the warm start, and the verifiers.
    private static Work size(Settings settings, int problems) {
        int rounds = settings.get(RunKeys.ROUNDS);
        long samples = (long) rounds * settings.get(RunKeys.WARM_PROBLEMS) * settings.get(RunKeys.SAMPLES);
        long times = settings.get(WHEN) == Verifying.When.ONCE ? 1 : rounds;
        long verifiers = settings.get(CONTROLS) == Controls.NONE ? 1 : 1 + Control.values().length;
        long steps = times * verifiers * settings.get(STEPS);
        return new Work(rounds, samples, rounds, steps, 2 * steps * settings.get(RunKeys.BATCH));
    }

    private static Model run(
            Settings settings, Roles roles, Model start, IntFunction<List<Problem>> problems, Run run) {
        Training training = settings.training();
        return new VStar(
                        settings.get(RunKeys.ROUNDS),
                        settings.get(RunKeys.SAMPLES),
                        new Sampling(1, settings.get(RunKeys.MAX_TOKENS)),
                        training,
                        verifying(settings, training),
                        roles.generator(),
                        roles.judge(),
                        roles.selector(),
                        roles.learner())
                .run(roles.given(), start, roles.worked(), problems, run);
    }

    private static Verifying verifying(Settings settings, Training generator) {
        return new Verifying(
                new Objective.Dpo(new Contrast.Sigmoid(), settings.get(BETA), ChosenLikelihood.none()),
                settings.get(PAIRS),
                generator
                        .withLearningRate(settings.get(RATE))
                        .withLength(new Training.Length.Steps(settings.get(STEPS))),
                settings.get(WHEN),
                settings.get(CONTROLS) == Controls.ALL ? EnumSet.allOf(Control.class) : Set.of());
    }
}
