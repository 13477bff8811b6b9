package dev.hone.method.gsi;

import dev.hone.data.Decision;
import dev.hone.data.Examples.Demonstrations;
import dev.hone.data.Finish;
import dev.hone.data.Judged;
import dev.hone.data.Model;
import dev.hone.data.Problem;
import dev.hone.data.Sampling;
import dev.hone.generate.Generator;
import dev.hone.generate.Prompt;
import dev.hone.judge.Group;
import dev.hone.judge.Judge;
import dev.hone.learn.Learner;
import dev.hone.learn.Objective;
import dev.hone.learn.RoundPolicy;
import dev.hone.learn.RoundPolicy.From;
import dev.hone.learn.Start.OptimizerState;
import dev.hone.learn.Training;
import dev.hone.run.HoneException;
import dev.hone.run.HoneException.Kind;
import dev.hone.run.Run;
import dev.hone.run.RunEvent;
import dev.hone.run.Step;
import dev.hone.select.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Guided Self-Improvement: every problem is asked plainly, and those of which too few samples are right
/// once more in each of a few passes with a hint, which the training examples do not have. What is kept
/// is learned from the base model.
///
/// With [Budget#vanilla] it is self-improvement without the second phase, with [Guidance.None] and
/// [Budget#bruteForce] the one that draws hard problems over and over.
///
/// **Paper** Ding et al. 2024, arXiv:2411.00750; card gsi, "Algorithm"; `// n` marks the step.
/// **Departs** fine-tuning on the original data (step 1) is the platform's warm start. The released code
/// cuts a worked answer at shares of its tokens, [PrefixSchedule.Shares] at shares of its characters and
/// before a word, so that no tokenizer is needed; what is cut off is tokenized by the model that draws, apart
/// from what it goes on with. The teacher is whatever model it is given, of the same generator. Equal texts of
/// a problem are learned once, if the selector says so; they count as right samples all the same. A problem of
/// which too little is known for the guidance is asked plainly only, and the log says so; where that holds for
/// all of the first round's, the run ends. Problems that are still short after the last pass stay as they are.
/// A round in which nothing is kept trains on nothing, not on worked answers alone either: the model of the
/// round before is offered again, and the log says so.
/// One problem, all samples right, or a budget that is spent midway: as docs/architecture.md says for all methods.
/// **Cost** per round: `samples` completions of every problem; one, with a teacher two, of each problem
/// that is short of right samples in each pass; one fine-tune. The figure `calls` counts them.
///
/// @param rounds at least 1
/// @param sampling of the model's samples
/// @param difficulty by which coverage and tail narrowing are told
/// @param training of a round
/// @param selector which judged samples are learned from: right ones, each text once
public record GuidedSelfImprovement(
        int rounds,
        Budget budget,
        Sampling sampling,
        Guidance guidance,
        Difficulty difficulty,
        TrainingSet set,
        Training training,
        Generator generator,
        Judge judge,
        Selector selector,
        Learner learner) {

    /// A share of guided samples above which learning is hardly from oneself any more (card, "Failure
    /// signs").
    private static final double DISGUISE = 0.8;

    public GuidedSelfImprovement {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds must be at least 1 but was " + rounds);
        }
    }

    /// @param base `B`, from which every round learns
    /// @param first `M_0`, which draws in the first round: the base model, or one that has learned
    ///     the original data
    /// @param problems of a round, by its number from 1
    /// @return the model of the last round
    /// @throws HoneException if nothing is known of the first round's problems that could guide to them
    public Model run(Model base, Model first, IntFunction<List<Problem>> problems, Run run) {
        RoundPolicy policy = new RoundPolicy(From.BASE, OptimizerState.FRESH, set.window());
        Guide guide = new Guide(guidance, sampling, generator);
        Model current = first; // 1
        List<Demonstrations> kept = new ArrayList<>();
        Levels levels = Levels.UNKNOWN;
        for (int round = 1; round <= rounds; round++) {
            Attempts attempts = new Attempts(problems.apply(round));
            checkKnown(guide, attempts.problems(), round, run);
            attempts.add(drawn(current, plain(attempts.problems()), run.step("sample", round))); // 2a
            levels = round == 1 ? Levels.of(difficulty, attempts) : levels;
            double coveredPlainly = attempts.coverage(attempts.problems());
            ask(guide, current, attempts, round, run); // 2b

            List<Decision> decisions = selector.select(attempts.all(), run.step("select", round)); // 2c
            GuidedHealth health = GuidedHealth.of(attempts, decisions, levels, coveredPlainly);
            kept.add(demonstrations(decisions));
            Demonstrations own =
                    policy.within(kept).stream().reduce(Demonstrations::plus).orElseThrow(); // 2d
            tell(health, attempts, own, round, run);
            if (own.size() > 0) {
                current = learner.learn(
                                policy.start(base, current),
                                own.plus(set.original(attempts.problems())),
                                new Objective.Sft(),
                                training,
                                run.step("learn", round)) // 2e
                        .model();
            }
            run.offer(round, current);
        }
        return current;
    }

    private List<Prompt> plain(List<Problem> problems) {
        return problems.stream()
                .map(problem -> Prompt.of(problem, budget.samples(), sampling))
                .toList();
    }

    /// The problems that are short of right samples, pass by pass.
    private void ask(Guide guide, Model model, Attempts attempts, int round, Run run) {
        List<Problem> rare = rare(guide, attempts);
        for (int pass = 1; pass <= budget.passes() && !rare.isEmpty(); pass++) {
            Guide.Asking asking = guide.asking(rare, attempts, pass, round, run);
            attempts.addCritiques(asking.critiques(), asking.leaked());
            attempts.add(drawn(model, asking.prompts(), run.step("guide-" + pass, round)));
            rare = rare(guide, attempts);
        }
    }

    private List<Problem> rare(Guide guide, Attempts attempts) {
        return attempts.below(budget.wanted()).stream().filter(guide::knows).toList();
    }

    private List<Judged> drawn(Model model, List<Prompt> prompts, Step step) {
        return judge.judge(Group.of(generator.generate(model, prompts, step)), step);
    }

    private Demonstrations demonstrations(List<Decision> decisions) {
        return new Demonstrations(decisions.stream()
                .filter(Decision::isKept)
                .map(decision -> set.demonstration(decision.judged().sample()))
                .toList());
    }

    private void checkKnown(Guide guide, List<Problem> problems, int round, Run run) {
        long unknown =
                problems.stream().filter(problem -> !guide.knows(problem)).count();
        if (unknown == 0 || budget.passes() == 0 || budget.wanted() == 0) {
            return;
        }
        if (round == 1 && unknown == problems.size()) {
            throw new HoneException(
                    Kind.DATA,
                    "none of the " + problems.size() + " problems of the first round has what the guidance needs: "
                            + guide.needs() + "; add it to the task, or choose another guidance");
        }
        run.tell(new RunEvent.Note(
                round,
                unknown + " of " + problems.size() + " problems are asked without guidance, for lack of "
                        + guide.needs()));
    }

    private static void tell(GuidedHealth health, Attempts attempts, Demonstrations own, int round, Run run) {
        run.tell(new RunEvent.RoundHealth(round, health.figures()));
        List<Finish.Failed> failures = attempts.failures();
        if (!failures.isEmpty()) {
            run.tell(new RunEvent.Note(
                    round,
                    failures.size() + " guided samples failed, the first because "
                            + failures.getFirst().because()));
        }
        double guided = health.figures().getOrDefault(GuidedHealth.GUIDED, 0.0);
        if (guided > DISGUISE) {
            run.tell(new RunEvent.Note(
                    round,
                    Math.round(100 * guided) + "% of the kept samples were guided: compare with learning the"
                            + " worked answers themselves"));
        }
        if (own.size() == 0) {
            run.tell(new RunEvent.Note(round, "no sample was accepted, so there is nothing to learn from"));
        }
    }
}
