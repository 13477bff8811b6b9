package dev.hone.method.fourhabits;

import dev.hone.data.Author;
import dev.hone.data.Demonstration;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Examples.Rollouts;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.RolloutGroup;
import dev.hone.data.RolloutGroup.Rollout;
import dev.hone.data.Sample;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.Start;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/// Four habits: a model is primed with traces of one set, then reinforced on Countdown, with a count of its
/// habits after each round.
///
/// **Paper** Gandhi et al. 2025, arXiv:2503.01307; card four-habits, whose "Algorithm" `// n` marks.
/// **Departs** traces come from a symbolic search and habits are counted by its grammar, as the card's
/// small scale has it; the sets of human traces and of curated documents are not there. The critic shares
/// the actor's weights but for its head, learns at its rate and starts with the first update. There is no
/// entropy bonus. Advantages are whitened over the optimizer step's tokens, not the whole update's. A
/// sample that was cut has no answer. Where the samples of an update are all worth the same, whitened
/// differences would be noise, so nothing is learned from it; a round of nothing else offers the model
/// before it, and the log says so. A sample that failed is left out.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** one fine-tune on the traces; per round `samples` completions a problem, one pass over them in
/// `updates` parts, and `measured` completions. Of a round's models the last one is kept.
///
/// @param rounds at least 1; after each the model is offered
/// @param updates of a round, at least 1; its problems are shared out among them
/// @param samples a problem, at least 1, with [Objective.Grpo] at least 2; at temperature 1, of the whole
///     distribution
/// @param maxTokens of a response, and characters of a trace
/// @param priming what comes before
/// @param objective PPO's, GRPO's or RLOO's
/// @param reinforcing its batch is problems of an optimizer step; the rate is constant; length, schedule
///     and order are not read
/// @param measured problems on which habits are counted, at least 1; at most half of those of round 0
/// @param measuring draws what habits are counted in and nothing is learned from
/// @param judge right, wrong, or unjudged where there is no answer
public record FourHabits(
        int rounds,
        int updates,
        int samples,
        int maxTokens,
        Priming priming,
        Objective<Rollouts> objective,
        Training reinforcing,
        Reward reward,
        int measured,
        Generator generator,
        Generator measuring,
        Judge judge,
        Learner learner) {

    /// @param traces at most; a problem gives one
    /// @param training of the fine-tune on them
    public record Priming(PrimingSet set, int traces, Training training) {
        public Priming {
            if (traces < 1) {
                throw new IllegalArgumentException("traces must be at least 1 but were " + traces);
            }
        }

        /// As the paper's code has it, but for the rate: AdamW with betas 0.9 and 0.95 and decay 0.01, a
        /// tenth of warm-up, then a cosine.
        ///
        /// @param batch 64 in the code
        /// @param epochs 5 in the code
        /// @param rate 1e-5 in the code
        public static Training training(int epochs, int batch, double rate) {
            return new Training(
                    new Training.Length.Epochs(epochs),
                    batch,
                    rate,
                    new Training.Schedule(0.1, Training.Schedule.Decay.COSINE),
                    new Training.AdamW(0.9, 0.95, 1e-8, 0.01),
                    1,
                    Training.Order.SHUFFLED);
        }
    }

    public FourHabits {
        if (rounds < 1 || updates < 1 || measured < 1) {
            throw new IllegalArgumentException("rounds, updates and measured must be at least 1 but were " + rounds
                    + ", " + updates + " and " + measured);
        }
        int fewest = objective instanceof Objective.Ppo ? 1 : 2;
        if (samples < fewest) {
            throw new IllegalArgumentException("samples must be at least " + fewest + " but was " + samples
                    + "; they are compared with each other");
        }
    }

    /// @param problems of a round, by its number from 1; those of round 0 are primed with and measured on
    /// @return the model of the last round
    public Model run(Model base, IntFunction<List<Problem>> problems, Run run) {
        List<Problem> apart = problems.apply(0);
        int last = apart.size() - Math.min(measured, apart.size() / 2);
        List<Problem> held = apart.subList(last, apart.size());
        Model primed = prime(base, apart.subList(0, last), run); // 2, 3
        measure(primed, held, 0, run);
        Model current = primed;
        for (int round = 1; round <= rounds; round++) {
            Model before = current;
            List<Problem> asked = problems.apply(round);
            for (int update = 1; update <= updates; update++) {
                List<Problem> share =
                        asked.subList(asked.size() * (update - 1) / updates, asked.size() * update / updates);
                List<RolloutGroup> groups = rollouts(current, share, run.step("sample-" + update, round));
                if (differ(groups)) {
                    Model former = current;
                    current = reinforce(former, primed, groups, run.step("learn-" + update, round)); // 4
                    if (!former.equals(before)) {
                        learner.release(former);
                    }
                }
            }
            if (current.equals(before)) {
                run.tell(new RunEvent.Note(
                        round, "all samples of an update are worth the same, so there is nothing to learn from"));
            }
            measure(current, held, round, run); // 5
            run.offer(round, current);
        }
        return current;
    }

    private Model prime(Model base, List<Problem> problems, Run run) {
        if (priming.set() == PrimingSet.NONE) {
            return base;
        }
        Step step = run.step("prime", 0);
        return learner.learn(
                        Start.fresh(base),
                        new Demonstrations(traces(problems, step)),
                        new Objective.Sft(),
                        priming.training(),
                        step)
                .model();
    }

    private List<Demonstration> traces(List<Problem> problems, Step step) {
        var synthesiser = new Synthesiser(priming.set(), maxTokens);
        List<Demonstration> traces = new ArrayList<>();
        for (Problem problem : problems) {
            if (traces.size() < priming.traces()) {
                SplittableRandom random = step.seed().derive(problem.id()).random();
                synthesiser
                        .trace(Puzzle.of(problem), random)
                        .ifPresent(text ->
                                traces.add(Demonstration.of("trace of " + problem.id(), problem.prompt(), text)));
            }
        }
        if (traces.isEmpty()) {
            throw new HoneException(
                    Kind.SETTINGS,
                    "no trace of a search fits into " + maxTokens + " characters for any of " + problems.size()
                            + " problems; raise sampling.max-tokens, or let fourhabits.priming be none");
        }
        return traces;
    }

    private List<RolloutGroup> rollouts(Model model, List<Problem> problems, Step step) {
        List<RolloutGroup> groups = new ArrayList<>();
        Map<String, List<Rollout>> byProblem = new LinkedHashMap<>();
        for (Judged each : drawn(generator, model, problems, samples, step)) {
            Sample sample = each.sample();
            if (!(sample.finish() instanceof Finish.Failed) && sample.tokens().count(Author.MODEL) > 0) {
                byProblem
                        .computeIfAbsent(sample.problem().id(), _ -> new ArrayList<>())
                        .add(new Rollout(sample, reward.of(each)));
            }
        }
        byProblem.values().forEach(group -> groups.add(new RolloutGroup(group)));
        return groups;
    }

    private List<Judged> drawn(Generator from, Model model, List<Problem> problems, int count, Step step) {
        if (problems.isEmpty()) {
            return List.of();
        }
        List<Prompt> prompts = problems.stream()
                .map(problem -> Prompt.of(problem, count, new Sampling(1, maxTokens)))
                .toList();
        return judge.judge(Group.of(from.generate(model, prompts, step)), step);
    }

    private static boolean differ(List<RolloutGroup> groups) {
        return groups.stream()
                        .flatMap(group -> group.rollouts().stream())
                        .mapToDouble(Rollout::reward)
                        .distinct()
                        .count()
                > 1;
    }

    /// One pass; the moments go on from update to update.
    private Model reinforce(Model current, Model primed, List<RolloutGroup> groups, Step step) {
        var once = new Training(
                new Training.Length.Epochs(1),
                reinforcing.batch(),
                reinforcing.learningRate(),
                new Training.Schedule(0, Training.Schedule.Decay.CONSTANT),
                reinforcing.adamW(),
                reinforcing.maxGradientNorm(),
                Training.Order.SHUFFLED,
                reinforcing.adaptation(),
                new Training.Stopping.AtTheEnd());
        var moments = current.equals(primed) ? OptimizerState.FRESH : OptimizerState.CARRIED;
        return learner.learn(new Start(current, moments, primed), new Rollouts(groups), objective, once, step)
                .model();
    }

    private void measure(Model model, List<Problem> held, int round, Run run) {
        List<Judged> judged = drawn(measuring, model, held, 1, run.step("measure", round));
        if (!judged.isEmpty()) {
            run.tell(new RunEvent.RoundHealth(round, HabitMeter.of(judged).figures()));
        }
    }
}
