package dev.hone.app.wiring;

import dev.hone.app.settings.Key;
import dev.hone.app.settings.MethodKeys;
import dev.hone.app.settings.MethodKeys.Standard;
import dev.hone.app.settings.Rule;
import dev.hone.app.settings.RunKeys;
import dev.hone.app.settings.Settings;
import dev.hone.app.wiring.Methods.Method;
import dev.hone.app.wiring.Methods.Work;
import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.learn.Aggregation;
import dev.hone.learn.Clip;
import dev.hone.learn.Objective;
import dev.hone.learn.Objective.Grpo.Advantages;
import dev.hone.learn.Objective.Grpo.Ratio;
import dev.hone.method.fourhabits.FourHabits;
import dev.hone.method.fourhabits.FourHabits.Priming;
import dev.hone.method.fourhabits.PrimingSet;
import dev.hone.method.fourhabits.Reward;
import dev.hone.run.Run;
import dev.hone.task.countdown.ThoughtCountdown;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Four habits, on Countdown with a thought.
final class FourHabitsMethod {

    /// How a primed model is reinforced.
    enum Algorithm {
        /// With a critic.
        PPO,
        /// Beside the other samples of a problem, scaled by the deviation over the batch, as PPO's are: by
        /// that of its group, an answer instead of none would weigh as much as a right one instead of a
        /// wrong one.
        GRPO
    }

    private static final Clip CLIP = Clip.symmetric(0.2);
    private static final double VALUE_CLIP = 0.5;

    static final Key<PrimingSet> PRIMING = Key.choice(
            "fourhabits.priming",
            PrimingSet.class,
            PrimingSet.ALL,
            "traces to begin with: of backtracking alone, with verification, backward chaining or subgoals, with all;"
                    + " or a control");
    static final Key<Integer> TRACES = Key.count("fourhabits.traces", 1000, "of a priming set");
    static final Key<Integer> PRIMING_EPOCHS = Key.count("fourhabits.priming-epochs", 5, "passes over the traces");
    static final Key<Integer> PRIMING_BATCH = Key.count("fourhabits.priming-batch", 64, "traces in a step");
    static final Key<Double> PRIMING_RATE = Key.real(
            "fourhabits.priming-rate", 1e-5, Rule.POSITIVE, "peak learning rate on the traces; small models need more");
    static final Key<Algorithm> ALGORITHM = Key.choice(
            "fourhabits.algorithm", Algorithm.class, Algorithm.PPO, "of reinforcement: with a critic, or by groups");
    static final Key<Integer> UPDATES = Key.count(
            "fourhabits.updates",
            20,
            "of a round, each one pass over samples of its share of the problems, drawn anew");
    static final Key<Reward> REWARD = Key.choice(
            "fourhabits.reward",
            Reward.class,
            Reward.ANSWER,
            "1 for a right answer, 0.1 for another; format, 0.1 for any, is a control");
    static final Key<Double> KL =
            Key.real("fourhabits.kl", 0.001, Rule.NOT_NEGATIVE, "weight of the distance from the primed model");
    static final Key<Double> VALUE_WEIGHT = Key.real(
            "fourhabits.value-weight", 1.0, Rule.NOT_NEGATIVE, "of the critic's loss beside the actor's (ppo)");
    static final Key<Integer> MEASURED =
            Key.count("fourhabits.measured", 200, "problems on which habits are counted before and after each round");

    static final Method METHOD = new Method(
            "fourhabits",
            "prime with habits of thought, then reinforce (four habits)",
            "dev.hone.method.fourhabits",
            new MethodKeys(
                            "fourhabits",
                            List.of(
                                    PRIMING,
                                    TRACES,
                                    PRIMING_EPOCHS,
                                    PRIMING_BATCH,
                                    PRIMING_RATE,
                                    ALGORITHM,
                                    UPDATES,
                                    REWARD,
                                    KL,
                                    VALUE_WEIGHT,
                                    MEASURED),
                            MethodKeys.joined(
                                    List.of(RunKeys.KEEP, RunKeys.STEPS, RunKeys.EPOCHS, RunKeys.WARMUP, RunKeys.DECAY),
                                    RunKeys.DISTRIBUTION,
                                    RunKeys.POLICY,
                                    RunKeys.ADAPTER,
                                    RunKeys.EXTERNAL),
                            FourHabitsMethod::between)
                    .with(new Standard<>(RunKeys.RATE, 5e-5)),
            FourHabitsMethod::work,
            FourHabitsMethod::run);

    private FourHabitsMethod() {}

    private static List<String> between(Settings settings) {
        List<String> problems = new ArrayList<>();
        if (settings.get(ALGORITHM) == Algorithm.GRPO && settings.get(RunKeys.SAMPLES) < 2) {
            problems.add("samples must be at least 2 when fourhabits.algorithm is grpo: it compares them");
        }
        if (!settings.isTaskFile() && !settings.get(RunKeys.TASK).matches(ThoughtCountdown.CHECKER + "(:.*)?")) {
            problems.add("fourhabits needs the task " + ThoughtCountdown.CHECKER + ", or a file whose lines have its"
                    + " facts and checker, not \"" + settings.get(RunKeys.TASK) + "\"");
        }
        return problems;
    }

    /// Besides the samples of the rounds, those that are measured; the steps of priming and of
    /// reinforcement.
    private static Work work(Settings settings, int problems) {
        int rounds = settings.get(RunKeys.ROUNDS);
        int updates = settings.get(UPDATES);
        int traces = settings.get(PRIMING) == PrimingSet.NONE ? 0 : Math.min(settings.get(TRACES), problems);
        long priming = (long) settings.get(PRIMING_EPOCHS) * Math.ceilDiv(traces, settings.get(PRIMING_BATCH));
        long each = Math.ceilDiv(Math.ceilDiv(problems, updates), settings.get(RunKeys.BATCH));
        return new Work(
                rounds,
                (rounds + 1L) * settings.get(MEASURED),
                rounds,
                priming + (long) rounds * updates * each,
                (long) settings.get(PRIMING_EPOCHS) * traces
                        + (long) rounds * problems * settings.get(RunKeys.SAMPLES));
    }

    private static Model run(Settings settings, Roles roles, Model base, IntFunction<List<Problem>> problems, Run run) {
        return new FourHabits(
                        settings.get(RunKeys.ROUNDS),
                        settings.get(UPDATES),
                        settings.get(RunKeys.SAMPLES),
                        settings.get(RunKeys.MAX_TOKENS),
                        new Priming(
                                settings.get(PRIMING),
                                settings.get(TRACES),
                                Priming.training(
                                        settings.get(PRIMING_EPOCHS),
                                        settings.get(PRIMING_BATCH),
                                        settings.get(PRIMING_RATE))),
                        objective(settings),
                        settings.training(),
                        settings.get(REWARD),
                        settings.get(MEASURED),
                        roles.generator(),
                        roles.measuring(),
                        roles.judge(),
                        roles.learner())
                .run(base, problems, run);
    }

    private static Objective<Rollouts> objective(Settings settings) {
        double kl = settings.get(KL);
        return switch (settings.get(ALGORITHM)) {
            case PPO -> new Objective.Ppo(kl, 1, 1, settings.get(VALUE_WEIGHT), CLIP, VALUE_CLIP);
            case GRPO -> new Objective.Grpo(Advantages.BATCH_STD, Ratio.TOKEN, CLIP, kl, new Aggregation.TokenMean());
        };
    }
}
